package dev.agentassist.live.rtc.sctp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * DATA_CHANNEL_OPEN (RFC 8832, section 5.1).
 *
 * @param maxRetransmits null for a reliable channel, and for one that is limited by time
 */
public record Dcep(String label, boolean ordered, Integer maxRetransmits) {

    public static final int PPID = 50;
    public static final int PPID_STRING = 51;
    public static final int PPID_BINARY = 53;
    public static final int PPID_EMPTY_STRING = 56;
    public static final int PPID_EMPTY_BINARY = 57;

    private static final int OPEN = 3;
    private static final int ACK = 2;
    private static final int HEADER = 12;
    private static final int UNORDERED = 0x80;
    private static final int REXMIT = 1;
    private static final int MAX_LABEL = 1024;

    /** DATA_CHANNEL_ACK. */
    public static byte[] ack() {
        return new byte[] {ACK};
    }

    public static boolean isAck(byte[] message) {
        return message.length >= 1 && message[0] == ACK;
    }

    /** Null where it is none, or its lengths do not fit. */
    public static Dcep parse(byte[] m) {
        if (m.length < HEADER || m[0] != OPEN) {
            return null;
        }
        int type = m[1] & 0xff;
        int label = Chunk.u16(m, 8);
        if (label > MAX_LABEL || HEADER + label + Chunk.u16(m, 10) > m.length) {
            return null;
        }
        return new Dcep(
                new String(m, HEADER, label, StandardCharsets.UTF_8),
                (type & UNORDERED) == 0,
                (type & 0x7f) == REXMIT ? Chunk.i32(m, 4) : null);
    }

    public byte[] write() {
        byte[] name = label.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(HEADER + name.length)
                .put((byte) OPEN)
                .put((byte) ((ordered ? 0 : UNORDERED) | (maxRetransmits == null ? 0 : REXMIT)))
                .putShort((short) 256)
                .putInt(maxRetransmits == null ? 0 : maxRetransmits)
                .putShort((short) name.length)
                .putShort((short) 0)
                .put(name)
                .array();
    }
}
