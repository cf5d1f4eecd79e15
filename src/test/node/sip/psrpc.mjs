// Serves one method of LiveKit's internal RPC: psrpc over Redis, as livekit-server asks a livekit-sip.
// Channels and messages: livekit/psrpc v0.7.2, pkg/info/channels.go, internal/internal.proto, internal/bus/bus_redis.go.
import { createConnection } from 'node:net';
import { createHash, randomUUID } from 'node:crypto';
import { decode, encode, text } from './protobuf.mjs';

/** One connection to Redis (RESP 2): commands with their answers in order, or, once it has subscribed, messages. */
class Redis {
  constructor(port, onMessage = () => {}) {
    this.socket = createConnection(port, '127.0.0.1');
    this.waiting = [];
    this.onMessage = onMessage;
    this.buffer = Buffer.alloc(0);
    this.socket.on('data', (data) => this.read(data));
    this.socket.on('error', (e) => console.error('Redis', e.message));
  }

  send(...words) {
    const parts = words.map((w) => (Buffer.isBuffer(w) ? w : Buffer.from(String(w))));
    this.socket.write(Buffer.concat([
      Buffer.from(`*${parts.length}\r\n`),
      ...parts.flatMap((p) => [Buffer.from(`$${p.length}\r\n`), p, Buffer.from('\r\n')]),
    ]));
  }

  ask(...words) {
    return new Promise((resolve) => {
      this.waiting.push(resolve);
      this.send(...words);
    });
  }

  read(data) {
    this.buffer = Buffer.concat([this.buffer, data]);
    for (let value = this.value(0); value; value = this.value(0)) {
      this.buffer = this.buffer.subarray(value.end);
      const what = value.of;
      if (Array.isArray(what) && String(what[0]) === 'message') {
        this.onMessage(String(what[1]), what[2]);
      } else {
        this.waiting.shift()?.(what);
      }
    }
  }

  // What stands at a place, and where it ends; undefined while it is not whole.
  value(at) {
    const line = this.buffer.indexOf('\r\n', at);
    if (line < 0) return undefined;
    const kind = String.fromCharCode(this.buffer[at]);
    const word = this.buffer.toString('latin1', at + 1, line);
    const end = line + 2;
    if (kind === '$') {
      const size = Number(word);
      if (size < 0) return { of: null, end };
      if (this.buffer.length < end + size + 2) return undefined;
      return { of: Buffer.from(this.buffer.subarray(end, end + size)), end: end + size + 2 };
    }
    if (kind === '*') {
      const all = [];
      let next = end;
      for (let i = 0; i < Number(word); i++) {
        const item = this.value(next);
        if (!item) return undefined;
        all.push(item.of);
        next = item.end;
      }
      return { of: all, end: next };
    }
    return { of: kind === ':' ? Number(word) : word, end };
  }

  close() {
    this.socket.destroy();
  }
}

/** What a handler throws to answer with a code of psrpc and details (each {typeUrl, value}). */
export class RpcError extends Error {
  constructor(code, message, details = []) {
    super(message);
    this.code = code;
    this.details = details;
  }
}

const envelope = (name, value) => encode([[1, `type.googleapis.com/internal.${name}`], [2, value]]);
const opened = (bytes) => decode(decode(bytes).get(2)[0]);
const nanos = () => BigInt(Date.now()) * 1_000_000n;

/**
 * Serves a method that needs a claim and takes each request from a queue. The handler gets the request's bytes and when it
 * expires (ms), and answers bytes.
 */
export async function serve(port, service, method, handler) {
  const serverId = `SRV_${randomUUID().replaceAll('-', '')}`;
  const requests = `${service}|${method}|REQ`;
  const claims = `${service}|${method}|RCLAIM`;
  const claimed = new Map();
  const out = new Redis(port);

  const take = async (payload) => {
    // Each worker sees each request of a queue; who sets the key has it.
    const key = createHash('sha256').update(payload).digest('base64');
    if ((await out.ask('SET', key, '1', 'NX', 'EX', '5')) === null) return;
    const request = opened(payload);
    const id = text(request, 1);
    const client = text(request, 2);
    const expiry = Number((request.get(4)?.[0] ?? 0n) / 1_000_000n);
    if (Date.now() > expiry) return;
    const mine = new Promise((resolve) => claimed.set(id, resolve));
    const affinity = Buffer.alloc(4);
    affinity.writeFloatLE(1);
    await out.ask('PUBLISH', `${service}|${client}|CLAIM`, envelope('ClaimRequest', encode([[1, id], [2, serverId], [3, affinity, 5]])));
    const timer = setTimeout(() => claimed.get(id)?.(''), expiry - Date.now());
    const owner = await mine;
    clearTimeout(timer);
    claimed.delete(id);
    if (owner !== serverId) return;
    let answer;
    try {
      answer = [[7, await handler(request.get(8)?.[0] ?? Buffer.alloc(0), expiry)]];
    } catch (e) {
      if (!(e instanceof RpcError)) console.error(e);
      const details = (e.details ?? []).map((d) => [8, encode([[1, d.typeUrl], [2, d.value]])]);
      answer = [[5, e.message || 'failed'], [6, e.code ?? 'unknown'], ...details];
    }
    await out.ask('PUBLISH', `${service}|${client}|RES`,
      envelope('Response', encode([[1, id], [2, serverId], [3, nanos()], ...answer])));
  };

  const input = new Redis(port, (channel, payload) => {
    if (channel === requests) {
      take(payload).catch((e) => console.error(e));
    } else {
      const claim = opened(payload);
      claimed.get(text(claim, 1))?.(text(claim, 2));
    }
  });
  await input.ask('SUBSCRIBE', requests);
  await input.ask('SUBSCRIBE', claims);
  return () => {
    input.close();
    out.close();
  };
}
