package dev.agentassist.live.rtc.sctp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * What has been received: which transmission sequence numbers (TSN), what is to be said of them, and the messages made
 * of them (RFC 9260, sections 6.2 and 6.5 to 6.9).
 *
 * <p>Bounded: {@link #WINDOW} bytes are offered; what comes beyond is not acknowledged, so that it is sent again later.
 * Only the one next chunk may exceed it, up to twice: without it nothing could be completed.
 */
final class Inbound {

    /** Bytes offered to the sender. */
    static final int WINDOW = 1 << 20;

    /** The largest message, as the description says it ({@code a=max-message-size}). */
    static final int MAX_MESSAGE = 262_144;

    static final int MAX_STREAMS = 1024;

    /** How far ahead of the last complete TSN chunks are kept. */
    private static final int MAX_AHEAD = 16_384;

    /** What an object costs beside its bytes: many empty messages must not cost more than the window says. */
    private static final int OVERHEAD = 64;

    private static final int MAX_GAPS = 200;
    private static final int MAX_DUPLICATES = 16;

    private final SctpAssociation.Listener listener;
    private final Map<Integer, InboundStream> streams = new HashMap<>();
    private final TreeSet<Long> ahead = new TreeSet<>();
    private final ArrayDeque<InboundStream.Message> held = new ArrayDeque<>();
    private final List<Integer> duplicateTsns = new ArrayList<>();
    private long cumulative;
    private int buffered;
    private int offered = WINDOW;
    private boolean paused;
    private long duplicates;
    private long abandoned;
    private long delivered;

    Inbound(SctpAssociation.Listener listener) {
        this.listener = listener;
    }

    /** The other side's first TSN. */
    void start(int initialTsn) {
        cumulative = Integer.toUnsignedLong(initialTsn) - 1;
    }

    long cumulative() {
        return cumulative;
    }

    long duplicates() {
        return duplicates;
    }

    long abandoned() {
        return abandoned;
    }

    long delivered() {
        return delivered;
    }

    /** Bytes kept, with what they cost. */
    int buffered() {
        return buffered;
    }

    /** Whether something is missing or came twice: then the sender is told at once. */
    boolean urgent() {
        return !ahead.isEmpty() || !duplicateTsns.isEmpty();
    }

    /**
     * One DATA chunk's value.
     *
     * @throws ProtocolViolation where the sender breaks a rule that nothing can be made of
     */
    void data(int flags, byte[] b, int at, int length) throws ProtocolViolation {
        long tsn = Chunk.unwrap(Chunk.i32(b, at), cumulative);
        if (tsn <= cumulative || ahead.contains(tsn)) {
            duplicates++;
            if (duplicateTsns.size() < MAX_DUPLICATES) {
                duplicateTsns.add((int) tsn);
            }
            return;
        }
        int size = length - (Chunk.DATA_HEADER - 4);
        boolean next = tsn == cumulative + 1;
        if (tsn > cumulative + MAX_AHEAD || buffered + size + OVERHEAD > (next ? 2 * WINDOW : WINDOW)) {
            return;
        }
        int id = Chunk.u16(b, at + 4);
        var fragment = new InboundStream.Fragment(
                Chunk.u16(b, at + 6),
                Chunk.i32(b, at + 8),
                flags,
                Arrays.copyOfRange(b, at + 12, at + 12 + size));
        received(tsn);
        if (id >= MAX_STREAMS) {
            return;
        }
        buffered += size + OVERHEAD;
        InboundStream stream = streams.computeIfAbsent(id, InboundStream::new);
        stream.accept(tsn, fragment, this::complete);
        if (stream.partial() > MAX_MESSAGE) {
            buffered -= stream.dropDead(cumulative, OVERHEAD);
        }
        if (stream.partial() > MAX_MESSAGE + WINDOW / 2) {
            throw new ProtocolViolation("a message larger than " + MAX_MESSAGE + " bytes");
        }
    }

    private void received(long tsn) {
        if (tsn != cumulative + 1) {
            ahead.add(tsn);
            return;
        }
        cumulative = tsn;
        advance();
    }

    private void advance() {
        while (!ahead.isEmpty() && ahead.first() <= cumulative + 1) {
            cumulative = Math.max(cumulative, ahead.pollFirst());
        }
    }

    private void complete(InboundStream.Message message) {
        if (paused || !held.isEmpty()) {
            held.add(message);
        } else {
            deliver(message);
        }
    }

    private void deliver(InboundStream.Message message) {
        buffered -= message.data().length + message.fragments() * OVERHEAD;
        delivered++;
        listener.message(message.stream(), message.ppid(), message.data());
    }

    /** FORWARD-TSN's value (RFC 3758, section 3.6): the sender has given up what is missing up to here. */
    void forward(byte[] b, int at, int length) {
        long to = Chunk.unwrap(Chunk.i32(b, at), cumulative);
        if (to <= cumulative || to > cumulative + MAX_AHEAD) {
            return;
        }
        abandoned++;
        cumulative = to;
        advance();
        for (InboundStream stream : streams.values()) {
            buffered -= stream.dropUnordered(to, OVERHEAD);
        }
        for (int i = at + 4; i + 4 <= at + length; i += 4) {
            int id = Chunk.u16(b, i);
            if (id < MAX_STREAMS) {
                InboundStream stream = streams.computeIfAbsent(id, InboundStream::new);
                // Not in one expression: what is delivered meanwhile changes the sum, too.
                int freed = stream.skip(Chunk.u16(b, i + 2), to, OVERHEAD, this::complete);
                buffered -= freed;
            }
        }
    }

    /** The other side begins to count anew on a stream (RFC 6525, section 5.2.2). */
    void reset(int id) {
        InboundStream stream = streams.remove(id);
        if (stream != null) {
            buffered -= stream.dropAll(OVERHEAD);
        }
    }

    /** All streams that have been used. */
    List<Integer> streams() {
        return List.copyOf(streams.keySet());
    }

    void pause(boolean wanted) {
        paused = wanted;
        while (!paused && !held.isEmpty()) {
            deliver(held.poll());
        }
    }

    /** Whether the window has opened so much since it was last said that the sender should know (section 6.2). */
    boolean windowOpened() {
        return offered < WINDOW / 2 && window() > offered + WINDOW / 4;
    }

    int window() {
        return Math.max(0, WINDOW - buffered);
    }

    /** Appends a SACK (section 3.3.4). */
    void writeSack(PacketWriter writer) {
        int[] gaps = gaps();
        int size = 16 + 2 * gaps.length + 4 * duplicateTsns.size();
        int at = writer.begin(Chunk.SACK, 0, size);
        byte[] b = writer.buffer();
        offered = window();
        Chunk.put32(b, at, (int) cumulative);
        Chunk.put32(b, at + 4, offered);
        Chunk.put16(b, at + 8, gaps.length / 2);
        Chunk.put16(b, at + 10, duplicateTsns.size());
        at += 12;
        for (int gap : gaps) {
            Chunk.put16(b, at, gap);
            at += 2;
        }
        for (int tsn : duplicateTsns) {
            Chunk.put32(b, at, tsn);
            at += 4;
        }
        duplicateTsns.clear();
    }

    /** Start and end of each run of chunks beyond the cumulative TSN. */
    private int[] gaps() {
        int[] gaps = new int[2 * MAX_GAPS];
        int n = 0;
        for (long tsn : ahead) {
            int offset = (int) (tsn - cumulative);
            if (n > 0 && gaps[n - 1] == offset - 1) {
                gaps[n - 1] = offset;
            } else if (n == gaps.length) {
                break;
            } else {
                gaps[n++] = offset;
                gaps[n++] = offset;
            }
        }
        return Arrays.copyOf(gaps, n);
    }
}
