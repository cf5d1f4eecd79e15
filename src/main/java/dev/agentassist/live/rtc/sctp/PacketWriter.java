package dev.agentassist.live.rtc.sctp;

import java.util.zip.CRC32C;

/** Bundles chunks into packets and hands out each full one (RFC 9260, section 6.10). */
final class PacketWriter {

    private static final int PORT = 5000;

    private final byte[] packet;
    private final SctpAssociation.Out out;
    private final CRC32C crc = new CRC32C();
    private int length = Chunk.HEADER;
    private int tag;

    PacketWriter(int maxPacket, SctpAssociation.Out out) {
        this.packet = new byte[maxPacket];
        this.out = out;
        Chunk.put16(packet, 0, PORT);
        Chunk.put16(packet, 2, PORT);
    }

    /** The tag of packets from now on. */
    void tag(int peerTag) {
        if (tag != peerTag) {
            flush();
            tag = peerTag;
        }
    }

    /** The largest chunk, its header included. */
    int maxChunk() {
        return packet.length - Chunk.HEADER & ~3;
    }

    int room() {
        return packet.length - length & ~3;
    }

    /** Appends a chunk of this size, its header included, and returns where its value begins. */
    int begin(int type, int flags, int size) {
        if (room() < Chunk.padded(size)) {
            flush();
        }
        int at = length;
        packet[at] = (byte) type;
        packet[at + 1] = (byte) flags;
        Chunk.put16(packet, at + 2, size);
        length += Chunk.padded(size);
        for (int i = at + size; i < length; i++) {
            packet[i] = 0;
        }
        return at + 4;
    }

    byte[] buffer() {
        return packet;
    }

    /** A whole chunk. */
    void add(int type, int flags, byte[] value) {
        int at = begin(type, flags, 4 + value.length);
        System.arraycopy(value, 0, packet, at, value.length);
    }

    /** Sends what has been bundled. */
    void flush() {
        if (length == Chunk.HEADER) {
            return;
        }
        Chunk.put32(packet, 4, tag);
        Chunk.put32(packet, 8, 0);
        crc.reset();
        crc.update(packet, 0, length);
        Chunk.put32(packet, 8, Integer.reverseBytes((int) crc.getValue()));
        int n = length;
        length = Chunk.HEADER;
        out.send(packet, 0, n);
    }

    /** Whether the checksum of a received packet fits (section 6.8); leaves the packet as it was. */
    boolean verify(byte[] b, int offset, int size) {
        int expected = Integer.reverseBytes(Chunk.i32(b, offset + 8));
        crc.reset();
        crc.update(b, offset, 8);
        for (int i = 0; i < 4; i++) {
            crc.update(0);
        }
        crc.update(b, offset + Chunk.HEADER, size - Chunk.HEADER);
        return (int) crc.getValue() == expected;
    }
}
