package dev.agentassist.smoke;

import java.time.Duration;

/**
 * How one check came out.
 *
 * @param detail one sentence; never holds a token or a secret
 * @param mend what to do about it, or null
 * @param took until it was known
 */
public record CheckResult(SmokeCheck check, State state, String detail, String mend, Duration took) {

    /** The ways to come out. */
    public enum State {
        PASSED,
        FAILED,
        /** Not tried: something that it needs failed. */
        SKIPPED
    }
}
