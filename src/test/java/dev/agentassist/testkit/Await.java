package dev.agentassist.testkit;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, never for time. */
public final class Await {

    /** Generous: a busy machine is slow, not wrong. */
    public static final Duration PATIENCE = Duration.ofSeconds(60);

    private Await() {}

    /** Until the condition holds; {@code what} is told when it does not in time. */
    public static void until(String what, BooleanSupplier condition) {
        until(() -> what, PATIENCE, condition);
    }

    public static void until(Supplier<String> what, Duration limit, BooleanSupplier condition) {
        long end = System.nanoTime() + limit.toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("Not within " + limit.toSeconds() + " s: " + what.get());
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new AssertionError("Interrupted while waiting: " + what.get(), e);
            }
        }
    }
}
