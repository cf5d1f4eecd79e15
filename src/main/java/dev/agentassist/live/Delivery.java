package dev.agentassist.live;

import java.util.ArrayDeque;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

/**
 * The events of one listen on their way to its listeners: in order, on another thread than the one that makes them.
 * Bounded: when the listeners are too slow, what later events replace is dropped first, and what was dropped is told.
 */
final class Delivery {

    private static final int MOST_WAITING = 20_000;
    private static final int MOST_SETTLED_WAITING = 50_000;
    private static final long MOST_CHARACTERS_WAITING = 16 << 20;
    /** How many go out before another listen has its turn. */
    private static final int AT_ONCE = 256;

    private final Executor executor;
    private final List<Consumer<LiveEvent>> listeners = new CopyOnWriteArrayList<>();
    private final ArrayDeque<LiveEvent> waiting = new ArrayDeque<>();
    private long characters;
    private boolean running;
    private long shedInterims;
    private long shedFinals;
    private Runnable whenEmpty;

    Delivery(Executor executor) {
        this.executor = executor;
    }

    void add(Consumer<LiveEvent> listener) {
        listeners.add(listener);
    }

    synchronized void put(LiveEvent event) {
        boolean full = characters >= MOST_CHARACTERS_WAITING;
        if ((full || waiting.size() >= MOST_WAITING) && isReplaceable(event)) {
            shedInterims++;
            return;
        }
        if ((full || waiting.size() >= MOST_SETTLED_WAITING) && event instanceof LiveEvent.Transcript) {
            shedFinals++;
            return;
        }
        waiting.add(event);
        characters += size(event);
        run();
    }

    /** Runs once all that was put before has been delivered. */
    synchronized void afterwards(Runnable task) {
        whenEmpty = task;
        run();
    }

    private void run() {
        if (!running) {
            running = true;
            executor.execute(this::deliver);
        }
    }

    private static boolean isReplaceable(LiveEvent event) {
        return event instanceof LiveEvent.Audio
                || event instanceof LiveEvent.Changed
                || event instanceof LiveEvent.Transcript said && !said.segment().settled();
    }

    private static long size(LiveEvent event) {
        return event instanceof LiveEvent.Transcript said
                ? said.segment().text().length()
                : event instanceof LiveEvent.Audio audio ? audio.packet().opus().length / 2 : 0;
    }

    private void deliver() {
        for (int i = 0; i < AT_ONCE; i++) {
            LiveEvent event = next();
            if (event == null) {
                return;
            }
            for (Consumer<LiveEvent> listener : listeners) {
                try {
                    listener.accept(event);
                } catch (RuntimeException e) {
                    Thread current = Thread.currentThread();
                    current.getUncaughtExceptionHandler().uncaughtException(current, e);
                }
            }
        }
        executor.execute(this::deliver);
    }

    private LiveEvent next() {
        Runnable task = null;
        synchronized (this) {
            LiveEvent event = waiting.poll();
            if (event != null) {
                characters -= size(event);
                return event;
            }
            if (shedInterims > 0 || shedFinals > 0) {
                var shed = new LiveEvent.Shed(shedInterims, shedFinals);
                shedInterims = 0;
                shedFinals = 0;
                return shed;
            }
            task = whenEmpty;
            whenEmpty = null;
            if (task == null) {
                running = false;
                return null;
            }
        }
        task.run();
        return next();
    }
}
