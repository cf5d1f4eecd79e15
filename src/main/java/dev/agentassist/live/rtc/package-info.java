/**
 * A WebRTC peer in pure Java, as much of it as a LiveKit client needs: ICE with TURN, DTLS 1.2, data channels over SCTP,
 * Opus over SRTP. It knows nothing of LiveKit's signalling: descriptions and candidates go in and out as text.
 *
 * <p>Everything of a {@link dev.agentassist.live.rtc.PeerConnection} happens on the one daemon thread of its {@link
 * dev.agentassist.live.rtc.net.EventLoop}, the listener's calls too: a listener must not block. Many connections may
 * share a loop. Two things that would block run on short-lived daemon threads of their own: the DTLS handshake
 * (BouncyCastle's is a blocking one) and name look-ups. The public methods may be called from any thread.
 *
 * <p>What arrives is untrusted: every parser is bounded, and what it cannot read it drops. Memory is bounded by the
 * receive window of SCTP and by the bounds of each queue, whatever the other side sends.
 */
package dev.agentassist.live.rtc;
