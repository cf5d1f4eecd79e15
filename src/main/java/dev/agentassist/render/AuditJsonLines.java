package dev.agentassist.render;

import dev.agentassist.audit.AuditRow;
import dev.agentassist.audit.AuditRowJson;
import dev.agentassist.audit.AuditSummary;
import java.io.IOException;
import java.util.Iterator;

/** A line of JSON a call. */
final class AuditJsonLines implements AuditWriter {

    @Override
    public void write(AuditSummary summary, Iterator<AuditRow> rows, Appendable out) throws IOException {
        while (rows.hasNext()) {
            out.append(AuditRowJson.line(rows.next(), summary.policy())).append('\n');
        }
    }
}
