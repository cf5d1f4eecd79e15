package dev.agentassist.live.audio;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Writes one logical stream as Ogg pages (RFC 3533). A page is written whole, with one write; no packet spans two. */
final class OggPages {

    /** Values of the segment table that a page can have. */
    private static final int MOST_SEGMENTS = 255;
    static final int LONGEST_PACKET = MOST_SEGMENTS * 255 - 1;
    private static final int BEGIN = 2;
    private static final int END = 4;
    private static final int[] CRC = table();

    private final OutputStream out;
    private final int serial;
    private final ByteArrayOutputStream segments = new ByteArrayOutputStream();
    private final ByteArrayOutputStream body = new ByteArrayOutputStream();
    private long granule;
    private int sequence;

    OggPages(OutputStream out, int serial) {
        this.out = out;
        this.serial = serial;
    }

    /** {@code granuleAfter}: the granule position once this packet has been decoded. */
    void packet(byte[] packet, long granuleAfter) throws IOException {
        if (packet.length > LONGEST_PACKET) {
            throw new IllegalArgumentException("A packet of " + packet.length + " bytes fits no page.");
        }
        if (segments.size() + packet.length / 255 + 1 > MOST_SEGMENTS) {
            flush();
        }
        for (int left = packet.length; left >= 255; left -= 255) {
            segments.write(255);
        }
        segments.write(packet.length % 255);
        body.writeBytes(packet);
        granule = granuleAfter;
    }

    /** Writes what is there as a page. */
    void flush() throws IOException {
        if (segments.size() > 0) {
            page(0);
        }
    }

    /** The last page, which may be empty. {@code granuleAtEnd} may be less than its packets hold: the rest is not played. */
    void end(long granuleAtEnd) throws IOException {
        granule = granuleAtEnd;
        page(END);
    }

    private void page(int flags) throws IOException {
        ByteBuffer page =
                ByteBuffer.allocate(27 + segments.size() + body.size()).order(ByteOrder.LITTLE_ENDIAN);
        page.put("OggS".getBytes(StandardCharsets.US_ASCII)).put((byte) 0);
        page.put((byte) (flags | (sequence == 0 ? BEGIN : 0))).putLong(granule).putInt(serial).putInt(sequence++);
        page.putInt(0).put((byte) segments.size()).put(segments.toByteArray()).put(body.toByteArray());
        page.putInt(22, crc(page.array()));
        segments.reset();
        body.reset();
        out.write(page.array());
        out.flush();
    }

    /** Section 6: polynomial 0x04c11db7, nothing reflected, nothing inverted. */
    static int crc(byte[] page) {
        int crc = 0;
        for (byte b : page) {
            crc = crc << 8 ^ CRC[(crc >>> 24 ^ b) & 0xff];
        }
        return crc;
    }

    private static int[] table() {
        var table = new int[256];
        for (int i = 0; i < 256; i++) {
            int r = i << 24;
            for (int bit = 0; bit < 8; bit++) {
                r = r < 0 ? r << 1 ^ 0x04c11db7 : r << 1;
            }
            table[i] = r;
        }
        return table;
    }
}
