package dev.agentassist.exchange;

import dev.agentassist.conversation.format.Parsed;
import dev.agentassist.conversation.format.Records;
import dev.agentassist.problem.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;

/** Reads records on a thread of its own, some ahead: a thousand, or a few megabytes of large ones. */
final class ReadAhead implements AutoCloseable {

    private static final int BATCH = 128;
    private static final int BATCHES = 8;
    /** Of the file that a batch may hold, in KiB: large records travel alone. */
    private static final int BATCH_KIB = 512;
    /** Of the file that may be read ahead, in KiB. */
    private static final int AHEAD_KIB = 4096;

    /** What the thread hands over: records, and at the end how it ended. */
    private record Batch(List<Parsed> records, int kib, boolean last, Throwable failure) {}

    private final BlockingQueue<Batch> queue = new ArrayBlockingQueue<>(BATCHES);
    private final Semaphore room = new Semaphore(AHEAD_KIB);
    private final Thread reader;
    private Batch last = new Batch(List.of(), 0, false, null);

    ReadAhead(Records records, UnaryOperator<Parsed> work) {
        reader = Thread.ofPlatform().daemon().name("import-reader").start(() -> read(records, work));
    }

    private void read(Records records, UnaryOperator<Parsed> work) {
        List<Parsed> ready = new ArrayList<>(BATCH);
        try {
            try {
                long begin = 0;
                while (records.hasNext()) {
                    ready.add(work.apply(records.next()));
                    long kib = records.bytes() - begin >> 10;
                    if (ready.size() == BATCH || kib > BATCH_KIB) {
                        hand(ready, (int) Math.min(kib, AHEAD_KIB));
                        ready = new ArrayList<>(BATCH);
                        begin = records.bytes();
                    }
                }
                queue.put(new Batch(ready, 0, true, null));
            } catch (RuntimeException | Error e) {
                // Whatever ended this thread, the other one must not wait for it.
                queue.put(new Batch(ready, 0, true, e));
            }
        } catch (InterruptedException e) {
            // The writer has given up.
        }
    }

    /** Waits while too much lies between the threads. */
    private void hand(List<Parsed> ready, int kib) throws InterruptedException {
        room.acquire(kib);
        queue.put(new Batch(ready, kib, false, null));
    }

    /** The next records, at least one; empty at the end. */
    List<Parsed> next() {
        check();
        while (!last.last()) {
            try {
                room.release(last.kib());
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
