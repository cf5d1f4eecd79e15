// A test worker for LiveKit's SIP API: see README.md beside it. Driven over stdin and stdout, a JSON object a line, by
// dev.agentassist.testkit.SipWorkerPart. What a phone does when it is called is scripted by its number.
import { createInterface } from 'node:readline';
import { randomUUID } from 'node:crypto';
import { dispose } from '@livekit/rtc-node';
import { RpcError, serve } from './psrpc.mjs';
import { decode, duration, encode, flag, map, text } from './protobuf.mjs';
import { Leg } from './leg.mjs';

const { LIVEKIT_URL: url, LIVEKIT_API_KEY: key, LIVEKIT_API_SECRET: secret, REDIS_PORT: redis } = process.env;
const say = (object) => process.stdout.write('@' + JSON.stringify(object) + '\n');
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const legs = new Map();
const phones = new Map();
let pitches = [];

// livekit-sip's own, when a request gives none: pkg/sip/config.go.
const RINGING_TIMEOUT = 3 * 60_000;
const MAX_CALL = 24 * 3_600_000;
const DIALTONE = 425;

// SIPStatus.GRPCStatus (livekit/protocol, livekit/sip.go), for the answers that tests give.
const CODES = {
  401: 'permission_denied', 403: 'permission_denied', 404: 'not_found', 408: 'deadline_exceeded', 410: 'not_found',
  480: 'resource_exhausted', 484: 'invalid_argument', 486: 'resource_exhausted', 487: 'aborted', 488: 'invalid_argument',
  500: 'failed_precondition', 502: 'failed_precondition', 503: 'failed_precondition', 504: 'deadline_exceeded',
  600: 'resource_exhausted', 603: 'permission_denied', 604: 'not_found', 607: 'permission_denied',
};

function refusal(status, reason) {
  const details = [{ typeUrl: 'type.googleapis.com/livekit.SIPStatus', value: encode([[1, status], [2, reason]]) }];
  return new RpcError(CODES[status] ?? 'invalid_argument', `INVITE failed: sip status: ${status}: ${reason}`, details);
}

/** InternalCreateSIPParticipantRequest (livekit/protocol, rpc/sip.proto), but for what concerns carriers only. */
function read(bytes) {
  const f = decode(bytes);
  return {
    callId: text(f, 13), trunk: text(f, 19), address: text(f, 2), from: text(f, 3), to: text(f, 4), room: text(f, 7),
    identity: text(f, 8), name: text(f, 14), metadata: text(f, 15), attributes: map(f, 17), dtmf: text(f, 11),
    dialtone: flag(f, 12), headers: map(f, 21), ringingTimeout: duration(f, 23), maxCallDuration: duration(f, 24),
    wait: flag(f, 29), displayName: f.has(31) ? text(f, 31) : null,
  };
}

const answer = (call, leg) => encode([[1, leg.sid], [2, call.identity], [3, call.callId]]);

async function create(bytes, expiry) {
  const call = read(bytes);
  // Passwords of trunks and tokens are not in it.
  say({ event: 'call', leg: call.callId, call });
  if (!call.room) throw new RpcError('invalid_argument', 'room name must be set');
  const phone = phones.get(call.to) ?? { rings: 0, answers: true, hertz: 0 };
  if (phone.trouble) throw new RpcError(phone.trouble, 'update room failed: test worker');
  const leg = new Leg({ url, key, secret }, call, { hertz: phone.hertz, pitches }, tellerOf(call.callId));
  legs.set(call.callId, leg);
  await leg.join();
  const dialled = dial(call, phone, leg);
  if (!call.wait) {
    dialled.catch(() => {});
    return answer(call, leg);
  }
  // The one who asked gives up: the phone stops ringing.
  const timer = setTimeout(() => leg.end('the request expired'), Math.max(0, expiry - Date.now()));
  try {
    await dialled;
  } finally {
    clearTimeout(timer);
  }
  return answer(call, leg);
}

const tellerOf = (id) => (event, fields) => say({ event, leg: id, at: Date.now(), ...fields });

