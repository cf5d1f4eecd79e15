package dev.agentassist.live.audio;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Opus packets in Ogg (RFC 7845). A page is written at least for each second of sound; a file that was cut off plays to
 * where it was cut.
 */
final class OggOpusWriter implements Closeable {

    private final OutputStream out;
    private final OggPages pages;
    private final int preSkip;
    private long granule;
    private long paged;
    /** Held back, because the last packet's page is the one that may end early. */
    private byte[] last;

    /**
     * Writes the two headers.
     *
     * @param preSkip samples at the beginning that are decoded and not played
     * @param serial any number, another for each stream
     * @param tags as {@code TITLE}; control characters are taken out
     */
    OggOpusWriter(OutputStream out, int channels, int preSkip, int serial, Map<String, String> tags) throws IOException {
        this.out = out;
        this.preSkip = preSkip;
        pages = new OggPages(out, serial);
        pages.packet(head(channels, preSkip), 0);
        pages.flush();
        pages.packet(tags(tags), 0);
        pages.flush();
    }

    /** Section 5.1. */
    private static byte[] head(int channels, int preSkip) {
        return ByteBuffer.allocate(19)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("OpusHead".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) channels)
                .putShort((short) preSkip)
                .putInt(OpusPacket.RATE)
                .putShort((short) 0)
                .put((byte) 0)
                .array();
    }

    /** Section 5.2. */
    private static byte[] tags(Map<String, String> tags) {
        var body = new java.io.ByteArrayOutputStream();
        body.writeBytes("OpusTags".getBytes(StandardCharsets.US_ASCII));
        string(body, "assist");
        body.writeBytes(number(tags.size()));
        tags.forEach((name, value) -> string(body, name + "=" + clean(value)));
        return body.toByteArray();
    }

    private static String clean(String value) {
        String oneLine = value.replaceAll("\\p{Cntrl}", "\ufffd");
        return oneLine.length() <= 1000 ? oneLine : oneLine.substring(0, 1000);
    }

    private static void string(java.io.ByteArrayOutputStream to, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.writeBytes(number(bytes.length));
        to.writeBytes(bytes);
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(value).array();
    }

    /** How much of it is played so far. */
    long samples() {
        return Math.max(0, granule - preSkip);
    }

    /** {@code packet}: what {@link OpusPacket#samples} takes for Opus. */
    void packet(byte[] packet) throws IOException {
        page();
        last = packet;
        granule += OpusPacket.samples(packet);
    }

    /** The one that was held back goes to its page. */
    private void page() throws IOException {
        if (last != null) {
            pages.packet(last, granule);
            last = null;
            if (granule - paged >= OpusPacket.RATE) {
                flush();
            }
        }
    }

    /** Writes all packets but the last one. */
    void flush() throws IOException {
        pages.flush();
        paged = granule;
    }

    /** Ends the stream where so many samples have been played: not before the last packet's first one. */
    void end(long samples) throws IOException {
        long atLast = last == null ? granule : granule - OpusPacket.samples(last);
        long end = Math.min(granule, Math.max(atLast, samples + preSkip));
        if (last != null) {
            // With its page, whose granule position cuts it.
            pages.packet(last, granule);
            last = null;
        }
        granule = end;
        pages.end(end);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
