package dev.agentassist.audit;

import dev.agentassist.brief.Brief.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;

/**
 * What an audit came to.
 *
 * @param policy the policy's label
 * @param calls examined, those of an earlier interrupted run included
 * @param passed calls without a finding that counts as open
 * @param failed calls with one
 * @param errors calls that could not be examined whole
 * @param findings open ones, by rule and severity, in the policy's order
 * @param accepted findings that are let pass
 * @param gate the severity from which findings close the gate; null: never
 * @param gateHolds whether none does
 * @param stopped why the run stopped before the last call, or null
 */
public record AuditSummary(
        String policy,
        long calls,
        long passed,
        long failed,
        long errors,
        Map<Key, Long> findings,
        long accepted,
        Severity gate,
        boolean gateHolds,
        String stopped,
        Instant finished,
        Duration took) {

    /** Findings that are counted together. */
    public record Key(String rule, Severity severity) {}

    /** All open findings of a severity. */
    public long count(Severity severity) {
        return findings.entrySet().stream()
                .filter(e -> e.getKey().severity() == severity)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Whether {@code --resume} has something left to do. */
    public boolean unfinished() {
        return errors > 0 || stopped != null;
    }
}
