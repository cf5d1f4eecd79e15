package dev.agentassist.render;

import dev.agentassist.audit.AuditRow;
import dev.agentassist.audit.AuditSummary;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;

/** Writes an audit in a format. The rows are read once, as they come. */
@FunctionalInterface
public interface AuditWriter {

    /** The formats' names; the first is the default. */
    List<String> NAMES = List.of("jsonl", "csv", "markdown", "junit");

    void write(AuditSummary summary, Iterator<AuditRow> rows, Appendable out) throws IOException;

    /** By one of the {@link #NAMES}. */
    static AuditWriter of(String name) {
        return switch (name) {
            case "csv" -> new AuditCsv();
            case "markdown" -> new AuditMarkdown();
            case "junit" -> new AuditJunit();
            default -> new AuditJsonLines();
        };
    }
}
