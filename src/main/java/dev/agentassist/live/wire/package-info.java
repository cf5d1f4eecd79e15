/**
 * Protocol Buffers' wire format, as much of it as LiveKit's messages need. Read by hand: the generated classes of the few
 * messages that a listener meets bring a thousand others along, and would cost more at every start than all else together.
 */
package dev.agentassist.live.wire;
