package dev.agentassist.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.problem.Problem;
import dev.agentassist.smoke.CheckResult;
import dev.agentassist.smoke.CheckResult.State;
import dev.agentassist.smoke.SmokeCheck;
import dev.agentassist.smoke.SmokeReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Golden files: {@code -Dassist.regenerate} writes them anew. */
class SmokeWriterTest {

    private static final Path GOLDEN = Path.of("src/test/resources/dev/agentassist/render/smoke");

    private static final Instant AT = Instant.parse("2026-11-24T18:38:11.603900218Z");

    private static final SmokeReport GOOD = new SmokeReport(
            "wss://example.livekit.cloud",
            "1.13.5",
            "assist-smoke-0123456789ab",
            AT,
            Duration.ofMillis(5924),
            List.of(
                    new CheckResult(SmokeCheck.ROOM, State.PASSED, "The room is made.", null, Duration.ofMillis(71)),
                    new CheckResult(SmokeCheck.CLEANUP, State.PASSED, "The room is gone.", null, Duration.ZERO)),
            new SmokeReport.Figures(43.211, 3.0, 14.4949, 0.7, 1.25, 189, 188, "udp"),
            null);

    /** Hostile where somebody in the room can be. */
    private static final SmokeReport BAD = new SmokeReport(
            "ws://127.0.0.1:7880",
            null,
            null,
            AT,
            Duration.ofMillis(90),
            List.of(
                    new CheckResult(SmokeCheck.ALONE, State.FAILED, "Somebody else is in the room: <b>\u001b[31m & \"x\".", "Give workers names.", Duration.ofMillis(3)),
                    new CheckResult(SmokeCheck.UNSEEN, State.SKIPPED, "Not tried: something that it needs failed.", null, Duration.ZERO)),
            SmokeReport.Figures.NONE,
            Problem.unavailable("The LiveKit server cannot be reached: it refuses the connection.", "Check livekit.url."));

    private static String write(String format, SmokeReport report) {
        return switch (format) {
            case "json" -> SmokeWriter.json(report);
            case "junit" -> SmokeWriter.junit(report);
            case "prometheus" -> SmokeWriter.prometheus(report);
            default -> SmokeWriter.text(report, 80, (style, text) -> text);
        };
    }

    @ParameterizedTest
    @CsvSource({"text", "json", "junit", "prometheus"})
    void looksAsItDid(String format) throws IOException {
        for (SmokeReport report : List.of(GOOD, BAD)) {
            Path path = GOLDEN.resolve(format + (report == GOOD ? "-good.txt" : "-bad.txt"));
            String text = write(format, report);
            if (System.getProperty("assist.regenerate") != null) {
                Files.createDirectories(GOLDEN);
                Files.writeString(path, text);
            }
            assertEquals(Files.readString(path), text);
            assertFalse(text.contains("\u001b"), text);
        }
    }

    @ParameterizedTest
    @CsvSource({"60", "80", "132"})
    void fitsTheTerminal(int width) {
        String text = SmokeWriter.text(BAD, width, (style, t) -> t);
        assertTrue(text.lines().allMatch(l -> l.length() <= width || l.startsWith("Not well")), text);
    }
}
