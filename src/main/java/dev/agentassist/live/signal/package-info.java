/**
 * LiveKit's signalling: the messages of {@code livekit_rtc.proto} that a listener meets, and the WebSocket that carries
 * them ({@code /rtc/v1}, {@code /rtc}).
 */
package dev.agentassist.live.signal;