async function dial(call, phone, leg) {
  try {
    await ring(call, phone, leg);
  } catch (e) {
    leg.tell('failed', { code: e.code, message: e.message });
    await leg.end('not answered');
    throw e;
  }
  leg.answered();
  const limit = setTimeout(() => leg.hangUp(), call.maxCallDuration || MAX_CALL);
  limit.unref();
  for (const digit of phone.presses ?? '') {
    await sleep(phone.pressesAfter ?? 0);
    if (!leg.ended) await leg.press(digit);
  }
}

async function ring(call, phone, leg) {
  const gone = new Promise((resolve) => (leg.onEnd = resolve));
  const cancelled = () => new RpcError('canceled', 'sip request timed out or was cancelled');
  if (call.dialtone) leg.tone.begin(DIALTONE);
  await Promise.race([sleep(phone.dials ?? 0), gone]);
  if (!leg.ended && phone.status !== 404) leg.status('ringing');
  const timeout = sleep(call.ringingTimeout || RINGING_TIMEOUT).then(() => 'timeout');
  const never = new Promise(() => {});
  const outcome = await Promise.race([gone.then(() => 'gone'), timeout, phone.rings < 0 ? never : sleep(phone.rings ?? 0)]);
  leg.tone.stop();
  if (outcome || leg.ended) throw cancelled();
  if (phone.status) throw refusal(phone.status, phone.reason ?? '');
}

const OPERATIONS = {
  pitches: (r) => void (pitches = r.pitches),
  phone: (r) => void phones.set(r.number, r.phone),
  // Somebody who has called: already answered.
  async inbound({ room, number, identity, hertz, attributes }) {
    const id = 'SCL_' + randomUUID();
    const who = {
      room, identity: identity ?? `sip_${number}`, name: `Phone ${number}`, metadata: '',
      attributes: { 'sip.callID': id, 'sip.phoneNumber': number, 'sip.trunkPhoneNumber': '+15550100', ...attributes },
    };
    const leg = new Leg({ url, key, secret }, who, { hertz, pitches }, tellerOf(id));
    legs.set(id, leg);
    say({ event: 'call', leg: id, call: { ...who, callId: id, from: number, to: '' } });
    await leg.join();
    leg.answered();
    return { leg: id };
  },
  heard: ({ leg, since }) => legs.get(leg).ear.since(since),
  tone: ({ leg, hertz }) => {
    legs.get(leg).hertz = hertz;
    legs.get(leg).tone.begin(hertz);
  },
  press: ({ leg, digit }) => legs.get(leg).press(digit),
  reconnect: ({ leg, full }) => legs.get(leg).reconnect({ full }),
  rejoin: ({ leg }) => legs.get(leg).rejoin(),
  hangUp: ({ leg }) => legs.get(leg).hangUp(),
  // Of the leg with that identity in that room; false where there is none.
  async move({ room, identity, to }) {
    const leg = [...legs.values()].find((l) => !l.ended && l.who.room === room && l.who.identity === identity);
    await leg?.move(to);
    return { moved: leg !== undefined };
  },
  async sees({ leg }) {
    return { identities: [...(legs.get(leg).room?.remoteParticipants.values() ?? [])].map((p) => p.identity) };
  },
};

process.on('unhandledRejection', (e) => console.error('unhandled', e));
const stop = await serve(Number(redis), 'SIPInternal', 'CreateSIPParticipant', create);
say({ event: 'ready', leg: '' });

createInterface({ input: process.stdin })
  .on('line', async (line) => {
    const request = JSON.parse(line);
    try {
      say({ id: request.id, ...(await OPERATIONS[request.op](request)) });
    } catch (e) {
      console.error(e);
      say({ id: request.id, error: String(e?.message ?? e) });
    }
  })
  .on('close', async () => {
    stop();
    await Promise.all([...legs.values()].map((leg) => leg.end('the worker ended')));
    await dispose().catch(() => {});
    process.exit(0);
  });
