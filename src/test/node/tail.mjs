// What assist tail does, with LiveKit's client for Node.js: URL TOKEN. A line a final segment.
import { Room } from '@livekit/rtc-node';

const [url, token] = process.argv.slice(2);
const room = new Room();
room.registerTextStreamHandler('lk.transcription', async (reader, from) => {
  const text = await reader.readAll();
  if (reader.info.attributes['lk.transcription_final'] === 'true') {
    process.stdout.write(`${from.identity}: ${text}\n`);
  }
});
room.on('disconnected', () => process.exit(0));
await room.connect(url, token, { autoSubscribe: false, dynacast: false });
