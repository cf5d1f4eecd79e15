package dev.agentassist.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.agentassist.brief.Brief.Severity;
import dev.agentassist.problem.Failure;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class AuditDiffTest {

    private static AuditRow row(String id, String error, String... rules) {
        return new AuditRow(
                id,
                Instant.parse("2026-11-22T10:00:00Z"),
                "completed",
                null,
                Arrays.stream(rules)
                        .map(r -> new Finding(r, Severity.LOW, "d", List.of(1), Examination.fingerprint(r, id), null))
                        .toList(),
                List.of(),
                List.of(),
                error);
    }

    private static BufferedReader night(AuditRow... rows) {
        return new BufferedReader(new StringReader(
                Arrays.stream(rows).map(r -> AuditRowJson.line(r, "p@1") + "\n").collect(Collectors.joining())));
    }

    @Test
    void tellsNewGoneStillAndNotExamined() throws IOException {
        AuditDiff diff = AuditDiff.of(
                night(row("c1", null, "a", "b"), row("c2", null, "a"), row("c3", null, "a")), "A",
                night(row("c1", null, "b", "c"), row("c3", "broken"), row("c4", null, "a")), "B");
        assertEquals(List.of("c", "a"), diff.added().stream().map(e -> e.finding().rule()).toList());
        assertEquals(List.of("a"), diff.gone().stream().map(e -> e.finding().rule()).toList());
        assertEquals(List.of("b"), diff.still().stream().map(e -> e.finding().rule()).toList());
        assertEquals(2, diff.notExamined(), "c2 was not examined, c3 not whole");
    }

    @Test
    void whatIsNoAuditIsNamedByLine() {
        var failure = assertThrows(Failure.class, () -> AuditDiff.of(night(row("c1", null)), "A", new BufferedReader(new StringReader("\n{}\n")), "B"));
        assertEquals("B, line 2: this is no row of an audit.", failure.problem().detail());
    }
}
