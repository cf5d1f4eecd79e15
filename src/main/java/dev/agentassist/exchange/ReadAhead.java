package dev.agentassist.exchange;

import dev.agentassist.conversation.format.Parsed;
import dev.agentassist.conversation.format.Records;
import dev.agentassist.problem.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.UnaryOperator;

/** Reads records on a thread of its own, a few thousand ahead at most. */
final class ReadAhead implements AutoCloseable {

    private static final int BATCH = 128;
    private static final int BATCHES = 8;
    /** Content that a batch may hold, roughly: large records travel alone. */
    private static final int BATCH_TURNS = 4000;

    /** What the thread hands over: records, and at the end how it ended. */
    private record Batch(List<Parsed> records, boolean last, Throwable failure) {}

    private final BlockingQueue<Batch> queue = new ArrayBlockingQueue<>(BATCHES);
    private final Thread reader;
    private Batch last = new Batch(List.of(), false, null);

    ReadAhead(Records records, UnaryOperator<Parsed> work) {
        reader = Thread.ofPlatform().daemon().name("import-reader").start(() -> read(records, work));
    }

    private void read(Records records, UnaryOperator<Parsed> work) {
        List<Parsed> ready = new ArrayList<>(BATCH);
        try {
            try {
                int turns = 0;
                while (records.hasNext()) {
                    Parsed parsed = work.apply(records.next());
                    ready.add(parsed);
                    turns += turns(parsed);
                    if (ready.size() == BATCH || turns > BATCH_TURNS) {
                        queue.put(new Batch(ready, false, null));
                        ready = new ArrayList<>(BATCH);
                        turns = 0;
                    }
                }
                queue.put(new Batch(ready, true, null));
            } catch (RuntimeException | Error e) {
                // Whatever ended this thread, the other one must not wait for it.
                queue.put(new Batch(ready, true, e));
            }
        } catch (InterruptedException e) {
            // The writer has given up.
        }
    }

    private static int turns(Parsed parsed) {
        return parsed instanceof Parsed.Read read && read.conversation().transcript() != null
                ? read.conversation().transcript().path("items").size()
                : 1;
    }

    /** The next records, at least one; empty at the end. */
    List<Parsed> next() {
        check();
        while (!last.last()) {
            try {
                last = queue.take();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Failure.unavailable("The import was interrupted.", null);
            }
            if (!last.records().isEmpty()) {
                return last.records();
            }
            check();
        }
        return List.of();
    }

    private void check() {
        if (last.failure() instanceof Error error) {
            throw error;
        }
        if (last.failure() instanceof RuntimeException failure) {
            throw failure;
        }
    }

    @Override
    public void close() {
        reader.interrupt();
    }
}
