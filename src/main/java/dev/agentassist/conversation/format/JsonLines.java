package dev.agentassist.conversation.format;

import com.fasterxml.jackson.core.JacksonException;
import dev.agentassist.json.Json;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;

/** One JSON object a line. A line that is broken is bad by itself; the next one is read all the same. */
final class JsonLines implements Records {

    private static final int CHUNK = 64 << 10;

    private final InputStream in;
    private final LimitedInput limit;
    private final JsonRecord record;
    private final Line line = new Line();
    private final byte[] chunk = new byte[CHUNK];
    private int at;
    private int end;
    private long number;
    private Parsed next;

    JsonLines(InputStream in, LimitedInput limit, String name, FormatHints hints) {
        this.in = in;
        this.limit = limit;
        this.record = new JsonRecord(name, hints);
    }

    @Override
    public String format() {
        return record.format();
    }

    @Override
    public long bytes() {
        return limit.total();
    }

    @Override
    public boolean hasNext() {
        try {
            while (next == null && readLine()) {
                number++;
                if (!line.isBlank()) {
                    next = parse();
                }
            }
            return next != null;
        } catch (LimitedInput.TooLong e) {
            throw record.tooLong("line " + (number + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Parsed parse() {
        String place = "line " + number;
        try {
            return record.read(Json.MAPPER.readTree(line.bytes(), 0, line.size()), place);
        } catch (JacksonException e) {
            return new Parsed.Bad(place, JsonRecord.syntax(e, false));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** False at the end. The line is kept without its line feed. */
    private boolean readLine() throws IOException {
        limit.next();
        line.reset();
        while (true) {
            for (int i = at; i < end; i++) {
                if (chunk[i] == '\n') {
                    line.write(chunk, at, i - at);
                    at = i + 1;
                    return true;
                }
            }
            line.write(chunk, at, end - at);
            at = 0;
            end = Math.max(0, in.read(chunk, 0, chunk.length));
            if (end == 0) {
                return line.size() > 0;
            }
        }
    }

    @Override
    public Parsed next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Parsed parsed = next;
        next = null;
        return parsed;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }

    /** A byte array that is used again for each line. */
    private static final class Line extends ByteArrayOutputStream {
        private static final int KEPT = 1 << 20;

        byte[] bytes() {
            return buf;
        }

        boolean isBlank() {
            for (int i = 0; i < count; i++) {
                if (buf[i] > ' ' || buf[i] < 0) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public synchronized void reset() {
            super.reset();
            if (buf.length > KEPT) {
                buf = new byte[8192];
            }
        }
    }
}
