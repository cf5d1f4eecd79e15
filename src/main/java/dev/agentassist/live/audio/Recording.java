package dev.agentassist.live.audio;

import dev.agentassist.live.AudioPacket;
import java.io.IOException;

/**
 * Sound of a call that is written down while it is heard. Used by one thread. All times are {@link System#nanoTime()}.
 * What is written lags behind by {@link #LATENCY_NANOS}, in which late packets find their place.
 */
public interface Recording {

    long LATENCY_NANOS = 500_000_000L;

    void packet(AudioPacket packet) throws IOException;

    /** Writes what is due by now; to be called some times a second, whether there is sound or not. */
    void tick(long nowNanos) throws IOException;

    /** Writes what is left, up to that moment, and closes all files. */
    void finish(long nowNanos) throws IOException;

    /** How many packets were no Opus, or could not be decoded. */
    long undecodable();
}
