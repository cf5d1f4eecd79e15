package dev.agentassist.audit;

import dev.agentassist.problem.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What changed from one audit to another, by the findings' fingerprints.
 *
 * @param added in the second only
 * @param gone in the first only, in a call that the second examined
 * @param still in both
 * @param notExamined how many of the first one's findings are in calls that the second did not examine
 */
public record AuditDiff(List<Entry> added, List<Entry> gone, List<Entry> still, int notExamined) {

    public AuditDiff {
        added = List.copyOf(added);
        gone = List.copyOf(gone);
        still = List.copyOf(still);
    }

    /** A finding with the call that it is in. */
    public record Entry(String conversationId, Finding finding) {}

    /** One audit's findings. */
    private record Night(Map<String, Entry> findings, Set<String> examined) {}

    /** Reads two audits' JSON Lines. {@code nameA} and {@code nameB} are what to call them in a message. */
    public static AuditDiff of(BufferedReader a, String nameA, BufferedReader b, String nameB) throws IOException {
        Night before = read(a, nameA);
        Night after = read(b, nameB);
        var added = new ArrayList<Entry>();
        var still = new ArrayList<Entry>();
        after.findings.forEach((print, entry) -> (before.findings.containsKey(print) ? still : added).add(entry));
        var gone = new ArrayList<Entry>();
        int notExamined = 0;
        for (Map.Entry<String, Entry> e : before.findings.entrySet()) {
            if (after.findings.containsKey(e.getKey())) {
                continue;
            }
            if (after.examined.contains(e.getValue().conversationId())) {
                gone.add(e.getValue());
            } else {
                notExamined++;
            }
        }
        return new AuditDiff(added, gone, still, notExamined);
    }

    private static Night read(BufferedReader lines, String name) throws IOException {
        var findings = new LinkedHashMap<String, Entry>();
        var examined = new HashSet<String>();
        int number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            int at = number;
            AuditRow row = AuditRowJson.read(line)
                    .orElseThrow(() -> Failure.badInput(
                            name + ", line " + at + ": this is no row of an audit.", "Give what assist audit wrote as jsonl."));
            if (row.error() == null) {
                examined.add(row.conversationId());
            }
            row.findings().forEach(f -> findings.put(f.fingerprint(), new Entry(row.conversationId(), f)));
        }
        return new Night(findings, examined);
    }
}
