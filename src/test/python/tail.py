"""What assist tail does, with LiveKit's client for Python: URL TOKEN. A line a final segment."""
import asyncio
import sys

from livekit import rtc


async def main() -> None:
    room = rtc.Room()
    over = asyncio.Event()
    tasks = set()

    async def read(reader, identity) -> None:
        text = await reader.read_all()
        if reader.info.attributes.get("lk.transcription_final") == "true":
            print(f"{identity}: {text}", flush=True)

    def begin(reader, identity) -> None:
        task = asyncio.create_task(read(reader, identity))
        tasks.add(task)
        task.add_done_callback(tasks.discard)

    room.register_text_stream_handler("lk.transcription", begin)
    room.on("disconnected", lambda *_: over.set())
    await room.connect(sys.argv[1], sys.argv[2], rtc.RoomOptions(auto_subscribe=False))
    await over.wait()


asyncio.run(main())
