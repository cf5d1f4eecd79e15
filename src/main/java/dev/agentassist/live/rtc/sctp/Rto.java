package dev.agentassist.live.rtc.sctp;

/** The retransmission timeout (RFC 9260, section 6.3), in nanoseconds. */
final class Rto {

    private static final long MILLI = 1_000_000L;

    /** The RFC's one second suits acknowledgements that are delayed by half a second; WebRTC's come within 0.2 s. */
    private static final long MIN = 400 * MILLI;

    /** Far below the RFC's minute: a way that comes back should be used soon, and one that does not is ICE's matter. */
    private static final long MAX = 4000 * MILLI;

    private static final long INITIAL = 1000 * MILLI;

    private long smoothed = -1;
    private long variation;
    private long value = INITIAL;

    long value() {
        return value;
    }

    /** The last smoothed round trip, or -1. */
    long smoothed() {
        return smoothed;
    }

    void measured(long rtt) {
        if (smoothed < 0) {
            smoothed = rtt;
            variation = rtt / 2;
        } else {
            variation += (Math.abs(smoothed - rtt) - variation) / 4;
            smoothed += (rtt - smoothed) / 8;
        }
        value = Math.clamp(smoothed + 4 * variation, MIN, MAX);
    }

    void backOff() {
        value = Math.min(MAX, value * 2);
    }

    /** The way is new: what was backed off says nothing about it. */
    void reset() {
        value = smoothed < 0 ? INITIAL : Math.clamp(smoothed + 4 * variation, MIN, MAX);
    }
}
