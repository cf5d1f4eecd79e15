package dev.agentassist.render;

import dev.agentassist.exchange.ImportReport;
import dev.agentassist.json.Json;
import java.util.ArrayList;
import java.util.List;

/** What an import did, as a sentence or as JSON. */
public final class ImportReportWriter {

    private ImportReportWriter() {}

    /** {@code Imported calls.jsonl (conversation objects): 18 added.} */
    public static String sentence(ImportReport report, String source) {
        List<String> parts = new ArrayList<>();
        add(parts, report.added(), "added");
        add(parts, report.updated(), "updated");
        add(parts, report.unchanged(), "unchanged");
        add(parts, report.stale(), "left as stored (newer there, or ended)");
        add(parts, report.bad(), "bad and left out");
        return "Imported " + source + " (" + report.format() + "): "
                + (parts.isEmpty() ? "nothing was in it" : String.join(", ", parts)) + ".";
    }

    private static void add(List<String> parts, long count, String what) {
        if (count > 0) {
            parts.add(count + " " + what);
        }
    }

    /** One object on one line. */
    public static String json(ImportReport report) {
        return Json.MAPPER
                        .createObjectNode()
                        .put("format", report.format())
                        .put("added", report.added())
                        .put("updated", report.updated())
                        .put("unchanged", report.unchanged())
                        .put("stale", report.stale())
                        .put("bad", report.bad())
                + "\n";
    }
}
