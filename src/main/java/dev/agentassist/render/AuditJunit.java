package dev.agentassist.render;

import dev.agentassist.audit.AuditRow;
import dev.agentassist.audit.AuditSummary;
import dev.agentassist.audit.Finding;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * JUnit's XML as CI systems read it: a suite a call, a test a rule. A finding that is open is a failure, one that is let
 * pass or a rule that is not about the call is skipped, a call that could not be examined is an error.
 */
final class AuditJunit implements AuditWriter {

    @Override
    public void write(AuditSummary summary, Iterator<AuditRow> rows, Appendable out) throws IOException {
        out.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
        out.append("<testsuites name=\"").append(XmlText.attribute("audit " + summary.policy())).append("\">\n");
        while (rows.hasNext()) {
            suite(rows.next(), out);
        }
        out.append("</testsuites>\n");
    }

    private static void suite(AuditRow row, Appendable out) throws IOException {
        Map<Boolean, List<Finding>> open = row.findings().stream()
                .collect(Collectors.partitioningBy(f -> f.accepted() == null));
        int errors = row.error() == null ? 0 : 1;
        int skipped = row.notApplicable().size() + open.get(false).size();
        int tests = row.passed().size() + row.notApplicable().size() + row.findings().size() + errors;
        String name = XmlText.attribute(row.conversationId());
        out.append("  <testsuite name=\"").append(name).append("\" tests=\"" + tests + "\" failures=\"" + open.get(true).size()
                + "\" errors=\"" + errors + "\" skipped=\"" + skipped + "\" time=\"0\"");
        if (row.createdAt() != null) {
            // The schema wants no zone; it is UTC.
            out.append(" timestamp=\"").append(row.createdAt().toString(), 0, 19).append("\"");
        }
        out.append(">\n");
        for (Finding finding : row.findings()) {
            test(out, name, finding.rule(), finding.accepted() == null ? failure(finding) : skipped(finding));
        }
        for (String rule : row.passed()) {
            test(out, name, rule, "");
        }
        for (String rule : row.notApplicable()) {
            test(out, name, rule, "<skipped message=\"not about this call\"/>");
        }
        if (row.error() != null) {
            test(out, name, "examined", "<error type=\"error\" message=\"" + XmlText.attribute(row.error()) + "\"/>");
        }
        out.append("  </testsuite>\n");
    }

    private static void test(Appendable out, String suite, String rule, String body) throws IOException {
        out.append("    <testcase classname=\"").append(suite).append("\" name=\"").append(XmlText.attribute(rule)).append("\" time=\"0\"");
        out.append(body.isEmpty() ? "/>\n" : ">" + body + "</testcase>\n");
    }

    private static String failure(Finding finding) {
        String turns = finding.turns().isEmpty() ? "" : " Turns " + joined(finding.turns(), String::valueOf) + ".";
        return "<failure type=\"" + finding.severity().wire() + "\" message=\"" + XmlText.attribute(finding.detail()) + "\">"
                + XmlText.text(finding.detail() + turns + " Fingerprint " + finding.fingerprint() + ".") + "</failure>";
    }

    private static String skipped(Finding finding) {
        return "<skipped message=\"" + XmlText.attribute("let pass until " + finding.accepted().until() + ": "
                + finding.accepted().reason()) + "\"/>";
    }

    private static <T> String joined(List<T> all, Function<T, String> text) {
        return all.stream().map(text).collect(Collectors.joining(", "));
    }
}
