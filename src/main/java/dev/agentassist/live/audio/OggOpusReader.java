package dev.agentassist.live.audio;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Takes the Opus packets out of an Ogg file with one stream in it (RFC 7845). */
public final class OggOpusReader {

    private static final int HEADER = 27;
    private static final int CONTINUED = 1;
    private static final int HEADER_PACKETS = 2;

    private OggOpusReader() {}

    /**
     * All its packets of sound, in order.
     *
     * @throws IOException where it is no such file, or is damaged
     */
    public static List<byte[]> packets(InputStream in) throws IOException {
        var data = new DataInputStream(in);
        var packets = new ArrayList<byte[]>();
        var packet = new ByteArrayOutputStream();
        for (byte[] page = page(data); page != null; page = page(data)) {
            int segments = page[26] & 0xff;
            if (packet.size() > 0 != ((page[5] & CONTINUED) != 0)) {
                throw new IOException("a packet is cut off");
            }
            int at = HEADER + segments;
            for (int i = 0; i < segments; i++) {
                int length = page[HEADER + i] & 0xff;
                packet.write(page, at, length);
                at += length;
                if (length < 255) {
                    packets.add(packet.toByteArray());
                    packet.reset();
                }
            }
        }
        if (packets.size() < HEADER_PACKETS || !new String(packets.getFirst(), java.nio.charset.StandardCharsets.ISO_8859_1).startsWith("OpusHead")) {
            throw new IOException("no Opus in Ogg");
        }
        return List.copyOf(packets.subList(HEADER_PACKETS, packets.size()));
    }

    /** A whole page, its checksum verified; null at the end. */
    private static byte[] page(DataInputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length == 0) {
            return null;
        }
        if (header.length < HEADER || header[0] != 'O' || header[1] != 'g' || header[2] != 'g' || header[3] != 'S') {
            throw new IOException("no Ogg page");
        }
        byte[] segments = exactly(in, header[26] & 0xff);
        int length = 0;
        for (byte segment : segments) {
            length += segment & 0xff;
        }
        byte[] page = new byte[HEADER + segments.length + length];
        System.arraycopy(header, 0, page, 0, HEADER);
        System.arraycopy(segments, 0, page, HEADER, segments.length);
        System.arraycopy(exactly(in, length), 0, page, HEADER + segments.length, length);
        int told = (page[22] & 0xff) | (page[23] & 0xff) << 8 | (page[24] & 0xff) << 16 | (page[25] & 0xff) << 24;
        page[22] = page[23] = page[24] = page[25] = 0;
        if (OggPages.crc(page) != told) {
            throw new IOException("a page is damaged");
        }
        return page;
    }

    private static byte[] exactly(DataInputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("cut off");
        }
        return bytes;
    }
}
