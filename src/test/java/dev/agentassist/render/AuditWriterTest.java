package dev.agentassist.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.audit.AuditRow;
import dev.agentassist.audit.AuditSummary;
import dev.agentassist.audit.Finding;
import dev.agentassist.audit.Shard;
import dev.agentassist.brief.Brief.Severity;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/** Golden files: {@code -Dassist.regenerate} writes them anew. */
class AuditWriterTest {

    private static final Path GOLDEN = Path.of("src/test/resources/dev/agentassist/render/audit");

    private static final Instant AT = Instant.parse("2026-11-22T17:42:10.123456Z");

    /** Hostile where a call or a policy's author can be. */
    private static final List<AuditRow> ROWS = List.of(
            new AuditRow("conv_1", AT, "completed", "agent_1", List.of(), List.of("polite", "asks"), List.of("alarm"), null),
            new AuditRow(
                    "=cmd|'/c calc'!A1 <b>\u001b[31m",
                    AT,
                    "transferred",
                    null,
                    List.of(
                            new Finding("polite", Severity.HIGH, "The agent says “shut up”, or \"<i>\" & *worse*.", List.of(4, 9), "0123456789abcdef", null),
                            new Finding("asks", Severity.LOW, "The tool x is not called.", List.of(), "fedcba9876543210",
                                    new Finding.Accepted("known, see [ticket](x)", LocalDate.of(2026, 12, 31)))),
                    List.of(),
                    List.of("alarm"),
                    null),
            new AuditRow("conv_3", null, null, null, List.of(), List.of(), List.of(), "There is no such conversation in sqlite:/x."));

    private static AuditSummary summary() {
        Map<AuditSummary.Key, Long> findings = new LinkedHashMap<>();
        findings.put(new AuditSummary.Key("polite", Severity.HIGH), 1L);
        findings.put(new AuditSummary.Key("asks", Severity.LOW), 0L);
        findings.put(new AuditSummary.Key("alarm", Severity.MEDIUM), 0L);
        return new AuditSummary(
                "my \"policy\"@12345678", 3, 1, 1, 1, findings, 1, Severity.MEDIUM, false,
                "100 model calls are spent (--max-calls).", AT, Duration.ofSeconds(75));
    }

    private static void golden(String file, String text) throws IOException {
        Path path = GOLDEN.resolve(file);
        if (System.getProperty("assist.regenerate") != null) {
            Files.createDirectories(GOLDEN);
            Files.writeString(path, text);
        }
        assertEquals(Files.readString(path), text);
    }

    private static String write(String format) throws IOException {
        var out = new StringBuilder();
        AuditWriter.of(format).write(summary(), ROWS.iterator(), out);
        return out.toString();
    }

    @ParameterizedTest
    @ValueSource(strings = {"jsonl", "csv", "markdown", "junit"})
    void looksAsItDid(String format) throws IOException {
        golden(format + ".txt", write(format));
    }

    @Test
    void prometheusLooksAsItDid() throws IOException {
        golden("prometheus.txt", AuditPrometheus.write(summary(), Shard.WHOLE));
        assertTrue(
                AuditPrometheus.write(summary(), new Shard(2, 4)).lines().filter(l -> !l.startsWith("#")).allMatch(l -> l.contains(",shard=\"2/4\"")),
                "each part has series of its own");
    }

    @Test
    void theSentenceSaysWhatCounts() {
        assertEquals(
                "3 calls: 1 pass, 1 fail, 1 could not be examined; findings: 1 high; 1 known let pass. The gate (medium) does not hold.",
                AuditText.summary(summary()));
    }

    @Test
    void whateverStandsInACallTheXmlIsXml() throws Exception {
        var document = DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(write("junit"))));
        assertEquals(3, document.getElementsByTagName("testsuite").getLength());
        assertEquals(1, document.getElementsByTagName("failure").getLength());
        assertEquals(1, document.getElementsByTagName("error").getLength());
    }
}
