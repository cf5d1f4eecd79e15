package dev.agentassist.live.rtc;

/**
 * A received RTP packet (RFC 3550, section 5.1), decrypted.
 *
 * @param mid the media section it belongs to, by its header extension (RFC 9143), by the SSRC in the description, or
 *     null where neither tells
 * @param ssrc the stream's identifier, unsigned
 * @param sequence the extended sequence number: 16 bits of the packet and the roll-over counter above them
 * @param timestamp in units of the clock rate (Opus: 48 kHz), unsigned 32 bits
 * @param payloadType 0 to 127, to be looked up in {@link MediaSection#codecs()}
 * @param marker for audio the first packet after silence
 * @param payload the codec's data without padding; may be empty
 * @param arrivalNanos {@link System#nanoTime()} at arrival
 */
public record RtpPacket(
        String mid,
        long ssrc,
        long sequence,
        long timestamp,
        int payloadType,
        boolean marker,
        byte[] payload,
        long arrivalNanos) {}
