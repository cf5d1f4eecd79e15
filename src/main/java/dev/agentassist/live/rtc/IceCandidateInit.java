package dev.agentassist.live.rtc;

/**
 * A trickled candidate, as {@code RTCIceCandidateInit} of the browsers has it; signalling sends it as JSON.
 *
 * @param candidate {@code candidate:…} (RFC 8839, section 5.1); empty means that there will be no more
 * @param sdpMid the media section's {@code mid}, or null
 * @param sdpMLineIndex its position, or null
 * @param usernameFragment the generation that it belongs to, or null
 */
public record IceCandidateInit(String candidate, String sdpMid, Integer sdpMLineIndex, String usernameFragment) {}
