package dev.agentassist.live.audio;

import dev.agentassist.live.AudioPacket;
import java.util.ArrayList;
import java.util.List;

/**
 * Says for each packet of one track, given in order, when it is to be heard. The RTP timestamps tell how packets follow each
 * other, the time of arrival where the stretch as a whole lies; where both contradict each other for longer than a moment
 * (the sender paused without counting on, began anew, or its clock runs differently), arrival is right. A burst after a
 * stalled network is no contradiction: its packets stay where they belong.
 */
final class Timeline {

    /** Where a packet lies. {@code missing}: packets lost right before it, -1 where its sender began anew. */
    record Placed(AudioPacket packet, long position, int samples, int missing) {}

    /** Takes packets that have got their place. */
    interface Output {
        void place(Placed placed);
    }

    /** A packet further from its arrival than that is doubted. */
    private static final long DOUBT = OpusPacket.RATE * 300L / 1000;
    /** For how long doubtful packets are looked at before it is decided. */
    static final long DECIDE_NANOS = 200_000_000L;
    /** Drift is mended when it has come to this, at once and in the middle of a word… */
    private static final long MOST_DRIFT = OpusPacket.RATE * 100L / 1000;
    /** …or to this, where there is a pause. */
    private static final long PAUSE_DRIFT = OpusPacket.RATE * 20L / 1000;
    private static final long PAUSE = OpusPacket.RATE * 60L / 1000;
    private static final long WINDOW_NANOS = 4_000_000_000L;

    private final long startNanos;
    private final Output out;
    private final List<Placed> doubted = new ArrayList<>();
    private boolean begun;
    /** Position of a packet: its timestamp, counted on beyond 32 bits, plus this. */
    private long offset;
    private long timestamp;
    private long end;
    private long windowBegan;
    private long least = Long.MAX_VALUE;
    private long leastBefore = Long.MAX_VALUE;

    Timeline(long startNanos, Output out) {
        this.startNanos = startNanos;
        this.out = out;
    }

    void add(AudioPacket packet, int missing) {
        int samples = OpusPacket.samples(packet.opus());
        if (samples == 0) {
            return;
        }
        long arrival = position(packet.arrivalNanos());
        if (!begun) {
            begun = true;
            timestamp = packet.timestamp();
            anchor(arrival - timestamp, packet.arrivalNanos());
        }
        // Signed distance to the one before: timestamps roll over after a day, and begin anywhere.
        timestamp += (int) (packet.timestamp() - timestamp);
        long delay = arrival - (timestamp + offset);
        if (!doubted.isEmpty() || Math.abs(delay) > DOUBT) {
            doubted.add(new Placed(packet, timestamp, samples, missing));
            decide(packet.arrivalNanos());
            return;
        }
        measure(delay, packet.arrivalNanos());
        boolean pause = timestamp + offset - end >= PAUSE;
        long drift = Math.min(least, leastBefore);
        if (Math.abs(drift) > (pause ? PAUSE_DRIFT : MOST_DRIFT)) {
            anchor(offset + drift, packet.arrivalNanos());
        }
        put(new Placed(packet, timestamp, samples, missing));
    }

    void tick(long nowNanos) {
        decide(nowNanos);
    }

    /** Places what is doubted still. */
    void flush() {
        if (!doubted.isEmpty()) {
            settle();
        }
    }

    private void decide(long nowNanos) {
        if (!doubted.isEmpty() && nowNanos - doubted.getFirst().packet().arrivalNanos() >= DECIDE_NANOS) {
            settle();
        }
    }

    private void settle() {
        long nearest = Long.MAX_VALUE;
        for (Placed placed : doubted) {
            long delay = position(placed.packet().arrivalNanos()) - (placed.position() + offset);
            nearest = Math.abs(delay) < Math.abs(nearest) ? delay : nearest;
        }
        if (Math.abs(nearest) > DOUBT) {
            anchor(offset + nearest, doubted.getLast().packet().arrivalNanos());
        }
        doubted.forEach(this::put);
        doubted.clear();
    }

    private void put(Placed inTimestamps) {
        long position = inTimestamps.position() + offset;
        if (position + inTimestamps.samples() <= 0) {
            return;
        }
        end = position + inTimestamps.samples();
        out.place(new Placed(inTimestamps.packet(), position, inTimestamps.samples(), inTimestamps.missing()));
    }

    private void anchor(long newOffset, long nowNanos) {
        offset = newOffset;
        windowBegan = nowNanos;
        least = Long.MAX_VALUE;
        leastBefore = 0;
    }

    /** The least delay of the last seconds: what the network adds now and then is no drift. */
    private void measure(long delay, long nowNanos) {
        if (nowNanos - windowBegan > WINDOW_NANOS) {
            leastBefore = least;
            least = Long.MAX_VALUE;
            windowBegan = nowNanos;
        }
        least = Math.min(least, delay);
    }

    private long position(long nanos) {
        return position(startNanos, nanos);
    }

    /** Samples from the beginning to a moment. */
    static long position(long startNanos, long nanos) {
        return Math.floorDiv((nanos - startNanos) * 6, 125_000);
    }
}
