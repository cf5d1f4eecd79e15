// An agent in a room whose session can be put on hold. Says on stdout what becomes of its session.
import { Room } from '@livekit/rtc-node';
import { initializeLogger, voice } from '@livekit/agents';
import { answerHolds } from './assist_hold.mjs';

initializeLogger({ pretty: false, level: 'error' });
const room = new Room();
await room.connect(process.env.LIVEKIT_URL, process.env.TOKEN, { autoSubscribe: true, dynacast: false });
const session = new voice.AgentSession({});
const state = () => `input ${session.input.audioEnabled} output ${session.output.audioEnabled}`;
answerHolds(room, session, (held) => console.log(`${held ? 'held' : 'resumed'}: ${state()}`));
console.log('ready');
process.stdin.resume().on('end', () => process.exit(0));
