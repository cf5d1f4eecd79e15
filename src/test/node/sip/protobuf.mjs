// As much of protobuf's wire format as psrpc and LiveKit's SIP messages need.

/** Fields of a message by number, each a list: varints as BigInt, everything else as bytes. */
export function decode(bytes) {
  const fields = new Map();
  let at = 0;
  const varint = () => {
    let value = 0n;
    for (let shift = 0n; ; shift += 7n) {
      const b = bytes[at++];
      if (b === undefined) throw new Error('a varint is cut off');
      value |= BigInt(b & 0x7f) << shift;
      if (b < 0x80) return value;
    }
  };
  while (at < bytes.length) {
    const key = Number(varint());
    const kind = key & 7;
    let value;
    if (kind === 0) {
      value = varint();
    } else {
      const size = kind === 2 ? Number(varint()) : kind === 1 ? 8 : 4;
      value = bytes.subarray(at, at + size);
      at += size;
    }
    const number = key >>> 3;
    fields.set(number, [...(fields.get(number) ?? []), value]);
  }
  return fields;
}

function varint(value) {
  const out = [];
  for (let left = BigInt.asUintN(64, BigInt(value)); ; left >>= 7n) {
    if (left < 0x80n) return Buffer.from([...out, Number(left)]);
    out.push(Number(left & 0x7fn) | 0x80);
  }
}

/** `[number, value]` or `[number, bytes, kind]`: numbers and booleans as varints, strings and bytes with their length. */
export function encode(fields) {
  return Buffer.concat(fields.flatMap(([number, value, kind]) => {
    if (kind !== undefined) return [varint((number << 3) | kind), value];
    if (typeof value === 'string' || value instanceof Uint8Array) {
      const bytes = Buffer.from(value);
      return [varint((number << 3) | 2), varint(bytes.length), bytes];
    }
    return [varint(number << 3), varint(value)];
  }));
}

export const text = (fields, number) => (fields.get(number)?.[0] ?? Buffer.alloc(0)).toString();
export const flag = (fields, number) => (fields.get(number)?.[0] ?? 0n) !== 0n;
export const map = (fields, number) =>
  Object.fromEntries((fields.get(number) ?? []).map((entry) => [text(decode(entry), 1), text(decode(entry), 2)]));

/** google.protobuf.Duration in milliseconds, or undefined. */
export function duration(fields, number) {
  const bytes = fields.get(number)?.[0];
  if (!bytes) return undefined;
  const parts = decode(bytes);
  return Number(parts.get(1)?.[0] ?? 0n) * 1000 + Number(parts.get(2)?.[0] ?? 0n) / 1e6;
}
