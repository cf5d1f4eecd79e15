package dev.agentassist.live.rtc.srtp;

import java.nio.ByteBuffer;

/** What is known of one received stream, for receiver reports (RFC 3550, sections 6.4.1, A.3 and A.8). */
public final class Reception {

    private final long ssrc;
    private final int clockRate;
    private long first = -1;
    private long highest;
    private long received;
    private double jitter;
    private long lastTransit;
    private long expectedBefore;
    private long receivedBefore;
    private long senderReport;
    private long senderReportNanos;

    public Reception(long ssrc, int clockRate) {
        this.ssrc = ssrc;
        this.clockRate = clockRate;
    }

    public void packet(long index, long timestamp, long nanos) {
        // In units of the clock rate, modulo 2^32.
        long arrival = (long) (nanos / 1e9 * clockRate);
        long transit = arrival - timestamp;
        if (first < 0) {
            first = index;
            highest = index;
        } else {
            int difference = Math.abs((int) (transit - lastTransit));
            jitter += (difference - jitter) / 16;
            highest = Math.max(highest, index);
            first = Math.min(first, index);
        }
        lastTransit = transit;
        received++;
    }

    /** The middle 32 bits of a sender report's time. */
    public void senderReport(long middle, long nanos) {
        senderReport = middle;
        senderReportNanos = nanos;
    }

    public long received() {
        return received;
    }

    public long lost() {
        return first < 0 ? 0 : Math.max(0, highest - first + 1 - received);
    }

    /** Appends a report block of 24 bytes, and begins a new interval. */
    void write(ByteBuffer out, long nanos) {
        long expected = first < 0 ? 0 : highest - first + 1;
        long expectedNow = expected - expectedBefore;
        long receivedNow = received - receivedBefore;
        long lostNow = Math.max(0, expectedNow - receivedNow);
        int fraction = expectedNow <= 0 ? 0 : (int) Math.min(255, lostNow * 256 / expectedNow);
        expectedBefore = expected;
        receivedBefore = received;
        out.putInt((int) ssrc);
        out.putInt(fraction << 24 | (int) Math.min(0x7fffff, lost()));
        out.putInt((int) highest);
        out.putInt((int) jitter);
        out.putInt((int) senderReport);
        out.putInt(senderReport == 0 ? 0 : (int) ((nanos - senderReportNanos) / 1e9 * 65536));
    }
}
