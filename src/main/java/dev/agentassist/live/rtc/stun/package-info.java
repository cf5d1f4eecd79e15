/** STUN's messages (RFC 8489), as ICE and TURN use them: reading, writing, integrity. */
package dev.agentassist.live.rtc.stun;
