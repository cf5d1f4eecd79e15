"""A finished session's history, as LiveKit Agents for Python holds it, handed over by the snippet."""

import asyncio
import types

from livekit.agents.llm import ChatContext, FunctionCall, FunctionCallOutput

from assist_import import finished_call, hand_over

history = ChatContext.empty()
history.add_message(role="system", content="Never tell this.")
history.add_message(role="assistant", content="Alder and Vine, how can I help?")
history.add_message(role="user", content="My washing machine did not come, order AV48213. I want to talk to a person.")
history.items.append(FunctionCall(call_id="c1", name="lookup_order", arguments='{"order": "AV48213"}'))
history.items.append(FunctionCallOutput(call_id="c1", name="lookup_order", output='{"status": "delayed"}', is_error=False))
history.add_message(role="assistant", content="I will ask a colleague to call you.")
caller = types.SimpleNamespace(identity="sip_1", attributes={"sip.phoneNumber": "+14155550132", "sip.callID": "SCL_1"})
call = finished_call(history, types.SimpleNamespace(name="call-42"), caller, agent="maya")

for _ in range(2):
    asyncio.run(hand_over(call))
try:
    asyncio.run(hand_over({"id": ""}))
except RuntimeError as e:
    print(e)
