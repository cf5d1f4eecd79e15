package dev.agentassist.audit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.PriorityQueue;

/** The rows of a journal's runs as one row of rows, newest call first. Each run's are in that order already. */
final class MergedRows implements Iterator<AuditRow>, AutoCloseable {

    private static final Comparator<AuditRow> NEWEST_FIRST = Comparator.comparing(
                    AuditRow::createdAt, Comparator.nullsLast(Comparator.<Instant>reverseOrder()))
            .thenComparing(AuditRow::conversationId, Comparator.reverseOrder());

    /** One run's rows, the next of them at hand. */
    private final class Run {
        private final int number;
        private final BufferedReader lines;
        private AuditRow row;

        Run(int number, InputStream in) {
            this.number = number;
            this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
        }

        /** Whether there is one. */
        boolean advance() throws IOException {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                row = line.startsWith("{\"conversation_id\"") ? AuditRowJson.read(line).orElse(null) : null;
                if (row != null && last.getOrDefault(row.conversationId(), number) == number) {
                    return true;
                }
            }
            lines.close();
            return false;
        }
    }

    private final Map<String, Integer> last;
    private final List<Run> open = new ArrayList<>();
    private final PriorityQueue<Run> runs = new PriorityQueue<>(Comparator.comparing((Run r) -> r.row, NEWEST_FIRST));

    /**
     * @param starts where each run begins in the file, in bytes
     * @param last of calls that are in several runs, the number (1-based) of the one whose row counts
     */
    MergedRows(Path path, List<Long> starts, long length, Map<String, Integer> last) throws IOException {
        this.last = last;
        for (int i = 0; i < starts.size(); i++) {
            long end = i + 1 < starts.size() ? starts.get(i + 1) : length;
            var run = new Run(i + 1, part(path, starts.get(i), end));
            open.add(run);
            if (run.advance()) {
                runs.add(run);
            }
        }
    }

    private static InputStream part(Path path, long from, long to) throws IOException {
        FileChannel file = FileChannel.open(path, StandardOpenOption.READ);
        file.position(from);
        InputStream in = Channels.newInputStream(file);
        return new InputStream() {
            private long left = to - from;

            @Override
            public int read() throws IOException {
                int c = left > 0 ? in.read() : -1;
                left -= c < 0 ? 0 : 1;
                return c;
            }

            @Override
            public int read(byte[] bytes, int offset, int length) throws IOException {
                if (left <= 0) {
                    return -1;
                }
                int n = in.read(bytes, offset, (int) Math.min(length, left));
                left -= Math.max(0, n);
                return n;
            }

            @Override
            public void close() throws IOException {
                in.close();
            }
        };
    }

    @Override
    public boolean hasNext() {
        return !runs.isEmpty();
    }

    @Override
    public AuditRow next() {
        Run run = runs.poll();
        if (run == null) {
            throw new NoSuchElementException();
        }
        AuditRow row = run.row;
        try {
            if (run.advance()) {
                runs.add(run);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return row;
    }

    @Override
    public void close() throws IOException {
        for (Run run : open) {
            run.lines.close();
        }
    }
}
