package dev.agentassist.smoke;

import dev.agentassist.live.AudioPacket;
import dev.agentassist.live.LiveEvent;
import dev.agentassist.live.segment.Segment;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** What the canary's listener heard and read. */
final class CanaryEar {

    /** A segment that was settled, and when. */
    record Heard(Segment segment, long atNanos) {}

    /** The beginning of every packet of silence that a server may put in (RFC 6716, section 3.1). */
    private static final int SHORTEST_SPEECH = 4;

    private final List<byte[]> line;
    private final String speaker;
    private final Runnable firstSound;
    private final Map<ByteBuffer, Integer> numbers = new HashMap<>();
    private final long[] arrivals;
    private final List<Heard> settled = new ArrayList<>();
    private final AtomicBoolean sound = new AtomicBoolean();
    private int packets;
    private int altered;

    /**
     * @param line the packets that are going to be sent by {@code speaker}
     * @param firstSound run when the first packet of any sound arrives
     */
    CanaryEar(List<byte[]> line, String speaker, Runnable firstSound) {
        this.line = line;
        this.speaker = speaker;
        this.firstSound = firstSound;
        this.arrivals = new long[line.size()];
        for (int i = 0; i < line.size(); i++) {
            numbers.putIfAbsent(ByteBuffer.wrap(line.get(i)), i);
        }
    }

    /** One event of the listener. */
    void happened(LiveEvent event) {
        if (event instanceof LiveEvent.Transcript said && said.segment().settled()) {
            long now = System.nanoTime();
            synchronized (this) {
                settled.add(new Heard(said.segment(), now));
                notifyAll();
            }
        } else if (event instanceof LiveEvent.Audio audio) {
            if (sound.compareAndSet(false, true)) {
                firstSound.run();
            }
            take(audio.packet());
        }
    }

    private synchronized void take(AudioPacket packet) {
        if (packet.opus().length < SHORTEST_SPEECH || !packet.participant().equals(speaker)) {
            return;
        }
        Integer number = numbers.get(ByteBuffer.wrap(packet.opus()));
        if (number == null) {
            altered++;
        } else if (arrivals[number] == 0) {
            arrivals[number] = packet.arrivalNanos();
            packets++;
        }
        notifyAll();
    }

    /** Waits for something; false when it did not come about in time. */
    synchronized boolean await(Duration limit, BooleanSupplier what) {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (!what.getAsBoolean()) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return false;
                }
                wait(left / 1_000_000 + 1);
            }
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    synchronized List<Heard> settled() {
        return List.copyOf(settled);
    }

    /** How many different packets there are in the line: all that can arrive. */
    int expected() {
        return numbers.size();
    }

    synchronized int packets() {
        return packets;
    }

    /** How many packets arrived that were not sent so. */
    synchronized int altered() {
        return altered;
    }

    /** {@link System#nanoTime()} at the arrival of a packet of the line, or 0. */
    synchronized long arrivedNanos(int packet) {
        return arrivals[packet];
    }

    int lineLength() {
        return line.size();
    }
}
