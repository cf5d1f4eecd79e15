package dev.agentassist.render;

import dev.agentassist.audit.AuditSummary;
import dev.agentassist.brief.Brief.Severity;
import java.util.ArrayList;
import java.util.List;

/** An audit's result as one sentence. */
public final class AuditText {

    private AuditText() {}

    /** For stderr. */
    public static String summary(AuditSummary s) {
        var text = new StringBuilder(counted(s.calls(), "call") + ": " + s.passed() + " pass, " + s.failed() + " fail");
        if (s.errors() > 0) {
            text.append(", ").append(s.errors()).append(" could not be examined");
        }
        List<String> open = new ArrayList<>();
        for (Severity severity : List.of(Severity.HIGH, Severity.MEDIUM, Severity.LOW)) {
            if (s.count(severity) > 0) {
                open.add(s.count(severity) + " " + severity.wire());
            }
        }
        if (!open.isEmpty()) {
            text.append("; findings: ").append(String.join(", ", open));
        }
        if (s.accepted() > 0) {
            text.append("; ").append(s.accepted()).append(" known let pass");
        }
        return text.append(s.gateHolds() ? "." : ". The gate (" + s.gate().wire() + ") does not hold.").toString();
    }

    static String counted(long n, String what) {
        return n + " " + what + (n == 1 ? "" : "s");
    }
}
