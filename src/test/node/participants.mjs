// Real LiveKit participants, driven over stdin and stdout, a JSON object a line. Requests have an id, an op and a handle;
// events have an event and a handle. See dev.agentassist.testkit.Participants.
import { createInterface } from 'node:readline';
import { randomUUID } from 'node:crypto';
import {
  AudioFrame, AudioSource, AudioStream, KeyProvider, LocalAudioTrack, Room, TrackKind, TrackPublishOptions, TrackSource, dispose,
} from '@livekit/rtc-node';
import { AccessToken } from 'livekit-server-sdk';
import { readWav } from './wav.mjs';
import { Ear } from './tones.mjs';

const TOPIC = 'lk.transcription';
const participants = new Map();
// The SDK logs to stdout as well, in JSON: ours are marked.
const say = (object) => process.stdout.write('@' + JSON.stringify(object) + '\n');
const big = (_, value) => (typeof value === 'bigint' ? Number(value) : value);

class Participant {
  constructor(handle) {
    this.handle = handle;
    this.room = new Room();
    this.streams = new Map();
    this.sources = new Map();
    this.stopped = false;
  }

  tell(event, identity, more = {}) {
    say({ event, handle: this.handle, identity: identity ?? '', at: Date.now(), ...JSON.parse(JSON.stringify(more, big)) });
  }

  listen() {
    const r = this.room;
    for (const e of ['participantConnected', 'participantDisconnected', 'participantActive']) {
      r.on(e, (p) => this.tell(e, p?.identity, { kind: p?.kind, attributes: p?.attributes }));
    }
    for (const e of ['trackPublished', 'trackUnpublished']) {
      r.on(e, (publication, p) => this.tell(e, p?.identity, { track: publication?.sid }));
    }
    for (const e of ['trackSubscribed', 'trackUnsubscribed']) {
      r.on(e, (track, publication, p) => {
        this.tell(e, p?.identity, { track: publication?.sid });
        if (e === 'trackSubscribed' && track.kind === TrackKind.KIND_AUDIO) {
          this.ear?.listen(track, p.identity);
          this.hear(track, p.identity);
        }
      });
    }
    for (const e of ['trackMuted', 'trackUnmuted']) {
      r.on(e, (publication, p) => this.tell(e, p?.identity, { track: publication?.sid }));
    }
    r.on('localTrackSubscribed', (track) => this.tell('localTrackSubscribed', '', { track: track?.sid }));
    r.on('participantAttributesChanged', (changed, p) => this.tell('participantAttributesChanged', p?.identity, { changed }));
    r.on('participantMetadataChanged', (metadata, p) => this.tell('participantMetadataChanged', p?.identity, {}));
    r.on('participantNameChanged', (name, p) => this.tell('participantNameChanged', p?.identity, {}));
    r.on('connectionQualityChanged', (quality, p) => this.tell('connectionQualityChanged', p?.identity, { quality }));
    r.on('activeSpeakersChanged', (speakers) => speakers.forEach((p) => this.tell('activeSpeaker', p.identity)));
    r.on('dataReceived', (payload, p, kind, topic) =>
      this.tell('dataReceived', p?.identity, { topic, text: Buffer.from(payload).toString() }));
    r.on('dtmfReceived', (code, digit, p) => this.tell('dtmf', p?.identity, { digit }));
    r.on('disconnected', (reason) => this.tell('disconnected', '', { reason }));
    for (const e of ['reconnecting', 'reconnected', 'roomMetadataChanged', 'moved', 'encryptionError']) {
      r.on(e, () => this.tell(e, ''));
    }
    r.registerTextStreamHandler(TOPIC, async (reader, from) => {
      const identity = typeof from === 'string' ? from : from?.identity;
      this.tell('transcription', identity, { text: await reader.readAll(), attributes: reader.info?.attributes });
    });
  }

