package dev.agentassist.live.rtc.sctp;

import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;

/**
 * What is to be sent and what is under way: fragmentation, congestion control, retransmission and giving up (RFC 9260,
 * sections 6.1, 6.3, 6.9 and 7; RFC 3758).
 */
final class Outbound {

    /** A message of the program's. */
    private static final class Message {
        final int stream;
        final int ppid;
        final byte[] data;
        final boolean unordered;
        final int maxRetransmits;
        int sent;
        int ssn = -1;
        boolean abandoned;

        Message(int stream, int ppid, byte[] data, boolean unordered, int maxRetransmits) {
            this.stream = stream;
            this.ppid = ppid;
            this.data = data;
            this.unordered = unordered;
            this.maxRetransmits = maxRetransmits;
        }
    }

    /** One chunk under way. */
    private static final class Flying {
        final long tsn;
        final Message message;
        final int offset;
        final int length;
        final int flags;
        int transmissions;
        int missing;
        long sentAt;
        boolean acked;
        boolean again;
        boolean inFlight;
        boolean fastDone;

        Flying(long tsn, Message message, int offset, int length, int flags) {
            this.tsn = tsn;
            this.message = message;
            this.offset = offset;
            this.length = length;
            this.flags = flags;
        }
    }

    /** Retransmissions without an answer until the other side counts as gone (section 8.1). */
    private static final int MAX_ERRORS = 15;

    private static final int MISSING_REPORTS = 3;
    private static final int MAX_SKIPS = 64;

    private final PacketWriter writer;
    private final Rto rto;
    private final ArrayDeque<Message> queue = new ArrayDeque<>();
    private final ArrayDeque<Flying> flying = new ArrayDeque<>();
    private final Map<Integer, Integer> ssns = new HashMap<>();
    private final int mtu;
    private long nextTsn;
    private long cumulativeAck;
    private long advancedAck;
    private int queued;
    private int flight;
    private int cwnd;
    private int ssthresh;
    private int partialAcked;
    private long peerWindow;
    private boolean recovering;
    private long recoverUntil;
    private long timer = -1;
    private int errors;
    private boolean forward;
    private boolean resend;
    private boolean partial;
    private long retransmitted;

    Outbound(PacketWriter writer, Rto rto, int initialTsn) {
        this.writer = writer;
        this.rto = rto;
        this.mtu = writer.maxChunk();
        this.nextTsn = Integer.toUnsignedLong(initialTsn);
        this.cumulativeAck = nextTsn - 1;
        this.advancedAck = cumulativeAck;
        // RFC 9260, section 7.2.1.
        this.cwnd = Math.min(4 * mtu, Math.max(2 * mtu, 4404));
    }

    void peerWindow(long bytes) {
        peerWindow = bytes;
        ssthresh = (int) Math.min(Integer.MAX_VALUE, bytes);
    }

    /** Bytes that have not been acknowledged, sent or not. */
    int buffered() {
        return queued;
    }

    long retransmitted() {
        return retransmitted;
    }

    /** {@code maxRetransmits} negative for a reliable message. */
    void add(int stream, int ppid, byte[] data, boolean unordered, int maxRetransmits) {
        partial |= maxRetransmits >= 0;
        queue.add(new Message(stream, ppid, data, unordered, maxRetransmits));
        queued += data.length;
    }

    /** Writes what the windows allow into packets. */
    void flush(long now) {
        if (forward) {
            writeForward();
        }
        boolean sent = false;
        sent |= resend && resend(now);
        Message m;
        while ((m = queue.peek()) != null) {
            int size = Math.min(m.data.length - m.sent, mtu - Chunk.DATA_HEADER);
            boolean probe = flight == 0;
            if (!probe && (flight >= cwnd || flight + size > peerWindow)) {
                break;
            }
            int flags = (m.sent == 0 ? Chunk.BEGIN : 0) | (m.unordered ? Chunk.UNORDERED : 0);
            if (m.sent == 0 && !m.unordered) {
                m.ssn = ssns.merge(m.stream, 1, Integer::sum) - 1 & 0xffff;
            }
            if (m.sent + size == m.data.length) {
                flags |= Chunk.END;
                queue.poll();
            }
            var f = new Flying(nextTsn++, m, m.sent, size, flags);
            m.sent += size;
            flying.add(f);
            transmit(f, now);
            sent = true;
        }
        if (sent && timer < 0) {
            timer = now + rto.value();
        }
    }

