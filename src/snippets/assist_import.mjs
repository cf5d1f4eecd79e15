// Hands a finished LiveKit Agents call to Agent Assist: `assist conversations import -`.
//
// In the agent's entry, once the session is there:
//
//     const caller = await ctx.waitForParticipant();
//     ctx.addShutdownCallback(() => handOver(finishedCall(session.history, ctx.room, caller)));
//
// `assist` must be on the agent's PATH; its store is that of the settings (ASSIST_STORE, or the config file).

import { spawn } from 'node:child_process';

/** The call as a conversation object, from its ChatContext, its Room, and the participant who called. */
export function finishedCall(history, room, caller, { direction = 'inbound', agent = 'agent', status = 'completed', metadata = {} } = {}) {
  const { items } = history.toJSON({ excludeTimestamp: false });
  const times = items.map((item) => item.createdAt).filter(Boolean);
  const begun = times.length ? Math.min(...times) : Date.now();
  const ended = times.length ? Math.max(...times) : Date.now();
  const phone = caller.attributes['sip.phoneNumber'];
  return {
    // The same call has the same id, however often it is handed over.
    id: caller.attributes['sip.callID'] ?? `${room.name}-${Math.trunc(begun)}`,
    direction,
    channel: phone ? 'telephone' : 'webrtc',
    status,
    user_id: phone ?? caller.identity,
    room_name: room.name,
    agent: { id: agent, name: agent },
    duration: Math.round((ended - begun) / 1000),
    created_at: new Date(begun).toISOString(),
    updated_at: new Date(ended).toISOString(),
    custom_metadata: metadata,
    conversation: { items: items.map(asInPython) },
  };
}

/** Agents for Node writes camel case and milliseconds; Agents for Python snake case and seconds, which assist reads. */
function asInPython({ createdAt, callId, isError, args, ...item }) {
  return {
    ...item,
    ...(createdAt === undefined ? {} : { created_at: createdAt / 1000 }),
    ...(callId === undefined ? {} : { call_id: callId }),
    ...(isError === undefined ? {} : { is_error: isError }),
    ...(args === undefined ? {} : { arguments: args }),
  };
}

/** Stores it. What assist says on failure is thrown; the call can be handed over again. */
export function handOver(call) {
  return new Promise((resolve, reject) => {
    const assist = spawn(process.env.ASSIST ?? 'assist', ['conversations', 'import', '-'], { stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    assist.stderr.on('data', (chunk) => (said += chunk));
    assist.on('error', reject);
    assist.on('close', (code) => (code === 0 ? resolve() : reject(new Error(`assist ended with ${code}: ${said.trim()}`))));
    // A program that ended early has closed its end: its exit code says why.
    assist.stdin.on('error', () => {});
    assist.stdin.end(JSON.stringify(call));
  });
}
