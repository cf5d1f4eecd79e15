// Publishes numbered segments at a pace: URL TOKEN COUNT RATE [SIZE]. Text: "NUMBER@EPOCH_MILLIS padding".
import { Room, dispose } from '@livekit/rtc-node';

const [url, token, count, rate, size] = process.argv.slice(2);
const room = new Room();
await room.connect(url, token, { autoSubscribe: false, dynacast: false });
console.log('@ready');
const started = performance.now();
for (let n = 0; n < Number(count); n++) {
  const due = started + (n * 1000) / Number(rate);
  while (performance.now() < due) await new Promise((r) => setTimeout(r, Math.max(0, due - performance.now() - 1)));
  const text = `${n}@${Date.now()}`;
  await room.localParticipant.sendText(size ? text.padEnd(Number(size), ' x') : text, {
    topic: 'lk.transcription',
    attributes: { 'lk.segment_id': `s${n}`, 'lk.transcription_final': 'true' },
  });
}
console.log('@done');
await new Promise((r) => process.stdin.on('end', r).resume());
await room.disconnect();
await dispose();
process.exit(0);
