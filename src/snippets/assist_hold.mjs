// Lets `assist transfer` put a LiveKit agent on hold: while a human is being fetched it neither hears nor speaks.
//
// In the agent's entry, once the session is there:
//
//     answerHolds(ctx.room, session);
//
// The agent keeps the time limit itself: whatever becomes of the one who asked, it is back after `max_seconds`.

const LONGEST_SECONDS = 900;

/** Registers the RPC methods `assist.hold` and `assist.resume`; both can be repeated. `onChange(held)` is told, too. */
export function answerHolds(room, session, onChange = () => {}) {
  const holds = new Map(); // transfer id -> the timer that ends its hold

  function setHeld(held) {
    if (held) {
      try {
        // A promise or a future, by version: what it ends with is of no interest.
        Promise.resolve(session.interrupt({ force: true })?.await).catch(() => {});
      } catch {
        // It was not speaking.
      }
    }
    session.input.setAudioEnabled(!held);
    session.output.setAudioEnabled(!held);
    onChange(held);
  }

  function resume(id) {
    if (!holds.has(id)) return;
    clearTimeout(holds.get(id));
    holds.delete(id);
    if (holds.size === 0) setHeld(false);
  }

  room.localParticipant.registerRpcMethod('assist.hold', async ({ payload }) => {
    const asked = JSON.parse(payload);
    const id = String(asked.transfer_id);
    const seconds = Number(asked.max_seconds);
    if (asked.transfer_id === undefined || Number.isNaN(seconds)) throw new Error('transfer_id and max_seconds are needed');
    const first = holds.size === 0;
    clearTimeout(holds.get(id));
    holds.set(id, setTimeout(() => resume(id), 1000 * Math.max(1, Math.min(seconds, LONGEST_SECONDS))));
    if (first) setHeld(true);
    return '{"ok":true}';
  });

  room.localParticipant.registerRpcMethod('assist.resume', async ({ payload }) => {
    resume(String(JSON.parse(payload).transfer_id));
    return '{"ok":true}';
  });
}
