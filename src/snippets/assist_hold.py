"""Lets `assist transfer` put a LiveKit agent on hold: while a human is being fetched it neither hears nor speaks.

In the agent's entrypoint, once the session is there:

    answer_holds(ctx.room, session)

The agent keeps the time limit itself: whatever becomes of the one who asked, it is back after `max_seconds`.
"""

import asyncio
import json

LONGEST_SECONDS = 900


def answer_holds(room, session, on_change=lambda held: None):
    """Registers the RPC methods `assist.hold` and `assist.resume`; both can be repeated. `on_change(held)` is told, too."""
    holds = {}  # transfer id -> the timer that ends its hold

    def set_held(held):
        if held:
            try:
                session.interrupt(force=True)
            except RuntimeError:
                pass  # It was not speaking.
        session.input.set_audio_enabled(not held)
        session.output.set_audio_enabled(not held)
        on_change(held)

    def resume(transfer_id):
        timer = holds.pop(transfer_id, None)
        if timer is not None:
            timer.cancel()
            if not holds:
                set_held(False)

    async def on_hold(data):
        asked = json.loads(data.payload)
        transfer_id, seconds = str(asked["transfer_id"]), float(asked["max_seconds"])
        earlier = holds.get(transfer_id)
        if earlier is not None:
            earlier.cancel()
        first = not holds
        limit = max(1.0, min(seconds, LONGEST_SECONDS))
        holds[transfer_id] = asyncio.get_running_loop().call_later(limit, resume, transfer_id)
        if first:
            set_held(True)
        return '{"ok":true}'

    async def on_resume(data):
        resume(str(json.loads(data.payload)["transfer_id"]))
        return '{"ok":true}'

    room.local_participant.register_rpc_method("assist.hold", on_hold)
    room.local_participant.register_rpc_method("assist.resume", on_resume)
