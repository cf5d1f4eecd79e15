package dev.agentassist.smoke;

import dev.agentassist.live.LiveProbe;
import dev.agentassist.live.audio.OpusPacket;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.locks.LockSupport;

/** Speaks the canary's line, a packet each 20 ms: silence until somebody hears it, then the line, then silence. */
final class CanaryVoice {

    private static final int SAMPLES = 960;
    private static final long STEP_NANOS = 20_000_000;

    private final LiveProbe agent;
    private final List<byte[]> line;
    private final long[] sentNanos;
    private final CountDownLatch spoken = new CountDownLatch(1);
    private volatile boolean heard;
    private volatile boolean stopped;

    CanaryVoice(LiveProbe agent, List<byte[]> line) {
        this.agent = agent;
        this.line = line;
        this.sentNanos = new long[line.size()];
    }

    void start() {
        Thread.ofPlatform().daemon().name("canary-voice").start(this::speak);
    }

    private void speak() {
        byte[] silence = OpusPacket.silence(SAMPLES);
        long start = System.nanoTime();
        int next = 0;
        for (long n = 0; !stopped; n++) {
            boolean speaking = heard && next < line.size();
            if (speaking) {
                sentNanos[next] = System.nanoTime();
            }
            agent.sound(speaking ? line.get(next++) : silence, n * SAMPLES, n == 0);
            if (next == line.size()) {
                spoken.countDown();
            }
            LockSupport.parkNanos(start + (n + 1) * STEP_NANOS - System.nanoTime());
        }
        spoken.countDown();
    }

    /** Somebody hears the silence: the line can begin. */
    void heard() {
        heard = true;
    }

    /** Opens once the line is over. */
    CountDownLatch spoken() {
        return spoken;
    }

    /** When a packet of the line went out. After {@link #spoken}. */
    long sentNanos(int packet) {
        return sentNanos[packet];
    }

    void stop() {
        stopped = true;
    }
}
