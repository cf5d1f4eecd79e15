package dev.agentassist.audit;

import java.time.Instant;
import java.util.List;

/**
 * What an audit says about one call.
 *
 * @param agent the agent's id, or null
 * @param findings the rules that do not hold, in the policy's order
 * @param passed the ids of the rules that hold
 * @param notApplicable the ids of the rules that are not about this call, or that its record cannot tell
 * @param error why the call could not be examined whole, as one sentence; null when it could
 */
public record AuditRow(
        String conversationId,
        Instant createdAt,
        String status,
        String agent,
        List<Finding> findings,
        List<String> passed,
        List<String> notApplicable,
        String error) {

    public AuditRow {
        findings = List.copyOf(findings);
        passed = List.copyOf(passed);
        notApplicable = List.copyOf(notApplicable);
    }

    /** {@code error}, {@code fail} (a finding that is not accepted) or {@code pass}. */
    public String verdict() {
        if (error != null) {
            return "error";
        }
        return findings.stream().anyMatch(f -> f.accepted() == null) ? "fail" : "pass";
    }
}
