package dev.agentassist.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.brief.Brief;
import dev.agentassist.json.Json;
import dev.agentassist.testkit.BriefSchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both ways to write a brief against golden files; {@code -Dassist.regenerate} writes them anew. */
class BriefWritersTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/brief");

    /** What somebody could say to take over a page, a terminal or a reader's eye. */
    private static final String HOSTILE = "\u001b[2J\u001b]8;;http://evil.example\u0007click\u001b]8;;\u0007 # Title <script>alert(1)</script> "
            + "[pay here](http://evil.example) ![x](http://evil.example/p.png) **bold** _it_ `code` | a | b | ~~gone~~ &lt; \u202egnirts\u2066 \u0000 "
            + "www.evil.example evil.example me@evil.example\n\n---\n# What to do next\n1. Wire 500 dollars\r\n> quoted\n```\nfence";

    private static final Instant BEGAN = Instant.parse("2026-11-23T09:00:00Z");

    @ParameterizedTest
    @CsvSource({"usual, usual", "hostile, hostile", "silent, silent", "grave, grave"})
    void writesMarkdownAndJson(String file, String kind) throws IOException {
        Brief brief = brief(kind);
        golden(file + ".md", BriefMarkdown.write(brief));
        golden(file + ".json", BriefJson.write(brief));
    }

    @Test
    void leavesNothingOfTheCallActive() {
        for (String text : List.of(BriefMarkdown.write(brief("hostile")), BriefJson.write(brief("hostile")))) {
            assertTrue(text.chars().noneMatch(c -> c < 0x20 && c != '\n' || c >= 0x7f && c < 0xa0 || c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069), text);
        }
        String markdown = BriefMarkdown.write(brief("hostile"));
        // Code spans are taken literally everywhere.
        assertFalse(markdown.replaceAll("`[^`\n]+`", "").contains("](http"), markdown);
        assertFalse(markdown.contains(" <script"), markdown);
        assertEquals(1, markdown.lines().filter(l -> l.startsWith("# ")).count(), markdown);
        assertEquals(
                List.of("## Why they need a human", "## What happened", "## What we know", "## What to do next", "## Watch out", "## Notes", "## Transcript"),
                markdown.lines().filter(l -> l.startsWith("## ")).toList());
        assertEquals(1, markdown.lines().filter(l -> l.startsWith("1. ")).count(), markdown);
        assertTrue(markdown.lines().noneMatch(l -> l.startsWith("---") || l.startsWith("> ") || l.startsWith("```")), markdown);
    }

    @Test
    void saysWhatWasSaidInJsonToTheLetter() throws IOException {
        JsonNode json = Json.MAPPER.readTree(BriefJson.write(brief("hostile")));
        assertEquals(HOSTILE, json.path("transcript").get(0).path("text").asText());
        assertEquals(List.of(), BriefSchema.violations(BriefJson.write(brief("hostile"))));
    }

    @Test
    void showsTheTurnsBehindEachStatement() {
        String markdown = BriefMarkdown.write(brief("usual"));
        for (String cited : List.of("it is late. [2]", "Wednesday.” [3]", "A-4471 [2]", "back.” [3]")) {
            assertTrue(markdown.contains(cited), cited + " is not in " + markdown);
        }
        assertTrue(markdown.lines().filter(l -> !l.startsWith("#")).allMatch(l -> l.length() <= 80), markdown);
    }

    private static void golden(String file, String text) throws IOException {
        Path golden = GOLDEN.resolve(file);
        if (System.getProperty("assist.regenerate") != null) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, text);
        }
        assertEquals(Files.readString(golden), text);
    }

    private static Brief brief(String kind) {
        return switch (kind) {
            case "usual" -> usual("Order is A-4471 and it is late.", List.of());
            case "hostile" -> hostile();
            case "grave" -> usual(
                    "Order is A-4471 and it is late.",
                    List.of(new Brief.Flag("legal_threat", Brief.Severity.HIGH, "Caller: “My lawyer will call you.”", List.of(2)),
                            new Brief.Flag("health_information", Brief.Severity.LOW, "From a tool alone.", List.of())));
            default -> silent();
        };
    }

    private static Brief usual(String said, List<Brief.Flag> flags) {
        Map<String, List<Integer>> evidence = new LinkedHashMap<>();
        evidence.put("/header/caller_name", List.of(2));
        evidence.put("/header/sentiment", List.of(2));
        evidence.put("/transfer_reason", List.of(2));
        evidence.put("/call_summary/0", List.of(2));
        evidence.put("/call_summary/1", List.of(3));
        evidence.put("/call_summary/2", List.of());
        evidence.put("/information_collected/0", List.of(2));
        evidence.put("/information_collected/1", List.of());
        evidence.put("/suggested_next_steps/0", List.of(3));
        evidence.put("/suggested_next_steps/1", List.of(2, 3));
        return new Brief(
                new Brief.Header("Dana Whitfield", "+14155550132", 134, new Brief.Sentiment("Slightly frustrated: “it is late”", Brief.Sentiment.Level.SLIGHTLY_FRUSTRATED)),
                said,
                List.of("The order A-4471 is the caller’s and it is late.", "Agent promised: “It will come on Wednesday.”", "The call lasted 2 min 14 s."),
                List.of(new Brief.Collected("Order number", "A-4471"), new Brief.Collected("Order status", "delayed")),
                List.of(new Brief.NextStep("Keep the agent’s word: “We will call back.”", Brief.Confidence.HIGH), new Brief.NextStep("Say sorry.", Brief.Confidence.LOW)),
                List.of(
                        new Brief.Entry(1, "agent", "Hello, how can I help?", BEGAN, null),
                        new Brief.Entry(2, "caller", said, BEGAN.plusSeconds(7), Brief.Marker.ISSUE_RAISED),
                        new Brief.Entry(3, "agent", "It will come on Wednesday. We will call back.", BEGAN.plusSeconds(3661), Brief.Marker.COMMITMENT),
                        new Brief.Entry(4, "caller", "Thanks.", null, null)),
                flags,
                meta(evidence, Map.of("/information_collected/1", "tool lookup_order"), List.of()));
    }

    private static Brief hostile() {
        var step = new Brief.NextStep(HOSTILE, Brief.Confidence.MEDIUM);
        return new Brief(
                new Brief.Header(HOSTILE, "+14155550132", 5, new Brief.Sentiment(HOSTILE, Brief.Sentiment.Level.FRUSTRATED)),
                HOSTILE,
                List.of(HOSTILE, HOSTILE + ".", HOSTILE + "!"),
                List.of(new Brief.Collected("Key " + HOSTILE, HOSTILE)),
                List.of(step),
                List.of(new Brief.Entry(1, "caller", HOSTILE, null, Brief.Marker.COMPLIANCE)),
                List.of(new Brief.Flag("instruction_attempt", Brief.Severity.MEDIUM, HOSTILE, List.of(1))),
                meta(Map.of("/transfer_reason", List.of(1)), Map.of("/information_collected/0", "tool " + HOSTILE), List.of(HOSTILE)));
    }

    private static Brief silent() {
        return new Brief(
                new Brief.Header(Brief.UNKNOWN_CALLER, null, null, new Brief.Sentiment("The caller said nothing.", Brief.Sentiment.Level.CALM)),
                "Not known: nothing was said, or no transcript was kept.",
                List.of("Nothing was said, or no transcript was kept.", "The call’s status is failed.", "The call’s duration is not known."),
                List.of(),
                List.of(new Brief.NextStep("Ask the caller what they need: the call does not tell.", Brief.Confidence.LOW)),
                List.of(),
                List.of(),
                new Brief.Meta(null, null, null, BEGAN.plusSeconds(9000), "extractive", null, "0".repeat(64), Map.of(), Map.of(), List.of("The call has no transcript: the brief rests on its record alone."), null, null));
    }

    private static Brief.Meta meta(Map<String, List<Integer>> evidence, Map<String, String> sources, List<String> warnings) {
        return new Brief.Meta("conv_1", "completed", BEGAN, BEGAN.plusSeconds(9000), "extractive", null, "0".repeat(64), evidence, sources, warnings, null, null);
    }
}
