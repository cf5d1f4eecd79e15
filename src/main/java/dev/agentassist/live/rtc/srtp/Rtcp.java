package dev.agentassist.live.rtc.srtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;

/** Writes reports, and reads the one thing of theirs that ours need (RFC 3550, section 6). */
public final class Rtcp {

    /** What happens in a sender report: its stream, and the middle bits of its time. */
    public interface SenderReports {
        void report(long ssrc, long middle);
    }

    /** What one of our streams has sent. */
    public record Sent(long ssrc, long timestamp, long packets, long octets) {}

    private static final int SENDER_REPORT = 200;
    private static final int RECEIVER_REPORT = 201;
    private static final int DESCRIPTION = 202;
    private static final int MAX_BLOCKS = 31;
    private static final int CNAME = 1;

    /** Seconds from 1900 to 1970. */
    private static final long NTP_EPOCH = 2_208_988_800L;

    private Rtcp() {}

    /** Whether a packet is RTCP rather than RTP (RFC 5761, section 4). */
    public static boolean is(byte[] b, int offset, int length) {
        int type = length < 2 ? 0 : b[offset + 1] & 0xff;
        return type >= 192 && type <= 223;
    }

    /**
     * A compound packet: a report of one sender of ours or of a mere receiver, and its canonical name.
     *
     * @param sent null for a mere receiver
     */
    public static byte[] report(
            long ssrc, Sent sent, Collection<Reception> receptions, String cname, long epochMillis, long nanos) {
        var blocks = receptions.stream().limit(MAX_BLOCKS).toList();
        byte[] name = cname.getBytes(StandardCharsets.US_ASCII);
        // The chunk ends with at least one zero byte, on a boundary of four.
        int chunk = 4 + 2 + name.length + 1 + 3 & ~3;
        int report = 8 + (sent == null ? 0 : 20) + 24 * blocks.size();
        var out = ByteBuffer.allocate(report + 4 + chunk);
        out.put((byte) (0x80 | blocks.size()));
        out.put((byte) (sent == null ? RECEIVER_REPORT : SENDER_REPORT));
        out.putShort((short) (report / 4 - 1));
        out.putInt((int) ssrc);
        if (sent != null) {
            out.putInt((int) (epochMillis / 1000 + NTP_EPOCH));
            out.putInt((int) (epochMillis % 1000 * (1L << 32) / 1000));
            out.putInt((int) sent.timestamp);
            out.putInt((int) sent.packets);
            out.putInt((int) sent.octets);
        }
        blocks.forEach(b -> b.write(out, nanos));
        out.put((byte) 0x81).put((byte) DESCRIPTION).putShort((short) (chunk / 4)).putInt((int) ssrc);
        out.put((byte) CNAME).put((byte) name.length).put(name);
        return out.array();
    }

    /** Reads a compound packet; stops at what does not fit. */
    public static void read(byte[] b, SenderReports reports) {
        for (int at = 0; at + 8 <= b.length; ) {
            int size = 4 * (RtpHeader.u16(b, at + 2) + 1);
            if ((b[at] & 0xC0) != 0x80 || at + size > b.length) {
                return;
            }
            if ((b[at + 1] & 0xff) == SENDER_REPORT && size >= 28) {
                reports.report(RtpHeader.u32(b, at + 4), RtpHeader.u32(b, at + 10));
            }
            at += size;
        }
    }
}
