package dev.agentassist.model;

import dev.agentassist.problem.Failure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * How fast several workers together may ask one server: a number of questions a minute, and no question at all while the
 * server asked any of them to wait. Thread-safe.
 */
public final class Pace implements Consumer<Duration> {

    private final Duration between;
    private final InstantSource clock;
    private final Consumer<Duration> sleeper;
    private long next;

    /** @param perMinute at most so many questions a minute, evenly; 0 for no limit */
    public Pace(int perMinute, InstantSource clock) {
        this(perMinute, clock, Pace::sleep);
    }

    /** @param sleeper waits */
    Pace(int perMinute, InstantSource clock, Consumer<Duration> sleeper) {
        this.between = perMinute == 0 ? Duration.ZERO : Duration.ofMinutes(1).dividedBy(perMinute);
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** Waits until it is this question's turn. */
    public void await() {
        long turn;
        long now;
        synchronized (this) {
            now = clock.millis();
            turn = Math.max(now, next);
            next = turn + between.toMillis();
        }
        if (turn > now) {
            sleeper.accept(Duration.ofMillis(turn - now));
        }
    }

    /** The server asked to wait: everybody does, this thread too. */
    @Override
    public void accept(Duration pause) {
        synchronized (this) {
            next = Math.max(next, clock.millis() + pause.toMillis());
        }
        sleeper.accept(pause);
    }

    private static void sleep(Duration pause) {
        try {
            Thread.sleep(pause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable("Interrupted while waiting for the model server.", null);
        }
    }
}