    private boolean resend(long now) {
        boolean sent = false;
        boolean left = false;
        for (Flying f : flying) {
            if (f.again && !f.acked && (flight == 0 || flight + f.length <= cwnd)) {
                f.again = false;
                transmit(f, now);
                sent = true;
            }
            left |= f.again;
        }
        resend = left;
        return sent;
    }

    private void transmit(Flying f, long now) {
        int at = writer.begin(Chunk.DATA, f.flags, Chunk.DATA_HEADER + f.length);
        byte[] b = writer.buffer();
        Chunk.put32(b, at, (int) f.tsn);
        Chunk.put16(b, at + 4, f.message.stream);
        Chunk.put16(b, at + 6, Math.max(0, f.message.ssn));
        Chunk.put32(b, at + 8, f.message.ppid);
        System.arraycopy(f.message.data, f.offset, b, at + 12, f.length);
        if (f.transmissions++ > 0) {
            retransmitted++;
        }
        f.sentAt = now;
        f.missing = 0;
        if (!f.inFlight) {
            f.inFlight = true;
            flight += f.length;
        }
    }

    /** A SACK's value (section 6.2.1); impossible ones are ignored. */
    void sack(byte[] b, int at, int length, long now) {
        long cumulative = Chunk.unwrap(Chunk.i32(b, at), cumulativeAck);
        int gaps = Chunk.u16(b, at + 8);
        if (cumulative < cumulativeAck || cumulative >= nextTsn || 12 + 4 * gaps > length) {
            return;
        }
        boolean full = flight + mtu > cwnd;
        boolean advanced = cumulative > cumulativeAck;
        int acked = 0;
        cumulativeAck = cumulative;
        while (!flying.isEmpty() && flying.peek().tsn <= cumulative) {
            Flying f = flying.poll();
            acked += acknowledge(f, now);
            queued -= f.length;
        }
        long highest = -1;
        int gap = 0;
        for (Flying f : flying) {
            long offset = f.tsn - cumulative;
            while (gap < gaps && Chunk.u16(b, at + 14 + 4 * gap) < offset) {
                gap++;
            }
            boolean in = gap < gaps && Chunk.u16(b, at + 12 + 4 * gap) <= offset;
            if (in && !f.acked) {
                acked += acknowledge(f, now);
                f.acked = true;
                highest = f.tsn;
            } else if (!in && f.acked) {
                // Taken back: to be counted, and if need be sent, again.
                f.acked = false;
                f.again = true;
                resend = true;
            }
        }
        lost(highest);
        if (recovering && cumulativeAck >= recoverUntil) {
            recovering = false;
        }
        if (advanced) {
            errors = 0;
            grow(acked, full);
        }
        peerWindow = Integer.toUnsignedLong(Chunk.i32(b, at + 4));
        if (peerWindow < mtu) {
            // A reader that stopped is there all the same (section 6.1, rule A).
            errors = 0;
        }
        giveUp();
        timer = flying.isEmpty() ? -1 : advanced || timer < 0 ? now + rto.value() : timer;
    }

    private int acknowledge(Flying f, long now) {
        if (f.acked) {
            return 0;
        }
        // Karn's rule: what was sent twice says nothing about the way.
        if (f.transmissions == 1 && f.sentAt > 0) {
            rto.measured(now - f.sentAt);
            f.sentAt = 0;
        }
        if (f.inFlight) {
            f.inFlight = false;
            flight -= f.length;
        }
        f.again = false;
        return f.length;
    }

    /** Fast retransmit (section 7.2.4): what three acknowledgements of later chunks have passed by is lost. */
    private void lost(long highestNewlyAcked) {
        for (Flying f : flying) {
            if (f.tsn >= highestNewlyAcked) {
                break;
            }
            if (!f.acked && !f.again && ++f.missing >= MISSING_REPORTS && !f.fastDone) {
                f.fastDone = true;
                f.again = true;
                resend = true;
                leave(f);
                if (!recovering) {
                    recovering = true;
                    recoverUntil = nextTsn - 1;
                    ssthresh = Math.max(cwnd / 2, 4 * mtu);
                    cwnd = ssthresh;
                    partialAcked = 0;
                }
            }
        }
    }

