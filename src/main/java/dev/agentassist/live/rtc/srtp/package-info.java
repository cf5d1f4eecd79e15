/** SRTP and SRTCP (RFC 3711, RFC 7714) on the JDK's own ciphers, and the few parts of RTP and RTCP that are needed. */
package dev.agentassist.live.rtc.srtp;
