/** Descriptions (RFC 8866) as WebRTC has them (RFC 8829): the little that is needed of reading and writing them. */
package dev.agentassist.live.rtc.sdp;
