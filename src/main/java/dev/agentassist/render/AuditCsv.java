package dev.agentassist.render;

import dev.agentassist.audit.AuditRow;
import dev.agentassist.audit.AuditSummary;
import dev.agentassist.audit.Finding;
import dev.agentassist.terminal.Terminal;
import java.io.IOException;
import java.util.Iterator;
import java.util.stream.Collectors;

/** A line a finding, and one for each call without any (RFC 4180). */
final class AuditCsv implements AuditWriter {

    private static final String HEADING =
            "conversation_id,created_at,status,agent_id,verdict,rule,severity,detail,turns,fingerprint,accepted_until,error\r\n";

    @Override
    public void write(AuditSummary summary, Iterator<AuditRow> rows, Appendable out) throws IOException {
        out.append(HEADING);
        while (rows.hasNext()) {
            AuditRow row = rows.next();
            if (row.findings().isEmpty()) {
                line(out, row, null);
            }
            for (Finding finding : row.findings()) {
                line(out, row, finding);
            }
        }
    }

    private static void line(Appendable out, AuditRow row, Finding f) throws IOException {
        String[] cells = {
            row.conversationId(),
            row.createdAt() == null ? "" : row.createdAt().toString(),
            row.status(),
            row.agent(),
            row.verdict(),
            f == null ? "" : f.rule(),
            f == null ? "" : f.severity().wire(),
            f == null ? "" : f.detail(),
            f == null ? "" : f.turns().stream().map(String::valueOf).collect(Collectors.joining(" ")),
            f == null ? "" : f.fingerprint(),
            f == null || f.accepted() == null ? "" : f.accepted().until().toString(),
            row.error()
        };
        for (int i = 0; i < cells.length; i++) {
            out.append(i == 0 ? "" : ",").append(cell(cells[i]));
        }
        out.append("\r\n");
    }

    /** An apostrophe before what a spreadsheet would take for a formula. */
    private static String cell(String text) {
        if (text == null) {
            return "";
        }
        text = Terminal.printable(text);
        String safe = !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return safe.matches("[^,\"\\r\\n]*") ? safe : "\"" + safe.replace("\"", "\"\"") + "\"";
    }
}
