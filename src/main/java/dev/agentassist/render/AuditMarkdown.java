package dev.agentassist.render;

import dev.agentassist.audit.AuditRow;
import dev.agentassist.audit.AuditSummary;
import dev.agentassist.audit.Finding;
import dev.agentassist.brief.Brief.Severity;
import dev.agentassist.config.Durations;
import java.io.IOException;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.Map;

/** For a ticket: the gate, the figures, then each call that needs a look. Calls that pass are only counted. */
final class AuditMarkdown implements AuditWriter {

    @Override
    public void write(AuditSummary s, Iterator<AuditRow> rows, Appendable out) throws IOException {
        var head = new MarkdownText();
        head.heading("#", MarkdownText.line().own("Audit:").text(s.policy()));
        head.paragraph(MarkdownText.line().own("**" + gate(s) + "**"));
        head.paragraph(MarkdownText.line()
                .own(AuditText.counted(s.calls(), "call") + ": " + s.passed() + " pass, " + s.failed() + " fail"
                        + (s.errors() == 0 ? "" : ", " + s.errors() + " could not be examined")
                        + (s.accepted() == 0 ? "" : "; " + AuditText.counted(s.accepted(), "known finding") + " let pass")
                        + ". Finished " + s.finished().truncatedTo(ChronoUnit.SECONDS) + ", took "
                        + Durations.human(s.took()) + "."));
        if (s.stopped() != null) {
            head.paragraph(MarkdownText.line().own("**Not finished:**").text(s.stopped()));
        }
        out.append(head.toString());
        table(s, out);
        boolean any = false;
        while (rows.hasNext()) {
            AuditRow row = rows.next();
            if (row.error() == null && row.findings().isEmpty()) {
                continue;
            }
            if (!any) {
                out.append("\n## Calls to look at\n");
                any = true;
            }
            out.append(call(row));
        }
    }

    private static String gate(AuditSummary s) {
        if (s.gate() == null) {
            return "No gate";
        }
        return (s.gateHolds() ? "Gate holds" : "Gate does not hold") + " (" + s.gate().wire()
                + (s.gate() == Severity.HIGH ? "" : " and above") + ")";
    }

    private static void table(AuditSummary s, Appendable out) throws IOException {
        boolean any = false;
        for (Map.Entry<AuditSummary.Key, Long> e : s.findings().entrySet()) {
            if (e.getValue() == 0) {
                continue;
            }
            if (!any) {
                out.append("\n| Rule | Severity | Calls |\n| --- | --- | ---: |\n");
                any = true;
            }
            out.append("| ").append(e.getKey().rule()).append(" | ").append(e.getKey().severity().wire()).append(" | ")
                    .append(e.getValue().toString()).append(" |\n");
        }
    }

    private static String call(AuditRow row) {
        var text = new MarkdownText();
        var title = MarkdownText.line().text(row.conversationId());
        if (row.createdAt() != null) {
            title.own("· " + row.createdAt().truncatedTo(ChronoUnit.SECONDS));
        }
        if (row.status() != null) {
            title.own("· " + row.status().replace('_', ' '));
        }
        text.heading("###", title);
        boolean first = true;
        for (Finding f : row.findings()) {
            var line = MarkdownText.line().own("**" + f.severity().wire() + "** " + f.rule() + ":").text(f.detail());
            if (!f.turns().isEmpty()) {
                line.own(f.turns().toString());
            }
            line.own("· `" + f.fingerprint() + "`");
            if (f.accepted() != null) {
                line.own("· let pass until " + f.accepted().until() + ":").text(f.accepted().reason());
            }
            text.item("-", line, first);
            first = false;
        }
        if (row.error() != null) {
            text.item("-", MarkdownText.line().own("**error**").text(row.error()), first);
        }
        return "\n" + text;
    }
}
