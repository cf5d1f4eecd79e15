package dev.agentassist.render;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.audit.AuditDiff;
import dev.agentassist.audit.Finding;
import dev.agentassist.json.Json;
import dev.agentassist.terminal.Terminal;
import java.util.List;

/** What changed between two audits: a line a finding, for people or as JSON Lines. */
public final class AuditDiffWriter {

    private AuditDiffWriter() {}

    public static String text(AuditDiff diff) {
        var text = new StringBuilder();
        text(text, "new", diff.added());
        text(text, "gone", diff.gone());
        text(text, "still", diff.still());
        return text.toString();
    }

    private static void text(StringBuilder text, String what, List<AuditDiff.Entry> entries) {
        for (AuditDiff.Entry e : entries) {
            Finding f = e.finding();
            text.append(String.format("%-5s  %-6s  ", what, f.severity().wire()))
                    .append(f.fingerprint()).append("  ")
                    .append(cell(f.rule())).append("  ")
                    .append(cell(e.conversationId())).append("  ")
                    .append(cell(f.detail()))
                    .append(f.turns().isEmpty() ? "" : " " + f.turns())
                    .append('\n');
        }
    }

    private static String cell(String text) {
        return Terminal.printable(text).replaceAll("\\s+", " ");
    }

    public static String jsonLines(AuditDiff diff) {
        var text = new StringBuilder();
        json(text, "new", diff.added());
        json(text, "gone", diff.gone());
        json(text, "still", diff.still());
        return text.toString();
    }

    private static void json(StringBuilder text, String what, List<AuditDiff.Entry> entries) {
        for (AuditDiff.Entry e : entries) {
            Finding f = e.finding();
            ObjectNode node = Json.MAPPER.createObjectNode();
            node.put("change", what);
            node.put("conversation_id", e.conversationId());
            node.put("rule", f.rule());
            node.put("severity", f.severity().wire());
            node.put("detail", f.detail());
            f.turns().forEach(node.withArray("turns")::add);
            node.put("fingerprint", f.fingerprint());
            text.append(node).append('\n');
        }
    }
}
