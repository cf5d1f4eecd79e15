package dev.agentassist.store;

import dev.agentassist.problem.Failure;
import java.time.Instant;

/** Times as the databases keep them: microseconds since 1970. What is finer is cut off. */
final class Micros {

    private static final Instant FIRST = Instant.parse("0001-01-01T00:00:00Z");
    private static final Instant END = Instant.parse("9999-12-31T23:59:59.999999999Z");

    private Micros() {}

    static long of(Instant instant) {
        if (instant.isBefore(FIRST) || instant.isAfter(END)) {
            throw Failure.badInput("The time " + instant + " has no year of four digits.", "Write it as 2026-11-23T09:30:00Z.");
        }
        return instant.getEpochSecond() * 1_000_000 + instant.getNano() / 1_000;
    }

    static Instant instant(long micros) {
        return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000), Math.floorMod(micros, 1_000_000) * 1_000L);
    }
}