    private void leave(Flying f) {
        if (f.inFlight) {
            f.inFlight = false;
            flight -= f.length;
        }
    }

    /** Sections 7.2.1 and 7.2.2. */
    private void grow(int acked, boolean full) {
        if (recovering || !full) {
            return;
        }
        if (cwnd <= ssthresh) {
            cwnd += Math.min(acked, mtu);
        } else {
            partialAcked += acked;
            if (partialAcked >= cwnd) {
                partialAcked -= cwnd;
                cwnd += mtu;
            }
        }
        cwnd = Math.min(cwnd, SctpAssociation.MAX_FLIGHT);
    }

    /** Abandons messages that were sent as often as they may be (RFC 3758, section 3.5). */
    private void giveUp() {
        if (!partial) {
            return;
        }
        for (Flying f : flying) {
            Message m = f.message;
            if (f.again && m.maxRetransmits >= 0 && f.transmissions > m.maxRetransmits) {
                m.abandoned = true;
            }
        }
        Message half = queue.peek();
        if (half != null && half.abandoned) {
            // Stands for the fragments that are never sent: without it the receiver, which may have got all that was,
            // would not learn that there will be no more.
            queue.poll();
            flying.add(new Flying(nextTsn++, half, half.sent, half.data.length - half.sent, 0));
        }
        boolean first = true;
        advancedAck = Math.max(advancedAck, cumulativeAck);
        for (Iterator<Flying> each = flying.iterator(); each.hasNext(); ) {
            Flying f = each.next();
            if (f.message.abandoned) {
                f.again = false;
                leave(f);
            }
            // Not beyond what is merely acknowledged: the receiver drops all that is incomplete up to there.
            first &= f.message.abandoned;
            if (first) {
                advancedAck = Math.max(advancedAck, f.tsn);
            }
        }
        forward = advancedAck > cumulativeAck;
    }

    /** RFC 3758, section 3.2: the new cumulative TSN, and the last sequence number skipped on each ordered stream. */
    private void writeForward() {
        Map<Integer, Integer> skipped = new HashMap<>();
        for (Flying f : flying) {
            if (f.tsn <= advancedAck && f.message.abandoned && !f.message.unordered && skipped.size() < MAX_SKIPS) {
                skipped.put(f.message.stream, f.message.ssn);
            }
        }
        int at = writer.begin(Chunk.FORWARD_TSN, 0, 8 + 4 * skipped.size());
        byte[] b = writer.buffer();
        Chunk.put32(b, at, (int) advancedAck);
        at += 4;
        for (var each : skipped.entrySet()) {
            Chunk.put16(b, at, each.getKey());
            Chunk.put16(b, at + 2, each.getValue());
            at += 4;
        }
        forward = false;
    }

    /** When something must happen, or -1. */
    long deadline() {
        return timer;
    }

    /**
     * The retransmission timer (section 6.3.3).
     *
     * @return false once the other side counts as gone
     */
    boolean tick(long now) {
        if (timer < 0 || now < timer) {
            return true;
        }
        rto.backOff();
        ssthresh = Math.max(cwnd / 2, 4 * mtu);
        cwnd = mtu;
        partialAcked = 0;
        recovering = false;
        resendAll();
        timer = flying.isEmpty() ? -1 : now + rto.value();
        return ++errors <= MAX_ERRORS;
    }

    private void resendAll() {
        for (Flying f : flying) {
            if (!f.acked && !f.message.abandoned) {
                leave(f);
                f.again = true;
                f.fastDone = false;
                resend = true;
            }
        }
        giveUp();
    }

    /** There is a new way: all that was not acknowledged goes out again, without waiting for the timer. */
    void pathRestored(long now) {
        errors = 0;
        rto.reset();
        if (!flying.isEmpty()) {
            cwnd = Math.max(cwnd, Math.min(4 * mtu, 4404));
            resendAll();
            timer = now + rto.value();
        }
    }
}
