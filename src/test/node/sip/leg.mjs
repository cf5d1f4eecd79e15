// One side of a telephone call in a room, as livekit-sip puts it there (livekit/sip, pkg/sip/outbound.go and room.go):
// it joins without subscribing, publishes, and only when the call is answered subscribes to every audio track by itself,
// to each new one, and to all of them again after a full reconnect.
import { Room, TrackKind } from '@livekit/rtc-node';
import { AccessToken } from 'livekit-server-sdk';
import { Ear, Tone } from '../tones.mjs';

const RESUME = 0;
const FULL_RECONNECT = 7;
// What BuildSIPToken puts into the token; the others are set after joining.
const IN_TOKEN = ['sip.callID', 'sip.trunkID', 'sip.ruleID', 'sip.trunkPhoneNumber', 'sip.phoneNumber'];

export class Leg {
  // who: {room, identity, name, metadata, attributes}; tell(event, fields) hears what happens to it.
  constructor({ url, key, secret }, who, { hertz, pitches }, tell) {
    Object.assign(this, { url, key, secret, who, hertz, tell });
    this.ear = new Ear(pitches);
    this.attributes = { ...who.attributes, 'sip.callStatus': 'dialing' };
    this.subscribing = false;
    this.ended = false;
  }

  async join(roomName = this.who.room) {
    const room = (this.room = new Room());
    this.who.room = roomName;
    room.on('trackPublished', (publication) => {
      if (this.room === room && this.subscribing) this.subscribeTo(publication);
    });
    room.on('trackSubscribed', (track, publication, p) => {
      this.tell('trackSubscribed', { from: p?.identity, track: publication?.sid });
      if (track.kind === TrackKind.KIND_AUDIO) this.ear.listen(track, p.identity);
    });
    room.on('trackUnsubscribed', (track, publication, p) =>
      this.tell('trackUnsubscribed', { from: p?.identity, track: publication?.sid }));
    room.on('dtmfReceived', (code, digit, p) => this.tell('dtmf', { digit, from: p?.identity }));
    room.on('reconnecting', () => this.tell('reconnecting', {}));
    room.on('reconnected', () => this.reconnected());
    room.on('disconnected', (reason) => {
      if (this.room === room) this.end(`disconnected ${reason}`);
    });
    const token = new AccessToken(this.key, this.secret, {
      identity: this.who.identity, name: this.who.name, metadata: this.who.metadata, ttl: '24h',
      attributes: Object.fromEntries(Object.entries(this.attributes).filter(([name]) => IN_TOKEN.includes(name))),
    });
    token.kind = 'sip';
    token.addGrant({
      room: roomName, roomJoin: true, canPublish: true, canSubscribe: true, canPublishData: true, canUpdateOwnMetadata: true,
    });
    await room.connect(this.url, await token.toJwt(), { autoSubscribe: false, dynacast: false });
    // Nobody waits for it in livekit-sip, either.
    room.localParticipant.setAttributes(this.attributes).catch(() => {});
    this.tone = new Tone(this.hertz);
    await this.tone.publish(room, this.who.identity);
    this.sid = room.localParticipant.sid;
    return this.sid;
  }

  status(status) {
    this.attributes['sip.callStatus'] = status;
    this.tell('status', { status });
    return this.room.localParticipant.setAttributes({ 'sip.callStatus': status }).catch(() => {});
  }

  // Answered: first the status, then the sound in both directions, then every track.
  answered() {
    this.status('active');
    this.tone.begin(this.hertz);
    this.subscribing = true;
    this.subscribeAll();
  }

  subscribeAll() {
    for (const p of this.room.remoteParticipants.values()) {
      for (const publication of p.trackPublications.values()) this.subscribeTo(publication);
    }
  }

  subscribeTo(publication) {
    if (publication.kind !== TrackKind.KIND_AUDIO) return;
    this.tell('subscribing', { track: publication.sid });
    publication.setSubscribed(true);
  }

  // A resume keeps what is subscribed; after a full reconnect everything is asked for again.
  reconnected() {
    const full = this.scenario !== RESUME;
    this.scenario = undefined;
    this.tell('reconnected', { full });
    if (full && this.subscribing) this.subscribeAll();
  }

  async reconnect({ full }) {
    this.scenario = full ? FULL_RECONNECT : RESUME;
    await this.room.simulateScenario(this.scenario);
  }

  // The client is gone and comes back as a new one under the same identity, which throws the old one out.
  async rejoin() {
    const old = this.room;
    this.tone.stop();
    await this.join();
    this.backAgain();
    await old.disconnect().catch(() => {});
  }

  // What MoveParticipant does to a leg: it is gone from one room and the same in another.
  async move(roomName) {
    const old = this.room;
    this.room = null;
    this.tone.stop();
    await old.disconnect();
    await this.join(roomName);
    this.backAgain();
  }

  backAgain() {
    if (!this.subscribing) return;
    this.tone.begin(this.hertz);
    this.subscribeAll();
  }

  async press(digit) {
    await this.room.localParticipant.publishDtmf('0123456789*#ABCD'.indexOf(digit), digit);
  }

  async hangUp() {
    if (this.ended) return;
    this.status('hangup');
    await this.end('hung up');
  }

  // No farewell: the process behind it is gone, says the server after a while; here the room is just left.
  async end(why) {
    if (this.ended) return;
    this.ended = true;
    this.subscribing = false;
    this.tone?.stop();
    const room = this.room;
    this.room = null;
    this.onEnd?.();
    await room?.disconnect().catch(() => {});
    this.tell('ended', { why });
  }
}
