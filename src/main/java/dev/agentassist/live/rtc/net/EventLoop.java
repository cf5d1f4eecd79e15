package dev.agentassist.live.rtc.net;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.PriorityQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;

/**
 * One daemon thread with a selector, timers and a queue of tasks. All that it runs must not block; what throws is given
 * to the thread's uncaught exception handler, and the loop goes on.
 */
public final class EventLoop implements AutoCloseable {

    /** What is ready is told to the channel's handler. */
    public interface Handler {
        void ready(SelectionKey key) throws IOException;

        /** The handler itself threw; the channel is closed already. */
        default void failed(IOException cause) {}
    }

    /** Something to be run later, unless cancelled before. */
    public static final class Timer implements Comparable<Timer> {
        private final long at;
        private final long order;
        private Runnable task;

        private Timer(long at, long order, Runnable task) {
            this.at = at;
            this.order = order;
            this.task = task;
        }

        @Override
        public int compareTo(Timer other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }

        /** Loop's thread only. Harmless when it has run already. */
        public void cancel() {
            task = null;
        }
    }

    /** How long a call from another thread waits for the loop. */
    private static final long CALL_SECONDS = 5;

    /** Bytes of the shared buffer for reading: the largest datagram. */
    private static final int READ_BUFFER = 65536;

    private final Selector selector;
    private final Thread thread;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean woken = new AtomicBoolean();
    private final PriorityQueue<Timer> timers = new PriorityQueue<>();
    private final ByteBuffer readBuffer = ByteBuffer.allocateDirect(READ_BUFFER);
    private final long origin = System.nanoTime();
    private long made;
    private volatile boolean closed;

    /** Starts the thread. */
    public EventLoop(String name) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    /** Nanoseconds since the loop began: never negative, never going back. */
    public long now() {
        return System.nanoTime() - origin;
    }

    public boolean inLoop() {
        return Thread.currentThread() == thread;
    }

    /** A buffer for one read, cleared; loop's thread only, to be done with before the handler returns. */
    public ByteBuffer readBuffer() {
        return readBuffer.clear();
    }

    /** Runs a task on the loop's thread, after those queued before. Dropped once the loop is closed. */
    public void execute(Runnable task) {
        tasks.add(task);
        if (!inLoop() && woken.compareAndSet(false, true)) {
            selector.wakeup();
        }
    }

    /**
     * Runs a task there and waits for its result.
     *
     * @throws RejectedExecutionException where the loop is closed or does not answer within 5 s
     */
    public <T> T call(Supplier<T> task) {
        if (inLoop()) {
            return task.get();
        }
        if (closed) {
            throw new RejectedExecutionException("The event loop is closed.");
        }
        var result = new CompletableFuture<T>();
        execute(() -> {
            try {
                result.complete(task.get());
            } catch (RuntimeException e) {
                result.completeExceptionally(e);
            }
        });
        try {
            return result.get(CALL_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            throw new RejectedExecutionException("The event loop did not answer.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RejectedExecutionException("Interrupted while waiting for the event loop.", e);
        }
    }

    /** Loop's thread only. */
    public Timer schedule(long delayNanos, Runnable task) {
        var timer = new Timer(now() + Math.max(0, delayNanos), made++, task);
        timers.add(timer);
        return timer;
    }

    /** Loop's thread only. */
    public SelectionKey register(SelectableChannel channel, int ops, Handler handler) throws IOException {
        channel.configureBlocking(false);
        return channel.register(selector, ops, handler);
    }

    private void run() {
        while (!closed) {
            try {
                long wait = runTimers();
                if (!tasks.isEmpty()) {
                    selector.selectNow();
                } else if (wait < 0) {
                    selector.select();
                } else {
                    // Rounded up: rounded down the loop would spin through the last millisecond.
                    selector.select(wait / 1_000_000 + 1);
                }
                woken.set(false);
                for (var keys = selector.selectedKeys().iterator(); keys.hasNext(); ) {
                    SelectionKey key = keys.next();
                    keys.remove();
                    serve(key);
                }
                runTasks();
            } catch (IOException | RuntimeException e) {
                report(e);
            }
        }
        shut();
    }

    /** Runs those that are due; returns the nanoseconds until the next, or -1. */
    private long runTimers() {
        long now = now();
        while (!timers.isEmpty()) {
            Timer next = timers.peek();
            if (next.task == null) {
                timers.poll();
            } else if (next.at <= now) {
                timers.poll();
                guarded(next.task);
            } else {
                return next.at - now;
            }
        }
        return -1;
    }

    /** Those that were queued when it began: tasks that queue tasks must not keep the sockets waiting. */
    private void runTasks() {
        for (int n = tasks.size(); n > 0; n--) {
            Runnable task = tasks.poll();
            if (task == null) {
                return;
            }
            guarded(task);
        }
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            report(e);
        }
    }

    private void serve(SelectionKey key) throws IOException {
        var handler = (Handler) key.attachment();
        if (!key.isValid()) {
            return;
        }
        try {
            handler.ready(key);
        } catch (IOException e) {
            key.cancel();
            key.channel().close();
            handler.failed(e);
        } catch (RuntimeException e) {
            report(e);
        }
    }

    private void report(Throwable e) {
        thread.getUncaughtExceptionHandler().uncaughtException(thread, e);
    }

    private void shut() {
        try {
            for (SelectionKey key : selector.keys()) {
                key.channel().close();
            }
            selector.close();
        } catch (IOException e) {
            // Closing is all that was wanted.
        }
        tasks.clear();
    }

    /** Ends the thread once the tasks queued so far have run, and closes its channels. Waits at most half a second. */
    @Override
    public void close() {
        execute(() -> closed = true);
        if (inLoop()) {
            return;
        }
        try {
            thread.join(500);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
