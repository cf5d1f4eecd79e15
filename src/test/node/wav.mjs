// Reads a WAV file of 16-bit PCM with one channel.
import { readFileSync } from 'node:fs';

export function readWav(path) {
  const bytes = readFileSync(path);
  if (bytes.toString('latin1', 0, 4) !== 'RIFF' || bytes.toString('latin1', 8, 12) !== 'WAVE') {
    throw new Error(`${path} is not a WAV file`);
  }
  let sampleRate = 0;
  for (let at = 12; at + 8 <= bytes.length; ) {
    const name = bytes.toString('latin1', at, at + 4);
    const size = bytes.readUInt32LE(at + 4);
    if (name === 'fmt ') {
      sampleRate = bytes.readUInt32LE(at + 12);
      if (bytes.readUInt16LE(at + 8) !== 1 || bytes.readUInt16LE(at + 10) !== 1 || bytes.readUInt16LE(at + 22) !== 16) {
        throw new Error(`${path} is not 16-bit PCM with one channel`);
      }
    } else if (name === 'data') {
      // A writer to a pipe does not know the size and leaves a huge one.
      const end = Math.min(at + 8 + size, bytes.length);
      const samples = new Int16Array((end - at - 8) >> 1);
      for (let i = 0; i < samples.length; i++) {
        samples[i] = bytes.readInt16LE(at + 8 + 2 * i);
      }
      return { sampleRate, samples };
    }
    at += 8 + size + (size & 1);
  }
  throw new Error(`${path} has no samples`);
}
