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

    private final InputStream in;
    private final LimitedInput limit;
    private final JsonRecord record;
    private final Line line = new Line();
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
        int c;
        while ((c = in.read()) >= 0 && c != '\n') {
            line.write(c);
        }
        return c >= 0 || line.size() > 0;
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
