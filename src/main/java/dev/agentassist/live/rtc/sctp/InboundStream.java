package dev.agentassist.live.rtc.sctp;

import java.util.Iterator;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Makes messages of one stream's fragments, and puts the ordered ones into order. */
final class InboundStream {

    /** A DATA chunk. */
    record Fragment(int ssn, int ppid, int flags, byte[] data) {

        boolean begins() {
            return (flags & Chunk.BEGIN) != 0;
        }

        boolean ends() {
            return (flags & Chunk.END) != 0;
        }

        boolean unordered() {
            return (flags & Chunk.UNORDERED) != 0;
        }
    }

    /** A whole message, and of how many chunks it was made. */
    record Message(int stream, int ppid, byte[] data, int fragments) {}

    private final int id;
    private final TreeMap<Long, Fragment> ordered = new TreeMap<>();
    private final TreeMap<Long, Fragment> unordered = new TreeMap<>();
    private final TreeMap<Long, Message> ready = new TreeMap<>();
    private long nextSsn;
    private int partial;

    InboundStream(int id) {
        this.id = id;
    }

    /** Bytes of messages that are not complete. */
    int partial() {
        return partial;
    }

    void accept(long tsn, Fragment fragment, Consumer<Message> whole) {
        Message message;
        if (fragment.begins() && fragment.ends()) {
            message = new Message(id, fragment.ppid(), fragment.data(), 1);
        } else {
            TreeMap<Long, Fragment> parts = fragment.unordered() ? unordered : ordered;
            parts.put(tsn, fragment);
            partial += fragment.data().length;
            message = assemble(parts, tsn, fragment);
        }
        if (message == null) {
            return;
        }
        if (fragment.unordered()) {
            whole.accept(message);
            return;
        }
        long ssn = nextSsn + (short) (fragment.ssn() - (int) nextSsn);
        // One that was skipped, or said twice with different TSNs, keeps its place all the same: it is delivered late.
        ready.put(ssn, message);
        release(whole);
    }

    private void release(Consumer<Message> whole) {
        while (!ready.isEmpty() && ready.firstKey() <= nextSsn) {
            Map.Entry<Long, Message> first = ready.pollFirstEntry();
            nextSsn = Math.max(nextSsn, first.getKey() + 1);
            whole.accept(first.getValue());
        }
    }

    /** The message around a fragment, if all of it is here. Looks forward first: mostly the last one comes last. */
    private Message assemble(TreeMap<Long, Fragment> parts, long tsn, Fragment fragment) {
        long last = tsn;
        for (Fragment f = fragment; !f.ends(); ) {
            f = parts.get(++last);
            if (f == null || f.begins()) {
                return null;
            }
        }
        long first = tsn;
        for (Fragment f = fragment; !f.begins(); ) {
            f = parts.get(--first);
            if (f == null || f.ends()) {
                return null;
            }
        }
        int size = 0;
        for (long t = first; t <= last; t++) {
            size += parts.get(t).data().length;
        }
        byte[] data = new byte[size];
        int at = 0;
        int ppid = parts.get(first).ppid();
        for (long t = first; t <= last; t++) {
            byte[] part = parts.remove(t).data();
            System.arraycopy(part, 0, data, at, part.length);
            at += part.length;
        }
        partial -= size;
        return new Message(id, ppid, data, (int) (last - first + 1));
    }

    /** Gives up incomplete unordered messages up to a TSN, which is an abandoned one's; returns what they took. */
    int dropUnordered(long upTo, int overhead) {
        return drop(unordered.headMap(upTo, true), overhead);
    }

    /**
     * Gives up what can never be completed, since all up to {@code cumulative} has come or been given up: senders that
     * abandon a message half way leave such parts. Returns what they took.
     */
    int dropDead(long cumulative, int overhead) {
        return dropDead(ordered, cumulative, overhead) + dropDead(unordered, cumulative, overhead);
    }

    private int dropDead(TreeMap<Long, Fragment> parts, long cumulative, int overhead) {
        int freed = 0;
        for (Long first = parts.isEmpty() ? null : parts.firstKey(); first != null; ) {
            long last = first;
            while (!parts.get(last).ends() && parts.containsKey(last + 1) && !parts.get(last + 1).begins()) {
                last++;
            }
            Long next = parts.higherKey(last);
            if (!parts.get(first).begins() && first - 1 <= cumulative || !parts.get(last).ends() && last + 1 <= cumulative) {
                freed += drop(parts.subMap(first, true, last, true), overhead);
            }
            first = next;
        }
        return freed;
    }

    private int drop(Map<Long, Fragment> parts, int overhead) {
        int freed = 0;
        for (Fragment each : parts.values()) {
            partial -= each.data().length;
            freed += each.data().length + overhead;
        }
        parts.clear();
        return freed;
    }

    /** Gives up everything; returns what it took. */
    int dropAll(int overhead) {
        int freed = drop(ordered, overhead) + drop(unordered, overhead);
        for (Message m : ready.values()) {
            freed += m.data().length + m.fragments() * overhead;
        }
        ready.clear();
        return freed;
    }

    /**
     * Ordered messages up to this sequence number will not come, unless they are here (RFC 3758, section 3.6). Returns
     * what the incomplete ones took.
     */
    int skip(int ssn, long upTo, int overhead, Consumer<Message> whole) {
        long to = nextSsn + (short) (ssn - (int) nextSsn);
        int freed = 0;
        for (Iterator<Fragment> each = ordered.headMap(upTo, true).values().iterator(); each.hasNext(); ) {
            Fragment f = each.next();
            if (nextSsn + (short) (f.ssn() - (int) nextSsn) <= to) {
                partial -= f.data().length;
                freed += f.data().length + overhead;
                each.remove();
            }
        }
        while (!ready.isEmpty() && ready.firstKey() <= to) {
            whole.accept(ready.pollFirstEntry().getValue());
        }
        nextSsn = Math.max(nextSsn, to + 1);
        release(whole);
        return freed;
    }
}
