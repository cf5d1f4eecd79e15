package dev.agentassist.smoke;

import java.time.Duration;
import java.util.Set;

/**
 * What a canary call is to prove.
 *
 * @param checks at least one
 * @param timeout for each single wait: a request, a connection, a line to arrive
 * @param within for the whole run, what removes it left out
 * @param mostConnect the limit for connecting the listener
 * @param mostText the limit for the slowest segment
 * @param mostSound the limit for the median of the sound's packets
 * @param sweepAfter rooms and records of a canary that are older than this were left by a run that was killed
 */
public record SmokeOptions(
        Set<SmokeCheck> checks,
        Duration timeout,
        Duration within,
        Duration mostConnect,
        Duration mostText,
        Duration mostSound,
        Duration sweepAfter) {

    public SmokeOptions {
        checks = Set.copyOf(checks);
    }

    /** Whether a room is made. */
    public boolean needsCall() {
        return checks.stream().anyMatch(SmokeCheck::needsCall);
    }
}
