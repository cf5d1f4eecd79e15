"""An agent in a room whose session can be put on hold. Says on stdout what becomes of its session."""

import asyncio
import os
import sys

from livekit import rtc
from livekit.agents import AgentSession

from assist_hold import answer_holds


async def main():
    room = rtc.Room()
    await room.connect(os.environ["LIVEKIT_URL"], os.environ["TOKEN"])
    session = AgentSession()

    def told(held):
        state = f"input {session.input.audio_enabled} output {session.output.audio_enabled}".lower()
        print(f"{'held' if held else 'resumed'}: {state}", flush=True)

    answer_holds(room, session, told)
    print("ready", flush=True)
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    await room.disconnect()


asyncio.run(main())
