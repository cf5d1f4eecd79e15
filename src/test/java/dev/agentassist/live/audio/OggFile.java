package dev.agentassist.live.audio;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A reader of Ogg/Opus for tests that forgives nothing (RFC 3533, RFC 7845). A file may end after any whole page. */
public record OggFile(int channels, int preSkip, String tags, List<byte[]> packets, List<Integer> pageSamples, long granule, boolean ended) {

    /** Samples that are played. */
    public long length() {
        return granule - preSkip;
    }

    /** Samples that are decoded, those that are not played too. */
    int decoded() {
        return packets.stream().mapToInt(OpusPacket::samples).sum();
    }

    public static OggFile read(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        var packets = new ArrayList<byte[]>();
        var pageSamples = new ArrayList<Integer>();
        byte[] head = null;
        String tags = null;
        long granule = 0;
        long decoded = 0;
        boolean ended = false;
        int serial = 0;
        for (int sequence = 0; in.hasRemaining(); sequence++) {
            require(!ended, "nothing after the last page");
            int start = in.position();
            byte[] magic = new byte[4];
            in.get(magic);
            require(new String(magic, StandardCharsets.US_ASCII).equals("OggS") && in.get() == 0, "a page begins");
            int flags = in.get();
            require((flags & 1) == 0, "no packet goes on from the page before");
            require((flags & 2) != 0 == (sequence == 0), "the first page alone says that it is the first");
            ended = (flags & 4) != 0;
            long at = in.getLong();
            int whose = in.getInt();
            serial = sequence == 0 ? whose : serial;
            require(whose == serial && in.getInt() == sequence, "pages are counted");
            int crc = in.getInt();
            byte[] table = new byte[in.get() & 0xff];
            in.get(table);
            int samples = 0;
            var packet = new java.io.ByteArrayOutputStream();
            for (int i = 0; i < table.length; i++) {
                byte[] segment = new byte[table[i] & 0xff];
                in.get(segment);
                packet.writeBytes(segment);
                if (segment.length < 255) {
                    byte[] whole = packet.toByteArray();
                    packet.reset();
                    if (head == null) {
                        head = whole;
                        require(i == table.length - 1, "the first header has a page of its own");
                    } else if (tags == null) {
                        tags = new String(whole, StandardCharsets.UTF_8);
                        require(i == table.length - 1, "the second header ends its page");
                    } else {
                        require(OpusPacket.samples(whole) > 0, "a packet is Opus");
                        packets.add(whole);
                        samples += OpusPacket.samples(whole);
                    }
                }
            }
            require(packet.size() == 0, "a page ends with its packet");
            byte[] page = Arrays.copyOfRange(file, start, in.position());
            Arrays.fill(page, 22, 26, (byte) 0);
            require(OggPages.crc(page) == crc, "the checksum holds");
            decoded += samples;
            if (sequence < 2) {
                require(at == 0, "headers are at no time");
            } else {
                require(ended ? at <= decoded && at > decoded - Math.max(1, samples) : at == decoded, "granule position " + at + " of " + decoded);
                pageSamples.add(samples);
            }
            granule = at;
        }
        require(head != null && tags != null, "both headers are there");
        var first = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        require(new String(head, 0, 8, StandardCharsets.US_ASCII).equals("OpusHead") && head[8] == 1 && head[18] == 0, "OpusHead");
        require(tags.startsWith("OpusTags"), "OpusTags");
        return new OggFile(head[9], first.getShort(10) & 0xffff, tags, packets, pageSamples, granule, ended);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError("Not so: " + what + ".");
        }
    }
}
