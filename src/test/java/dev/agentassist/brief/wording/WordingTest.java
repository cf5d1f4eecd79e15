package dev.agentassist.brief.wording;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.brief.AgentAssistPortal;
import dev.agentassist.brief.Brief;
import dev.agentassist.brief.extractive.ExtractiveEngine;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.json.Json;
import dev.agentassist.problem.Failure;
import dev.agentassist.render.BriefMarkdown;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WordingTest {

    static Stream<String> others() {
        return Wording.LANGUAGES.stream().filter(l -> !l.equals("en"));
    }

    /** Over all the gold calls: nothing of the brief's own is left in English, and nothing that was quoted is touched. */
    @ParameterizedTest
    @MethodSource("others")
    void putsItsOwnWordsIntoALanguageAndLeavesQuotesAsTheyWereSaid(String language) throws IOException {
        Wording wording = Wording.of(language);
        for (Brief brief : briefs()) {
            Brief told = wording.in(brief);
            assertEquals(brief.meta().warnings(), told.meta().warnings(), () -> language + ": " + told.meta().warnings());
            assertEquals(language, told.meta().language());
            assertEquals(quotes(brief.transferReason()), quotes(told.transferReason()));
            for (int i = 0; i < brief.callSummary().size(); i++) {
                assertEquals(quotes(brief.callSummary().get(i)), quotes(told.callSummary().get(i)));
            }
            assertEquals(brief.informationCollected().stream().map(Brief.Collected::value).toList(), told.informationCollected().stream().map(Brief.Collected::value).toList());
            assertEquals(brief.transcript(), told.transcript());
            String markdown = BriefMarkdown.write(told);
            for (String english : List.of("## Why they", "## What", "– high confidence", "– medium confidence", "Keep the agent")) {
                assertFalse(markdown.contains(english), () -> language + ": " + english + "\n" + markdown);
            }
        }
    }

    @Test
    void writesAGermanBrief() throws IOException {
        String markdown = BriefMarkdown.write(Wording.of("de-AT").in(briefs().getFirst()));
        assertTrue(markdown.contains("## Warum es einen Menschen braucht"), markdown);
        assertTrue(markdown.contains("## Mitschrift"), markdown);
        assertTrue(markdown.contains("Anrufer: “"), markdown);
    }

    @Test
    void saysThatItHasNoWordsInALanguage() throws IOException {
        Brief brief = briefs().getFirst();
        Brief told = Wording.of("sv").in(brief);
        assertEquals(brief.callSummary(), told.callSummary());
        assertNull(told.meta().language());
        assertTrue(told.meta().warnings().getLast().contains("“sv”"), () -> told.meta().warnings().toString());
    }

    @Test
    void refusesWhatIsNoLanguage() {
        for (String tag : List.of("", "1", "d3", "german language", "../../etc/passwd")) {
            assertThrows(Failure.class, () -> Wording.of(tag), tag);
        }
    }

    @Test
    void leavesEnglishAlone() throws IOException {
        Brief brief = briefs().getFirst();
        assertEquals(brief, Wording.of(null).in(brief));
        assertEquals(brief, Wording.of("en-GB").in(brief));
    }

    private static List<String> quotes(String text) {
        return java.util.regex.Pattern.compile("“[^”]*”").matcher(text).results().map(java.util.regex.MatchResult::group).toList();
    }

    private static List<Brief> briefs() throws IOException {
        var portal = new AgentAssistPortal(new ExtractiveEngine(), () -> Instant.parse("2026-11-24T16:00:00Z"));
        try (Stream<Path> files = Files.list(Path.of("src/test/resources/gold/dev"))) {
            return files.filter(f -> f.toString().endsWith(".json")).sorted().map(f -> {
                try {
                    return portal.brief(new AgentAssistPortal.Found(ConversationJson.read(Json.MAPPER.readTree(f.toFile()).path("call")), null), new ExtractiveEngine());
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            }).toList();
        }
    }
}
