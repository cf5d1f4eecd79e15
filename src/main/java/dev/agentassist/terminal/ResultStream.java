package dev.agentassist.terminal;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Standard output. It remembers why it could not be written, which a {@link PrintStream} forgets: a full disk is a
 * failure, while a reader that closed its pipe, as head does, has what it wanted.
 */
public final class ResultStream extends PrintStream {

    private final Sink sink;

    private volatile boolean abandoned;

    private ResultStream(Sink sink) {
        super(sink, false, StandardCharsets.UTF_8);
        this.sink = sink;
    }

    public static ResultStream of(OutputStream out) {
        return new ResultStream(new Sink(out));
    }

    /** The reader has stopped, and was waited for long enough: a writer may hang in this stream, and nobody else should. */
    public void abandon() {
        abandoned = true;
    }

    public boolean abandoned() {
        return abandoned;
    }

    /** Why something that was printed is lost, in the system's words; null when nothing is, or nobody reads any more. */
    public String lost() {
        return sink.error == null || closedByReader() ? null : sink.error.getMessage();
    }

    private boolean closedByReader() {
        if (String.valueOf(sink.error.getMessage()).contains("Broken pipe")) {
            return true;
        }
        try {
            // The system's words can be in another language.
            String target = Files.readSymbolicLink(Path.of("/proc/self/fd/1")).toString();
            return target.startsWith("pipe:") || target.startsWith("socket:");
        } catch (IOException e) {
            return false;
        }
    }

    private static final class Sink extends OutputStream {
        private final OutputStream out;
        private IOException error;

        Sink(OutputStream out) {
            this.out = out;
        }

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                error = error == null ? e : error;
                throw e;
            }
        }
    }
}
