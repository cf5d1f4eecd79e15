package dev.agentassist.live.audio;

import dev.agentassist.live.AudioPacket;
import java.io.IOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * Keeps a recording going on a thread of its own, so that a slow disk or a player that was paused delays nobody. What waits
 * beyond some seconds of sound is dropped and counted.
 */
public final class RecordingThread {

    private static final int MOST_WAITING = 4_096;
    private static final long TICK_MILLIS = 20;

    private final Recording recording;
    private final Consumer<IOException> broken;
    private final ArrayBlockingQueue<AudioPacket> queue = new ArrayBlockingQueue<>(MOST_WAITING);
    private final AtomicLong dropped = new AtomicLong();
    private final CountDownLatch ended = new CountDownLatch(1);
    private volatile long endNanos;
    private volatile boolean finishing;

    /** {@code broken}: told, once, when nothing more can be written. */
    public RecordingThread(Recording recording, Consumer<IOException> broken) {
        this.recording = recording;
        this.broken = broken;
        Thread.ofPlatform().daemon().name("recording").start(this::run);
    }

    /** Any thread; never waits. */
    public void add(AudioPacket packet) {
        if (!queue.offer(packet)) {
            dropped.incrementAndGet();
        }
    }

    /** How many packets found no room. */
    public long dropped() {
        return dropped.get();
    }

    /** Ends the recording at a moment ({@link System#nanoTime()}); whether all of it was written within the time. */
    public boolean finish(long atNanos, long waitMillis) throws InterruptedException {
        if (!finishing) {
            endNanos = atNanos;
            finishing = true;
        }
        return ended.await(waitMillis, TimeUnit.MILLISECONDS);
    }

    private void run() {
        try {
            while (!finishing) {
                AudioPacket packet = queue.poll(TICK_MILLIS, TimeUnit.MILLISECONDS);
                for (int i = 0; packet != null && i < MOST_WAITING; i++) {
                    recording.packet(packet);
                    packet = queue.poll();
                }
                if (packet != null) {
                    recording.packet(packet);
                }
                if (!finishing) {
                    recording.tick(System.nanoTime());
                }
            }
            for (AudioPacket packet = queue.poll(); packet != null; packet = queue.poll()) {
                recording.packet(packet);
            }
            recording.finish(endNanos);
        } catch (IOException e) {
            fail(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            ended.countDown();
        }
    }

    private void fail(IOException e) {
        broken.accept(e);
        try {
            recording.finish(System.nanoTime());
        } catch (IOException again) {
            // Said already.
        }
    }
}
