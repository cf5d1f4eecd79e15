package dev.agentassist.live.rtc.sctp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * What the four-way handshake carries (RFC 9260, sections 3.3.2, 3.3.3 and 5.1.3). The cookie holds what was read of the
 * other side's INIT, so that nothing is kept of it; DTLS has authenticated the sender, so a secret in it is proof enough
 * that it is ours.
 */
final class Handshake {

    private static final int SECRET = 16;
    private static final int COOKIE = SECRET + 12;

    private final byte[] secret = new byte[SECRET];

    Handshake(RandomGenerator random) {
        random.nextBytes(secret);
    }

    /** Appends INIT or INIT ACK; {@code stateCookie} null for the former. */
    static void write(PacketWriter writer, int type, int tag, int tsn, byte[] stateCookie) {
        int cookieSize = stateCookie == null ? 0 : 4 + stateCookie.length;
        var b = ByteBuffer.allocate(16 + cookieSize + 4 + 8)
                .putInt(tag)
                .putInt(Inbound.WINDOW)
                .putShort((short) Inbound.MAX_STREAMS)
                .putShort((short) Inbound.MAX_STREAMS)
                .putInt(tsn);
        if (stateCookie != null) {
            b.putShort((short) Chunk.STATE_COOKIE).putShort((short) cookieSize).put(stateCookie);
        }
        b.putShort((short) Chunk.FORWARD_TSN_SUPPORTED).putShort((short) 4);
        // The two bytes of padding belong to the chunk, but not to the parameter's length.
        b.putShort((short) Chunk.SUPPORTED_EXTENSIONS)
                .putShort((short) 6)
                .put((byte) Chunk.RE_CONFIG)
                .put((byte) Chunk.FORWARD_TSN)
                .putShort((short) 0);
        writer.add(type, 0, b.array());
    }

    /** The cookie for an INIT's value. */
    byte[] cookie(byte[] init, int at) {
        byte[] cookie = Arrays.copyOf(secret, COOKIE);
        System.arraycopy(init, at, cookie, SECRET, 8);
        System.arraycopy(init, at + 12, cookie, SECRET + 8, 4);
        return cookie;
    }

    boolean isOurs(byte[] b, int at, int length) {
        return length == COOKIE && Arrays.equals(b, at, at + SECRET, secret, 0, SECRET);
    }

    static int tag(byte[] cookie, int at) {
        return Chunk.i32(cookie, at + SECRET);
    }

    static int window(byte[] cookie, int at) {
        return Chunk.i32(cookie, at + SECRET + 4);
    }

    static int firstTsn(byte[] cookie, int at) {
        return Chunk.i32(cookie, at + SECRET + 8);
    }

    /** Theirs in an INIT ACK's value, or null where it has none that can be echoed. */
    static byte[] findCookie(byte[] b, int at, int length, int maxChunk) {
        byte[] cookie = null;
        for (int p = at + 16; p + 4 <= at + length; ) {
            int size = Chunk.u16(b, p + 2);
            if (size < 4 || p + size > at + length) {
                return null;
            }
            if (Chunk.u16(b, p) == Chunk.STATE_COOKIE && size + 4 <= maxChunk) {
                cookie = Arrays.copyOfRange(b, p + 4, p + size);
            }
            p += Chunk.padded(size);
        }
        return cookie;
    }
}
