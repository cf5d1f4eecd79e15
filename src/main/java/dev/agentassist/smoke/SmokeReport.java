package dev.agentassist.smoke;

import dev.agentassist.problem.Problem;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * What a canary call proved.
 *
 * @param server the LiveKit server's address
 * @param serverVersion as it told, or null where nobody joined
 * @param room the canary's, or null where none was made
 * @param results in their order; checks that were not chosen are left out
 * @param problem why the deployment could not be reached or used, so that not all was tried; or null
 */
public record SmokeReport(
        String server,
        String serverVersion,
        String room,
        Instant started,
        Duration took,
        List<CheckResult> results,
        Figures figures,
        Problem problem) {

    /**
     * What was measured on this side, sender and listener being in one process. Milliseconds; null where it was not.
     *
     * @param connect from the listener's first request until it was subscribed
     * @param textMedian from sending the end of a segment until the listener had it settled
     * @param textMost the longest of them
     * @param soundMedian from sending a packet until the listener had it
     * @param soundP95 what 95 % of the packets kept below
     * @param packetsSent of the spoken line
     * @param packetsHeard of these, each once
     * @param mediaPath how the canary's sound went: {@code udp}, {@code tcp} or {@code relay}
     */
    public record Figures(
            Double connect,
            Double textMedian,
            Double textMost,
            Double soundMedian,
            Double soundP95,
            int packetsSent,
            int packetsHeard,
            String mediaPath) {

        public static final Figures NONE = new Figures(null, null, null, null, null, 0, 0, null);
    }

    public SmokeReport {
        results = List.copyOf(results);
    }

    public long count(CheckResult.State state) {
        return results.stream().filter(r -> r.state() == state).count();
    }

    /** Whether a check failed. */
    public boolean failed() {
        return count(CheckResult.State.FAILED) > 0;
    }

    /** Whether all that was chosen was tried and holds. */
    public boolean passed() {
        return !failed() && problem == null && count(CheckResult.State.SKIPPED) == 0;
    }
}
