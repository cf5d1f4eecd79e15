package dev.agentassist.live.rtc.sctp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Streams that the other side closes (RFC 6525); what it asks of us is refused: we close none. */
final class StreamResets {

    private static final int PERFORMED = 1;
    private static final int DENIED = 2;
    private static final int IN_PROGRESS = 6;
    private static final int LAST_REQUEST = 18;

    private final PacketWriter writer;
    private final Inbound inbound;
    private final SctpAssociation.Listener listener;
    private Integer last;

    StreamResets(PacketWriter writer, Inbound inbound, SctpAssociation.Listener listener) {
        this.writer = writer;
        this.inbound = inbound;
        this.listener = listener;
    }

    /** A RE-CONFIG chunk's value; false where it cannot be read. */
    boolean read(byte[] b, int at, int length) {
        for (int p = at; p + 8 <= at + length; ) {
            int type = Chunk.u16(b, p);
            int size = Chunk.u16(b, p + 2);
            if (size < 8 || p + size > at + length) {
                return false;
            }
            int sequence = Chunk.i32(b, p + 4);
            if (type == Chunk.OUTGOING_RESET && size >= 16) {
                respond(sequence, reset(b, p, size, sequence) ? PERFORMED : IN_PROGRESS);
            } else if (type >= Chunk.OUTGOING_RESET && type <= LAST_REQUEST && type != Chunk.RECONFIG_RESPONSE) {
                respond(sequence, DENIED);
            }
            p += Chunk.padded(size);
        }
        return true;
    }

    /** Only once all that was sent before it has come (section 5.2.2); a request that is repeated does nothing more. */
    private boolean reset(byte[] b, int p, int size, int sequence) {
        if (Chunk.unwrap(Chunk.i32(b, p + 12), inbound.cumulative()) > inbound.cumulative()) {
            return false;
        }
        if (!Integer.valueOf(sequence).equals(last)) {
            last = sequence;
            var streams = new ArrayList<Integer>();
            for (int s = p + 16; s + 2 <= p + size; s += 2) {
                streams.add(Chunk.u16(b, s));
            }
            for (int stream : streams.isEmpty() ? inbound.streams() : List.copyOf(streams)) {
                inbound.reset(stream);
                listener.streamReset(stream);
            }
        }
        return true;
    }

    private void respond(int sequence, int result) {
        writer.add(
                Chunk.RE_CONFIG,
                0,
                ByteBuffer.allocate(12)
                        .putShort((short) Chunk.RECONFIG_RESPONSE)
                        .putShort((short) 12)
                        .putInt(sequence)
                        .putInt(result)
                        .array());
    }
}
