// A finished session's history, as LiveKit Agents for Node holds it, handed over by the snippet.
import { llm } from '@livekit/agents';
import { finishedCall, handOver } from './assist_import.mjs';

const history = llm.ChatContext.empty();
history.addMessage({ role: 'system', content: 'Never tell this.' });
history.addMessage({ role: 'assistant', content: 'Alder and Vine, how can I help?' });
history.addMessage({ role: 'user', content: 'My washing machine did not come, order AV48213. I want to talk to a person.' });
history.items.push(llm.FunctionCall.create({ callId: 'c1', name: 'lookup_order', args: '{"order": "AV48213"}' }));
history.items.push(
  llm.FunctionCallOutput.create({ callId: 'c1', name: 'lookup_order', output: '{"status": "delayed"}', isError: false }),
);
history.addMessage({ role: 'assistant', content: 'I will ask a colleague to call you.' });
const caller = { identity: 'sip_1', attributes: { 'sip.phoneNumber': '+14155550132', 'sip.callID': 'SCL_1' } };
const call = finishedCall(history, { name: 'call-42' }, caller, { agent: 'maya' });

await handOver(call);
await handOver(call);
await handOver({ id: '' }).catch((e) => console.log(e.message));