  // Once a track is heard at all, once a second how loud: silence is told too.
  async hear(track, identity) {
    try {
      let loudest = 0;
      let frames = 0;
      for await (const frame of new AudioStream(track, { sampleRate: 16000, numChannels: 1, frameSizeMs: 20 })) {
        for (const sample of frame.data) loudest = Math.max(loudest, Math.abs(sample));
        if (++frames % 10 === 0) {
          this.tell('heard', identity, { loudest });
          loudest = 0;
        }
      }
    } catch (e) {
      this.tell('heardNoMore', identity, { error: e.message });
    }
  }

  async join({ url, room, as, token, pitches }) {
    if (pitches) this.ear = new Ear(pitches);
    this.listen();
    await this.room.connect(url, token ?? (await mint(room, as)), {
      autoSubscribe: as?.subscribe ?? true,
      dynacast: false,
      ...(as?.encryptionKey
        ? { encryption: { keyProviderOptions: { sharedKey: new TextEncoder().encode(as.encryptionKey) } } }
        : {}),
    });
    for (const p of this.room.remoteParticipants.values()) this.tell('presentAlready', p.identity, { attributes: p.attributes });
    const me = this.room.localParticipant;
    return { identity: me.identity, sid: me.sid };
  }

  attributes(segment, track, final) {
    return {
      'lk.segment_id': segment,
      'lk.transcription_final': final ? 'true' : 'false',
      ...(track ? { 'lk.transcribed_track_id': track } : {}),
    };
  }

  // The SDK's own stream writer cannot put attributes into the trailer; agents' SDKs do.
  async raw(name, value) {
    const ffi = globalThis._ffiClientInstance;
    const me = this.room.localParticipant;
    const answer = ffi.request({
      message: {
        case: name,
        value: { localParticipantHandle: me.ffi_handle.handle, destinationIdentities: [], senderIdentity: me.identity, ...value },
      },
    });
    const done = await ffi.waitFor((e) => e.message.case === name && e.message.value.asyncId === answer.asyncId);
    if (done.error) throw new Error(done.error);
  }

  async open({ segment, track }) {
    const streamId = randomUUID();
    const stream = this.streams.size + 1;
    this.streams.set(stream, { streamId, segment, track, next: 0 });
    await this.raw('sendStreamHeader', {
      header: {
        streamId,
        timestamp: BigInt(Date.now()),
        mimeType: 'text/plain',
        topic: TOPIC,
        attributes: this.attributes(segment, track, false),
        contentHeader: { case: 'textHeader', value: { operationType: 0, version: 0, attachedStreamIds: [] } },
      },
    });
    return { stream };
  }

  async append({ stream, chunk }) {
    const s = this.streams.get(stream);
    await this.raw('sendStreamChunk', {
      chunk: { streamId: s.streamId, chunkIndex: BigInt(s.next++), content: new TextEncoder().encode(chunk), version: 0 },
    });
  }

  async finish({ stream }) {
    const s = this.streams.get(stream);
    await this.raw('sendStreamTrailer', {
      trailer: { streamId: s.streamId, reason: '', attributes: this.attributes(s.segment, s.track, true) },
    });
  }

  async delta({ segment, track, chunks = [] }) {
    const { stream } = await this.open({ segment, track });
    for (const chunk of chunks) await this.append({ stream, chunk });
    await this.finish({ stream });
  }

  async replace({ segment, track, text, final, sender }) {
    const writer = await this.room.localParticipant.streamText({
      topic: TOPIC,
      attributes: this.attributes(segment, track, final),
      ...(sender ? { senderIdentity: sender } : {}),
    });
    await writer.write(text);
    await writer.close();
  }

  async legacy({ about, track, segments = [] }) {
    await this.room.localParticipant.publishTranscription({
      participantIdentity: about,
      trackSid: track,
      segments: segments.map((s) => ({ ...s, startTime: BigInt(s.startTime), endTime: BigInt(s.endTime) })),
    });
  }

  async sendText({ topic, text, attributes, compress }) {
    await this.room.localParticipant.sendText(text, { topic, attributes, compress });
  }

