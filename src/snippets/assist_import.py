"""Hands a finished LiveKit Agents call to Agent Assist: `assist conversations import -`.

In the agent's entrypoint, once the session is there:

    caller = await ctx.wait_for_participant()
    ctx.add_shutdown_callback(lambda: hand_over(finished_call(session.history, ctx.room, caller)))

`assist` must be on the agent's PATH; its store is that of the settings (ASSIST_STORE, or the config file).
"""

import asyncio
import json
import os
import time
from datetime import datetime, timezone


def finished_call(history, room, caller, *, direction="inbound", agent="agent", status="completed", metadata=None):
    """The call as a conversation object, from its ChatContext, its rtc.Room, and the participant who called."""
    transcript = history.to_dict(exclude_timestamp=False)
    times = [item["created_at"] for item in transcript["items"] if item.get("created_at")]
    begun, ended = min(times, default=time.time()), max(times, default=time.time())
    phone = caller.attributes.get("sip.phoneNumber")
    return {
        # The same call has the same id, however often it is handed over.
        "id": caller.attributes.get("sip.callID") or f"{room.name}-{int(begun * 1000)}",
        "direction": direction,
        "channel": "telephone" if phone else "webrtc",
        "status": status,
        "user_id": phone or caller.identity,
        "room_name": room.name,
        "agent": {"id": agent, "name": agent},
        "duration": round(ended - begun),
        "created_at": _rfc3339(begun),
        "updated_at": _rfc3339(ended),
        "custom_metadata": metadata or {},
        "conversation": transcript,
    }


async def hand_over(call):
    """Stores it. What assist says on failure is raised; the call can be handed over again."""
    assist = await asyncio.create_subprocess_exec(
        os.environ.get("ASSIST", "assist"), "conversations", "import", "-",
        stdin=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.PIPE,
    )
    _, said = await assist.communicate(json.dumps(call).encode())
    if assist.returncode != 0:
        raise RuntimeError(f"assist ended with {assist.returncode}: {said.decode(errors='replace').strip()}")


def _rfc3339(seconds):
    return datetime.fromtimestamp(seconds, timezone.utc).isoformat(timespec="milliseconds").replace("+00:00", "Z")
