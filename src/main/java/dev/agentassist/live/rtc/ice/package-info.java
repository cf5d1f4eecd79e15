/**
 * ICE (RFC 8445, RFC 8838 trickle, RFC 7675 consent, RFC 6544 TCP) towards a server: a few candidates on the other side,
 * one component. Host, server-reflexive and relayed candidates; relays through {@link
 * dev.agentassist.live.rtc.ice.TurnClient}. Everything runs on the event loop's thread.
 */
package dev.agentassist.live.rtc.ice;
