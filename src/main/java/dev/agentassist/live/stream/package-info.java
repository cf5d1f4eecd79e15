/**
 * What arrives on the data channels: LiveKit's data packets, its data streams put together again from their pieces, and the
 * transcription in both.
 */
package dev.agentassist.live.stream;