  async sendData({ topic, text }) {
    await this.room.localParticipant.publishData(new TextEncoder().encode(text), { reliable: true, topic });
  }

  async publish({ wav, hertz }) {
    const sound = wav ? readWav(wav) : { sampleRate: 48000, samples: null };
    const source = new AudioSource(sound.sampleRate, 1, 200);
    const track = LocalAudioTrack.createAudioTrack('microphone', source);
    const options = new TrackPublishOptions();
    options.source = TrackSource.SOURCE_MICROPHONE;
    const publication = await this.room.localParticipant.publishTrack(track, options);
    this.sources.set(publication.sid, source);
    this.play(publication.sid, source, sound, hertz ?? 0);
    return { track: publication.sid };
  }

  async play(sid, source, { sampleRate, samples }, hertz) {
    const size = sampleRate / 50;
    try {
      for (let at = 0; !this.stopped && this.sources.has(sid); at += size) {
        const frame = new Int16Array(size);
        for (let i = 0; i < size; i++) {
          frame[i] = samples ? (samples[at + i] ?? 0) : 8000 * Math.sin((2 * Math.PI * hertz * (at + i)) / sampleRate);
        }
        await source.captureFrame(new AudioFrame(frame, sampleRate, 1, size));
        if (samples && at < samples.length && at + size >= samples.length) this.tell('played', '', { track: sid });
      }
    } catch (e) {
      this.tell('playedNoMore', '', { track: sid, error: e.message });
    }
  }

  async unpublish({ track }) {
    this.sources.delete(track);
    await this.room.localParticipant.unpublishTrack(track);
  }

  // Named apart from the helper above.
  async setAttributes({ attributes }) {
    await this.room.localParticipant.setAttributes(attributes);
  }

  heard({ since }) {
    return this.ear.since(since);
  }

  async reconnect({ full }) {
    await this.room.simulateScenario(full ? 7 : 0);
  }

  sees() {
    return { identities: [...this.room.remoteParticipants.values()].map((p) => p.identity) };
  }

  async leave() {
    this.stopped = true;
    this.sources.clear();
    await this.room.disconnect();
  }
}

async function mint(room, as) {
  const token = new AccessToken(process.env.LIVEKIT_API_KEY, process.env.LIVEKIT_API_SECRET, {
    identity: as.identity,
    name: as.name,
    attributes: as.attributes,
    ttl: '1h',
  });
  if (as.kind !== 'standard') token.kind = as.kind;
  token.addGrant({
    room, roomJoin: true, canPublish: true, canSubscribe: true, canPublishData: true, canUpdateOwnMetadata: true,
    ...(as.hidden ? { hidden: true } : {}),
  });
  return token.toJwt();
}

const OPERATIONS = {
  open: 'open', append: 'append', finish: 'finish', delta: 'delta', replace: 'replace', legacy: 'legacy', sendText: 'sendText',
  sendData: 'sendData', publish: 'publish', unpublish: 'unpublish', attributes: 'setAttributes', sees: 'sees', leave: 'leave',
  heard: 'heard', reconnect: 'reconnect',
};

async function handle(request) {
  if (request.op === 'join') {
    const participant = new Participant(request.handle);
    participants.set(request.handle, participant);
    return participant.join(request);
  }
  const method = OPERATIONS[request.op];
  if (!method) throw new Error(`no operation ${request.op}`);
  return participants.get(request.handle)[method](request);
}

process.on('unhandledRejection', (e) => console.error('unhandled', e));

createInterface({ input: process.stdin })
  .on('line', async (line) => {
    const request = JSON.parse(line);
    try {
      say({ id: request.id, ...(await handle(request)) });
    } catch (e) {
      console.error(e);
      say({ id: request.id, error: String(e?.message ?? e) });
    }
  })
  .on('close', async () => {
    for (const p of participants.values()) await p.leave().catch(() => {});
    await dispose().catch(() => {});
    process.exit(0);
  });
