package dev.agentassist.live;

/**
 * One packet of sound as it was received: Opus (RFC 6716) in the order of arrival, no packet twice; lost ones are missing.
 *
 * @param trackSid the track it belongs to
 * @param participant identity of whoever published it
 * @param sequence counts packets of the track, without rolling over within a connection
 * @param timestamp when it is to be played, in units of 1/48,000 s, unsigned 32 bits, beginning anywhere
 * @param marker the first packet after silence
 * @param opus one Opus packet; may be empty
 * @param arrivalNanos {@link System#nanoTime()} at arrival
 */
public record AudioPacket(
        String trackSid,
        String participant,
        long sequence,
        long timestamp,
        boolean marker,
        byte[] opus,
        long arrivalNanos) {}
