package dev.agentassist.live.rtc.srtp;

import java.nio.charset.StandardCharsets;

/**
 * An RTP packet's header (RFC 3550, section 5.1).
 *
 * @param extension where the header extension's data begin, or 0
 * @param extensionLength its bytes
 * @param extensionProfile 0xBEDE for the one-byte form (RFC 8285)
 * @param length bytes of the whole header
 */
public record RtpHeader(
        boolean padding,
        boolean marker,
        int payloadType,
        int sequence,
        long timestamp,
        long ssrc,
        int extensionProfile,
        int extension,
        int extensionLength,
        int length) {

    private static final int FIXED = 12;
    private static final int ONE_BYTE = 0xBEDE;
    private static final int TWO_BYTES = 0x1000;

    /** Null where it is none, or does not fit the packet. */
    static RtpHeader parse(byte[] b, int offset, int length) {
        if (length < FIXED || (b[offset] & 0xC0) != 0x80) {
            return null;
        }
        int at = FIXED + 4 * (b[offset] & 0x0F);
        int profile = 0;
        int extension = 0;
        int extensionLength = 0;
        if ((b[offset] & 0x10) != 0) {
            if (length < at + 4) {
                return null;
            }
            profile = u16(b, offset + at);
            extensionLength = 4 * u16(b, offset + at + 2);
            extension = at + 4;
            at = extension + extensionLength;
        }
        if (length < at) {
            return null;
        }
        return new RtpHeader(
                (b[offset] & 0x20) != 0,
                (b[offset + 1] & 0x80) != 0,
                b[offset + 1] & 0x7F,
                u16(b, offset + 2),
                u32(b, offset + 4),
                u32(b, offset + 8),
                profile,
                extension,
                extensionLength,
                at);
    }

    /** A header extension's element as text (RFC 8285, sections 4.2 and 4.3), or null. */
    public String text(byte[] packet, int id) {
        boolean one = extensionProfile == ONE_BYTE;
        if (!one && (extensionProfile & 0xFFF0) != TWO_BYTES) {
            return null;
        }
        int end = extension + extensionLength;
        for (int at = extension; at < end; ) {
            int first = packet[at] & 0xff;
            if (first == 0) {
                at++;
                continue;
            }
            int found = one ? first >> 4 : first;
            if (one && found == 15 || !one && at + 1 >= end) {
                return null;
            }
            int size = one ? (first & 15) + 1 : packet[at + 1] & 0xff;
            at += one ? 1 : 2;
            if (at + size > end) {
                return null;
            }
            if (found == id) {
                return new String(packet, at, size, StandardCharsets.UTF_8);
            }
            at += size;
        }
        return null;
    }

    /** Where the payload ends, without padding; the header's end where the padding says more than there is. */
    public int payloadEnd(byte[] packet) {
        int end = packet.length;
        if (!padding || end == length) {
            return end;
        }
        return Math.max(length, end - (packet[end - 1] & 0xff));
    }

    static int u16(byte[] b, int at) {
        return (b[at] & 0xff) << 8 | b[at + 1] & 0xff;
    }

    static long u32(byte[] b, int at) {
        return (long) u16(b, at) << 16 | u16(b, at + 2);
    }
}
