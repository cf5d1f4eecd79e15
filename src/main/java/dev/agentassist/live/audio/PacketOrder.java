package dev.agentassist.live.audio;

import dev.agentassist.live.AudioPacket;
import java.util.TreeMap;
import java.util.function.BiConsumer;

/**
 * Brings the packets of one track into the order in which they were sent: one that is missing is waited for a while, one
 * that comes later than that is dropped.
 */
final class PacketOrder {

    /** How long a missing packet is waited for. */
    static final long HOLD_NANOS = 120_000_000L;
    private static final int MOST_HELD = 100;
    /** A sequence number further ahead is another beginning (RFC 3550, appendix A.1: MAX_DROPOUT). */
    private static final int MOST_MISSING = 3_000;
    /** So many in a row from behind, in order: the sender began anew (RFC 3550: MIN_SEQUENTIAL). */
    private static final int ANEW = 3;

    /** Takes a packet and how many are missing before it; -1 where the sequence began anew. */
    private final BiConsumer<AudioPacket, Integer> out;
    private final TreeMap<Long, AudioPacket> held = new TreeMap<>();
    private final TreeMap<Long, AudioPacket> behind = new TreeMap<>();
    private long next;
    private boolean begun;
    private long late;

    PacketOrder(BiConsumer<AudioPacket, Integer> out) {
        this.out = out;
    }

    /** How many came too late. */
    long late() {
        return late;
    }

    void add(AudioPacket packet) {
        long sequence = packet.sequence();
        if (!begun) {
            anew(packet);
        } else if (sequence < next) {
            behind(packet);
        } else if (sequence - next > MOST_MISSING) {
            flush();
            anew(packet);
        } else {
            behind.clear();
            held.put(sequence, packet);
        }
        release(packet.arrivalNanos());
    }

    private void anew(AudioPacket packet) {
        begun = true;
        behind.clear();
        next = packet.sequence() + 1;
        out.accept(packet, -1);
    }

    private void behind(AudioPacket packet) {
        late++;
        if (!behind.isEmpty() && packet.sequence() != behind.lastKey() + 1) {
            behind.clear();
        }
        behind.put(packet.sequence(), packet);
        if (behind.size() == ANEW) {
            late -= ANEW;
            flush();
            var first = behind.pollFirstEntry().getValue();
            var others = new TreeMap<>(behind);
            anew(first);
            held.putAll(others);
        }
    }

    /** Gives up waiting for what should have been here by now. */
    void tick(long nowNanos) {
        release(nowNanos);
    }

    private void release(long nowNanos) {
        while (!held.isEmpty()) {
            AudioPacket first = held.firstEntry().getValue();
            boolean due = first.sequence() == next
                    || nowNanos - first.arrivalNanos() >= HOLD_NANOS
                    || held.size() > MOST_HELD;
            if (!due) {
                return;
            }
            pop();
        }
    }

    /** All that is held, missing ones or not. */
    void flush() {
        while (!held.isEmpty()) {
            pop();
        }
    }

    private void pop() {
        AudioPacket packet = held.pollFirstEntry().getValue();
        int missing = (int) (packet.sequence() - next);
        next = packet.sequence() + 1;
        out.accept(packet, missing);
    }
}
