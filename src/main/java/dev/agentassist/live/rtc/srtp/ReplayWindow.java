package dev.agentassist.live.rtc.srtp;

/** Which of the last packets have been seen (RFC 3711, section 3.3.2). */
final class ReplayWindow {

    private static final int SIZE = 1024;

    private final long[] seen = new long[SIZE / 64];
    private long highest = -1;

    /** The highest index so far, or -1. */
    long highest() {
        return highest;
    }

    /** Whether a packet with this index may still be taken. */
    boolean isNew(long index) {
        return index > highest || index > highest - SIZE && (seen[word(index)] & bit(index)) == 0;
    }

    /** Only once it is known to be authentic. */
    void add(long index) {
        if (index > highest) {
            // What leaves the window makes room for what enters it.
            for (long i = Math.max(highest + 1, index - SIZE + 1); i < index; i++) {
                seen[word(i)] &= ~bit(i);
            }
            highest = index;
        }
        seen[word(index)] |= bit(index);
    }

    private static int word(long index) {
        return (int) (index % SIZE >>> 6);
    }

    private static long bit(long index) {
        return 1L << (index & 63);
    }
}
