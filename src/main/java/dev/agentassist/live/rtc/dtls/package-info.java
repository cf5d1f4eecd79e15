/** DTLS 1.2 (RFC 6347) by BouncyCastle, with the keys for SRTP (RFC 5764). */
package dev.agentassist.live.rtc.dtls;
