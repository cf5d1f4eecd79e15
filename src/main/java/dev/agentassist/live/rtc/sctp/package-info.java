/**
 * SCTP over DTLS (RFC 9260, RFC 8261) with partial reliability (RFC 3758), and the protocol that opens data channels (RFC
 * 8832). Knows neither threads nor clocks: time is passed in, packets go out through a function.
 */
package dev.agentassist.live.rtc.sctp;
