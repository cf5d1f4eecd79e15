package dev.agentassist.live.audio;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;

/** The packets of one stream of an Ogg file (RFC 3533): pages are checked, those of other streams are passed over. */
final class OggPageReader {

    /**
     * A packet.
     *
     * @param at the byte at which the page begins that it ends in
     * @param endsPage whether it is the last one that ends in its page
     * @param endsStream whether its page ends the stream
     * @param granule of its page
     */
    record Packet(byte[] bytes, int at, boolean endsPage, boolean endsStream, long granule) {}

    private static final int HEADER = 27;
    private static final int CONTINUED = 1;
    private static final int BEGIN = 2;
    private static final int END = 4;
    private static final byte[] MAGIC = "OggS".getBytes(StandardCharsets.US_ASCII);

    private final ByteBuffer in;
    private final String name;
    private final Deque<Packet> packets = new ArrayDeque<>();
    private final ByteArrayOutputStream open = new ByteArrayOutputStream();
    private int serial;
    private int sequence;
    private boolean ended;

    OggPageReader(byte[] file, String name) {
        this.in = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        this.name = name;
    }

    static boolean begins(byte[] bytes, byte[] with) {
        return bytes.length >= with.length && Arrays.equals(bytes, 0, with.length, with, 0, with.length);
    }

    /** The first packet of the first stream that begins like that; null where there is none. From there on it is read. */
    byte[] streamThatBeginsWith(byte[] with) throws OggOpusFile.Unreadable {
        if (!in.hasRemaining()) {
            throw new OggOpusFile.Unreadable(name + " is empty");
        }
        for (Page page = page(); page != null && (page.flags & BEGIN) != 0; page = page()) {
            int length = page.table.length == 0 ? 0 : firstPacket(page);
            byte[] first = Arrays.copyOf(page.body, length);
            if (begins(first, with)) {
                serial = page.serial;
                sequence = page.sequence + 1;
                ended = (page.flags & END) != 0;
                return first;
            }
        }
        return null;
    }

    private static int firstPacket(Page page) {
        int length = 0;
        for (byte segment : page.table) {
            length += segment & 0xff;
            if ((segment & 0xff) < 255) {
                break;
            }
        }
        return length;
    }

    /** The next packet, or null at the end. */
    Packet next() throws OggOpusFile.Unreadable {
        while (packets.isEmpty() && !ended) {
            Page page = page();
            if (page == null) {
                ended = true;
            } else if (page.serial == serial) {
                if (page.sequence != sequence++) {
                    throw new OggOpusFile.Unreadable(name + " lacks a page before byte " + page.at
                            + ": it was not copied whole; copy or convert it again");
                }
                split(page);
            }
        }
        return packets.poll();
    }

    private void split(Page page) {
        ended = (page.flags & END) != 0;
        // A page that does not go on with what the one before left open: that packet was never whole.
        boolean skip = (page.flags & CONTINUED) != 0 && open.size() == 0;
        if ((page.flags & CONTINUED) == 0) {
            open.reset();
        }
        int at = 0;
        for (int i = 0; i < page.table.length; i++) {
            int segment = page.table[i] & 0xff;
            open.write(page.body, at, segment);
            at += segment;
            if (segment < 255) {
                if (!skip) {
                    packets.add(new Packet(open.toByteArray(), page.at, endsPage(page.table, i), ended, page.granule));
                }
                skip = false;
                open.reset();
            }
        }
    }

    private static boolean endsPage(byte[] table, int at) {
        for (int i = at + 1; i < table.length; i++) {
            if ((table[i] & 0xff) < 255) {
                return false;
            }
        }
        return true;
    }

    private record Page(int at, int flags, long granule, int serial, int sequence, byte[] table, byte[] body) {}

    /** The next page of any stream; null at the end of the file, or where the rest is no whole page. */
    private Page page() throws OggOpusFile.Unreadable {
        int at = in.position();
        if (!in.hasRemaining()) {
            return null;
        }
        int magic = Math.min(MAGIC.length, in.remaining());
        if (!Arrays.equals(in.array(), at, at + magic, MAGIC, 0, magic)) {
            throw new OggOpusFile.Unreadable(at == 0
                    ? name + " is no Ogg file; convert it with “opusenc” or “ffmpeg -c:a libopus”"
                    : name + " is damaged at byte " + at + ": no page of Ogg begins there; copy or convert it again");
        }
        if (in.remaining() < HEADER || in.remaining() < HEADER + (in.get(at + 26) & 0xff)) {
            return cutOff(at);
        }
        var table = new byte[in.get(at + 26) & 0xff];
        in.get(at + HEADER, table);
        int length = 0;
        for (byte segment : table) {
            length += segment & 0xff;
        }
        int size = HEADER + table.length + length;
        if (in.remaining() < size) {
            return cutOff(at);
        }
        byte[] whole = Arrays.copyOfRange(in.array(), at, at + size);
        Arrays.fill(whole, 22, 26, (byte) 0);
        if (OggPages.crc(whole) != in.getInt(at + 22) || whole[4] != 0) {
            throw new OggOpusFile.Unreadable(name + " is damaged: the page at byte " + at
                    + " does not have its checksum; copy or convert it again");
        }
        in.position(at + size);
        return new Page(at, whole[5], in.getLong(at + 6), in.getInt(at + 14), in.getInt(at + 18), table,
                Arrays.copyOfRange(whole, HEADER + table.length, size));
    }

    private Page cutOff(int at) throws OggOpusFile.Unreadable {
        if (at == 0) {
            throw new OggOpusFile.Unreadable(name + " ends within its first page: it was not copied whole");
        }
        in.position(in.limit());
        return null;
    }
}
