package dev.agentassist.net;

import java.time.Duration;
import java.time.Instant;

/** How far this machine's clock is from a server's, by the {@code Date} of an answer: what a refused token may come from. */
public final class ClockOffset {

    /** A clock that is off by less does not keep a token from being taken. */
    private static final Duration HARMLESS = Duration.ofSeconds(30);

    private ClockOffset() {}

    /** A sentence, or null where the clocks agree or {@code server} is null. */
    public static String sentence(Instant here, Instant server) {
        if (server == null) {
            return null;
        }
        Duration behind = Duration.between(here, server);
        if (behind.abs().compareTo(HARMLESS) <= 0) {
            return null;
        }
        return "This machine's clock is " + behind.abs().toMinutes() + " min " + behind.abs().toSecondsPart() + " s "
                + (behind.isNegative() ? "ahead of" : "behind") + " the server's.";
    }
}
