package dev.agentassist.terminal;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Messages on their way to stderr, which wait while a {@link Screen} is shown that they would write over. */
public final class MessageStream extends PrintStream {

    /** Bytes that wait at most; what is above is left out, and that is said. */
    static final int MOST_HELD = 64 * 1024;

    private final Gate gate;

    public MessageStream(OutputStream to) {
        this(new Gate(to));
    }

    private MessageStream(Gate gate) {
        super(gate, false, StandardCharsets.UTF_8);
        this.gate = gate;
    }

    /** From now on what is written waits. */
    void hold() {
        flush();
        gate.hold();
    }

    /** Writes what has waited, and goes on as before. */
    void release() {
        flush();
        gate.release();
    }

    private static final class Gate extends OutputStream {
        private final OutputStream to;
        private ByteArrayOutputStream held;
        private boolean full;

        Gate(OutputStream to) {
            this.to = to;
        }

        synchronized void hold() {
            if (held == null) {
                held = new ByteArrayOutputStream();
                full = false;
            }
        }

        synchronized void release() {
            ByteArrayOutputStream waited = held;
            held = null;
            if (waited == null) {
                return;
            }
            try {
                waited.writeTo(to);
                if (full) {
                    to.write("\nassist: More messages came than could be kept; they are left out.\n".getBytes(StandardCharsets.UTF_8));
                }
                to.flush();
            } catch (IOException e) {
                // Nobody reads stderr any more.
            }
        }

        @Override
        public synchronized void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public synchronized void write(byte[] bytes, int from, int count) throws IOException {
            if (held == null) {
                to.write(bytes, from, count);
            } else {
                int fits = Math.min(count, MOST_HELD - held.size());
                held.write(bytes, from, fits);
                full |= fits < count;
            }
        }

        @Override
        public synchronized void flush() throws IOException {
            to.flush();
        }
    }
}
