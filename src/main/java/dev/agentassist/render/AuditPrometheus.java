package dev.agentassist.render;

import dev.agentassist.audit.AuditSummary;
import dev.agentassist.audit.AuditSummary.Key;
import dev.agentassist.audit.Shard;
import java.util.Locale;
import java.util.Map;

/** An audit's figures for node_exporter's textfile collector, in Prometheus' text format 0.0.4. */
public final class AuditPrometheus {

    private static final String PREFIX = "agent_assist_audit_";

    private final StringBuilder out = new StringBuilder();
    private final String common;

    private AuditPrometheus(AuditSummary summary, Shard shard) {
        String policy = "policy=\"" + label(summary.policy().replaceAll("@[0-9a-f]{8}$", "")) + "\"";
        this.common = shard.of() == 1 ? policy : policy + ",shard=\"" + shard.index() + "/" + shard.of() + "\"";
    }

    /** @param shard a label tells the parts apart: a collector takes no two series of the same name and labels */
    public static String write(AuditSummary s, Shard shard) {
        var metrics = new AuditPrometheus(s, shard);
        metrics.help("calls", "Calls of the last audit, by verdict.");
        metrics.value("calls", "verdict=\"pass\"", s.passed());
        metrics.value("calls", "verdict=\"fail\"", s.failed());
        metrics.value("calls", "verdict=\"error\"", s.errors());
        metrics.help("findings", "Open findings of the last audit, by rule and severity.");
        for (Map.Entry<Key, Long> e : s.findings().entrySet()) {
            metrics.value(
                    "findings",
                    "rule=\"" + label(e.getKey().rule()) + "\",severity=\"" + e.getKey().severity().wire() + "\"",
                    e.getValue());
        }
        metrics.help("accepted_findings", "Known findings of the last audit that were let pass.");
        metrics.value("accepted_findings", "", s.accepted());
        metrics.help("gate_holds", "Whether no open finding reached the gate's severity (1) or one did (0).");
        metrics.value("gate_holds", "", s.gateHolds() ? 1 : 0);
        metrics.help("finished", "Whether every call was examined (1) or some were left (0).");
        metrics.value("finished", "", s.unfinished() ? 0 : 1);
        metrics.help("duration_seconds", "How long the last audit took.");
        metrics.value("duration_seconds", "", String.format(Locale.ROOT, "%.3f", s.took().toMillis() / 1000.0));
        metrics.help("last_run_timestamp_seconds", "When the last audit ended.");
        metrics.value("last_run_timestamp_seconds", "", s.finished().getEpochSecond());
        return metrics.out.toString();
    }

    private void help(String name, String text) {
        out.append("# HELP ").append(PREFIX).append(name).append(' ').append(text).append('\n');
        out.append("# TYPE ").append(PREFIX).append(name).append(" gauge\n");
    }

    private void value(String name, String labels, Object value) {
        out.append(PREFIX).append(name).append('{').append(common).append(labels.isEmpty() ? "" : ",").append(labels).append("} ")
                .append(value).append('\n');
    }

    private static String label(String text) {
        return text.replace("\\", "\\\\").replace("\"", "\\\"").replace("\n", "\\n");
    }
}
