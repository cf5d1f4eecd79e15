package dev.agentassist.live.audio;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The Opus packets of an Ogg file, as they are sent over RTP, without decoding any (RFC 3533, RFC 7845). Of a file with
 * several streams the first Opus stream is read; of a chain of streams the first link. A file that was cut off is read to
 * its last whole page.
 *
 * @param channels 1 or 2
 * @param preSkip samples at 48 kHz at the beginning that a player decodes and does not play
 * @param packets in order, each of {@link OpusPacket#samples} samples, at least one; those behind the stream's end are left out
 * @param samples at 48 kHz that a player plays
 */
public record OggOpusFile(int channels, int preSkip, List<byte[]> packets, long samples) {

    /** An hour of music at 128 kbit/s and some more: a file is held in memory while it is played. */
    static final int MOST_BYTES = 64 << 20;

    private static final byte[] HEAD = "OpusHead".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] TAGS = "OpusTags".getBytes(StandardCharsets.US_ASCII);
    private static final String MEND = "; convert it with “opusenc” or “ffmpeg -c:a libopus”";

    public OggOpusFile {
        packets = List.copyOf(packets);
    }

    /** Why a file cannot be played: one sentence, with the place in the file and what to do. */
    public static final class Unreadable extends IOException {

        private static final long serialVersionUID = 1L;

        Unreadable(String sentence) {
            super(sentence);
        }
    }

    /**
     * Reads a file.
     *
     * @throws Unreadable where it is no Ogg/Opus file of one or two channels, is damaged, or is longer than 64 MB
     * @throws IOException where it cannot be read at all
     */
    public static OggOpusFile read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, file.toString());
        }
    }

    /** {@code name}: what the sentence of a failure calls it. */
    public static OggOpusFile read(InputStream in, String name) throws IOException {
        byte[] bytes = in.readNBytes(MOST_BYTES + 1);
        if (bytes.length > MOST_BYTES) {
            throw new Unreadable(name + " is longer than " + (MOST_BYTES >> 20) + " MB: take a shorter piece, it is repeated");
        }
        return new Reading(bytes, name).file();
    }

    /** How long a player plays it, in milliseconds. */
    public long millis() {
        return samples * 1000 / OpusPacket.RATE;
    }

    private static final class Reading {
        private final OggPageReader pages;
        private final String name;
        private final List<byte[]> packets = new ArrayList<>();
        private byte[] head;
        private boolean tags;
        private long decoded;
        private long end;
        /** What the first page's granule position says more than it holds: the file was cut out of a longer one (section 4.3). */
        private long start;
        private boolean started;

        Reading(byte[] bytes, String name) {
            this.pages = new OggPageReader(bytes, name);
            this.name = name;
        }

        OggOpusFile file() throws Unreadable {
            byte[] first = pages.streamThatBeginsWith(HEAD);
            if (first == null) {
                throw new Unreadable(name + " is an Ogg file without Opus" + MEND);
            }
            head(first);
            for (OggPageReader.Packet p = pages.next(); p != null; p = pages.next()) {
                packet(p);
            }
            if (packets.isEmpty()) {
                throw new Unreadable(name + " has no sound in it: it ends after " + (tags ? "its headers" : "its first header"));
            }
            int preSkip = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN).getShort(10) & 0xffff;
            return new OggOpusFile(head[9], preSkip, packets, Math.max(0, end - preSkip));
        }

        /** Section 5.1. */
        private void head(byte[] packet) throws Unreadable {
            if (packet.length < 19 || (packet[8] & 0xf0) != 0) {
                throw new Unreadable(name + " has a header of Opus that cannot be read (RFC 7845, section 5.1)" + MEND);
            }
            int channels = packet[9] & 0xff;
            if (packet[18] != 0 || channels < 1 || channels > 2) {
                throw new Unreadable(name + " has " + channels + " channels, and a call takes one or two" + MEND
                        + " and “-ac 1”");
            }
            head = packet;
        }

        private void packet(OggPageReader.Packet p) throws Unreadable {
            if (!tags) {
                if (!OggPageReader.begins(p.bytes(), TAGS)) {
                    throw new Unreadable(name + " has no comment header at byte " + p.at() + " (RFC 7845, section 5.2)" + MEND);
                }
                tags = true;
                return;
            }
            int samples = OpusPacket.samples(p.bytes());
            if (samples == 0) {
                throw new Unreadable(name + " holds something that is no Opus in the page at byte " + p.at() + MEND);
            }
            long before = decoded;
            decoded += samples;
            if (p.endsPage() && !started) {
                started = true;
                start = p.endsStream() ? 0 : Math.max(0, p.granule() - decoded);
            }
            // The last page may end before its packets do (section 4.4): what lies behind it is never heard.
            end = p.endsStream() && p.granule() > start ? Math.min(decoded, p.granule() - start) : decoded;
            if (end > before || packets.isEmpty()) {
                packets.add(p.bytes());
            }
        }
    }
}
