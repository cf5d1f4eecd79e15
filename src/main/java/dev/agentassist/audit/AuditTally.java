package dev.agentassist.audit;

import dev.agentassist.audit.policy.Policy;
import dev.agentassist.audit.policy.Rule;
import dev.agentassist.brief.Brief.Severity;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts rows as they pass. */
final class AuditTally {

    private final Policy policy;
    private final Severity gate;
    private final Map<AuditSummary.Key, Long> findings = new LinkedHashMap<>();
    private long calls;
    private long failed;
    private long errors;
    private long accepted;
    private boolean gateHolds = true;

    /** @param gate the severity from which findings close the gate, or null */
    AuditTally(Policy policy, Severity gate) {
        this.policy = policy;
        this.gate = gate;
        for (Rule rule : policy.rules()) {
            findings.put(new AuditSummary.Key(rule.id(), rule.severity()), 0L);
        }
    }

    void add(AuditRow row) {
        calls++;
        switch (row.verdict()) {
            case "error" -> errors++;
            case "fail" -> failed++;
            default -> { }
        }
        for (Finding finding : row.findings()) {
            if (finding.accepted() != null) {
                accepted++;
            } else {
                findings.merge(new AuditSummary.Key(finding.rule(), finding.severity()), 1L, Long::sum);
            }
            gateHolds &= gate == null || !finding.counts(gate);
        }
    }

    long calls() {
        return calls;
    }

    AuditSummary summary(String stopped, Instant finished, Duration took) {
        return new AuditSummary(
                policy.label(),
                calls,
                calls - failed - errors,
                failed,
                errors,
                Collections.unmodifiableMap(new LinkedHashMap<>(findings)),
                accepted,
                gate,
                gateHolds,
                stopped,
                finished,
                took);
    }
}
