package dev.agentassist.transfer.sound;

import dev.agentassist.live.audio.OpusPacket;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Sends packets at their own pace until it is closed: as a radio does, not waiting for whoever listens. Silence until it is
 * told what to play, so that a track is known to the server, and being received, before anybody is to hear something.
 */
public final class Player implements AutoCloseable {

    /** Where packets go. */
    public interface Output {
        /** {@code timestamp} in 1/48,000 s. */
        void send(byte[] packet, long timestamp, boolean marker);
    }

    /**
     * What to play: {@code pieces} one after the other, then again from {@code repeatFrom} on.
     *
     * @param pauseMillis between pieces
     */
    private record Programme(List<Sound> pieces, int repeatFrom, int pauseMillis) {}

    /** 20 ms: a CELT frame whose first symbol says that it is silent. */
    private static final byte[] SILENCE = {(byte) 0xf8, (byte) 0xff, (byte) 0xfe};
    private static final Programme NOTHING = new Programme(List.of(new Sound(List.of(SILENCE))), 0, 0);
    private static final int SILENCE_MILLIS = 20;

    private final Output output;
    private final Thread thread;
    private volatile Programme programme = NOTHING;
    private volatile boolean closed;
    private final long began = System.nanoTime();
    private long samples;

    /** Begins with silence. */
    public Player(Output output) {
        this.output = output;
        this.thread = Thread.ofPlatform().daemon().name("transfer-sound").start(this::run);
    }

    /**
     * Plays this from the next packet on.
     *
     * @param pieces one after the other, then again from {@code repeatFrom} on; none is silence
     * @param pauseMillis between pieces
     */
    public void play(List<Sound> pieces, int repeatFrom, int pauseMillis) {
        programme = pieces.isEmpty() ? NOTHING : new Programme(List.copyOf(pieces), repeatFrom, pauseMillis);
    }

    private void run() {
        while (!closed) {
            play(programme);
        }
    }

    /** Until it is over, or another one is wanted. */
    private void play(Programme now) {
        boolean marker = true;
        for (int i = 0; wanted(now); i = i + 1 < now.pieces.size() ? i + 1 : now.repeatFrom) {
            for (byte[] packet : now.pieces.get(i).packets()) {
                if (!wanted(now)) {
                    return;
                }
                send(packet, marker);
                marker = false;
            }
            for (int left = now.pauseMillis; left > 0 && wanted(now); left -= SILENCE_MILLIS) {
                send(SILENCE, false);
            }
        }
    }

    private boolean wanted(Programme now) {
        return !closed && programme == now;
    }

    private void send(byte[] packet, boolean marker) {
        for (long wait; !closed && (wait = began + samples * 1_000_000 / 48 - System.nanoTime()) > 0; ) {
            LockSupport.parkNanos(wait);
        }
        if (!closed) {
            output.send(packet, samples, marker);
            samples += OpusPacket.samples(packet);
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
    }
}
