package dev.agentassist.smoke;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** How long may be waited: so long each time, and so long in all, counted from the making of this. Any thread. */
final class Patience {

    private static final Duration GRACE = Duration.ofSeconds(1);

    private final Duration each;
    private final Duration whole;
    private final long end;

    Patience(Duration each, Duration whole) {
        this.each = each;
        this.whole = whole;
        this.end = System.nanoTime() + whole.toNanos();
    }

    /** For one wait that begins now; zero when the time is up. */
    Duration now() {
        Duration left = left();
        return left.compareTo(each) < 0 ? left : each;
    }

    /** Until the time for the whole run is up; never below zero. */
    Duration left() {
        return Duration.ofNanos(Math.max(0, end - System.nanoTime()));
    }

    boolean isOver() {
        return left().isZero();
    }

    /**
     * Does it, and interrupts it soon after the time for the whole run is up: in a virtual thread, where that ends a wait
     * for a server's answer, too. Waits that end by themselves do so before, and say what they were for.
     */
    void within(Runnable work) {
        var task = new FutureTask<Void>(work, null);
        Thread thread = Thread.ofVirtual().name("canary").start(task);
        try {
            if (!thread.join(left().plus(GRACE))) {
                thread.interrupt();
            }
            task.get();
        } catch (ExecutionException e) {
            Throwable cause = e.getCause();
            if (isOver() && !(cause instanceof Failure || cause instanceof Error)) {
                // A library's way to say that it was interrupted.
                throw new Failure(Problem.unavailable("Not done within " + wholeTold() + ".", "Look for what is slow, or allow more."), cause);
            }
            switch (cause) {
                case RuntimeException r -> throw r;
                case Error r -> throw r;
                default -> throw new IllegalStateException(cause);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
            throw Failure.unavailable("The canary call was broken off.", null);
        }
    }

    /** In how much time, for a sentence: {@code 10 s}, or the whole run's where that was the shorter one. */
    String told() {
        return isOver() ? wholeTold() : seconds(each);
    }

    /** {@code 5 s, which the whole run may take (--within)}. */
    String wholeTold() {
        return seconds(whole) + ", which the whole run may take (--within)";
    }

    static String seconds(Duration duration) {
        return duration.toMillis() % 1000 == 0 ? duration.toSeconds() + " s" : duration.toMillis() + " ms";
    }
}
