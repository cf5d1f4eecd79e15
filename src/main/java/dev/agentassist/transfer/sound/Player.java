package dev.agentassist.transfer.sound;

import dev.agentassist.live.audio.OpusPacket;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Plays packets at their own pace until it is closed: as a radio does, not waiting for whoever listens. */
public final class Player implements AutoCloseable {

    /** Where packets go. */
    public interface Output {
        /** {@code timestamp} in 1/48,000 s. */
        void send(byte[] packet, long timestamp, boolean marker);
    }

    /** 20 ms: a CELT frame whose first symbol says that it is silent. */
    private static final byte[] SILENCE = {(byte) 0xf8, (byte) 0xff, (byte) 0xfe};
    private static final int SILENCE_SAMPLES = 960;

    private final Output output;
    private final Thread thread;
    private volatile boolean closed;

    /**
     * @param pieces one after the other, then again from {@code repeatFrom} on
     * @param pauseMillis between pieces
     */
    public Player(List<Sound> pieces, int repeatFrom, int pauseMillis, Output output) {
        this.output = output;
        this.thread = Thread.ofPlatform().daemon().name("transfer-sound").start(() -> play(pieces, repeatFrom, pauseMillis));
    }

    private void play(List<Sound> pieces, int repeatFrom, int pauseMillis) {
        long began = System.nanoTime();
        long samples = 0;
        boolean marker = true;
        for (int i = 0; !closed; i = i + 1 < pieces.size() ? i + 1 : repeatFrom) {
            for (byte[] packet : pieces.get(i).packets()) {
                samples = send(packet, samples, marker, began);
                marker = false;
            }
            for (int left = pauseMillis * 48; left > 0 && !closed; left -= SILENCE_SAMPLES) {
                samples = send(SILENCE, samples, false, began);
            }
        }
    }

    private long send(byte[] packet, long samples, boolean marker, long began) {
        if (closed) {
            return samples;
        }
        for (long wait; !closed && (wait = began + samples * 1_000_000 / 48 - System.nanoTime()) > 0; ) {
            LockSupport.parkNanos(wait);
        }
        output.send(packet, samples, marker);
        return samples + OpusPacket.samples(packet);
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
