package dev.agentassist.live.audio;

import java.io.Closeable;
import java.io.IOException;

/** Takes mono sound at 48 kHz, 16 bit, in order and without gaps. */
public interface SoundFile extends Closeable {

    void write(short[] pcm, int length) throws IOException;

    /** What was written until now survives if the process is killed, but for the last frame of a coder. */
    void flush() throws IOException;

    /** Ends it in order. */
    @Override
    void close() throws IOException;
}
