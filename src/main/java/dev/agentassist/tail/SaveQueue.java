package dev.agentassist.tail;

import dev.agentassist.live.segment.Segment;
import dev.agentassist.problem.Failure;
import dev.agentassist.store.ConversationStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Saves what was said before it is shown: a line goes on to the output only after the store has committed it, so that
 * nothing shown is lost, whenever the process dies. Several lines that wait together are one commit.
 */
final class SaveQueue implements AutoCloseable {

    private static final int MOST_WAITING = 50_000;
    private static final int AT_ONCE = 500;

    /** {@code said}: null for a line that is only shown. */
    private record Entry(Recorder recorder, Segment said, String line, boolean replaceable) {}

    private final BlockingQueue<Entry> waiting = new LinkedBlockingQueue<>(MOST_WAITING);
    private final AtomicInteger pending = new AtomicInteger();
    private final Supplier<ConversationStore> stores;
    private final InstantSource clock;
    private final OutputQueue output;
    private final Consumer<String> warn;
    private final Thread thread;
    private ConversationStore store;
    private boolean failing;
    private volatile boolean closing;

    SaveQueue(Supplier<ConversationStore> stores, InstantSource clock, OutputQueue output, Consumer<String> warn) {
        this.stores = stores;
        this.clock = clock;
        this.output = output;
        this.warn = warn;
        thread = Thread.ofPlatform().daemon().name("tail-save").start(this::run);
    }

    void add(Recorder recorder, Segment said, String line, boolean replaceable) {
        pending.incrementAndGet();
        if (!waiting.offer(new Entry(recorder, said, line, replaceable))) {
            pending.decrementAndGet();
            if (!replaceable) {
                output.add(line, false);
                warn.accept("The store is too slow: a line was shown without being saved.");
            }
        }
    }

    private void run() {
        try {
            while (!closing) {
                Entry first = waiting.poll(200, TimeUnit.MILLISECONDS);
                if (first == null) {
                    continue;
                }
                var batch = new ArrayList<Entry>(List.of(first));
                waiting.drainTo(batch, AT_ONCE);
                save(batch);
                batch.forEach(e -> output.add(e.line(), e.replaceable()));
                synchronized (pending) {
                    pending.addAndGet(-batch.size());
                    pending.notifyAll();
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        }
    }

    private void save(List<Entry> batch) {
        Set<Recorder> touched = new LinkedHashSet<>();
        for (Entry entry : batch) {
            if (entry.recorder() != null) {
                if (entry.said() != null) {
                    entry.recorder().add(entry.said());
                }
                touched.add(entry.recorder());
            }
        }
        if (touched.isEmpty()) {
            return;
        }
        try {
            if (store == null) {
                store = stores.get();
            }
            try (ConversationStore.Writer writer = store.write()) {
                touched.forEach(r -> writer.put(r.record(clock.instant())));
                writer.commit();
            }
            failing = false;
        } catch (Failure e) {
            // Each record holds all that was said: the next one that succeeds mends it.
            if (!failing) {
                failing = true;
                warn.accept("What is shown is not saved for the moment: " + e.problem().detail());
            }
        }
    }

    /** Waits until all has been saved and handed on, at most so long. */
    void drain(long millis) throws InterruptedException {
        long end = System.nanoTime() + millis * 1_000_000;
        synchronized (pending) {
            while (pending.get() > 0) {
                long left = (end - System.nanoTime()) / 1_000_000;
                if (left <= 0) {
                    return;
                }
                pending.wait(left);
            }
        }
    }

    @Override
    public void close() {
        closing = true;
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (store != null && !thread.isAlive()) {
            store.close();
        }
    }
}
