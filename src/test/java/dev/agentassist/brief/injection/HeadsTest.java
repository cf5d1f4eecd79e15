package dev.agentassist.brief.injection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class HeadsTest {

    @Test
    void areTheLettersBeforeAnythingThatMayVary() {
        assertEquals(List.of("you are now "), Heads.of("you are now (?:an? |the )\\S*"));
        assertEquals(List.of("talimat"), Heads.of("talimat\\S* x"));
        assertEquals(List.of("summari", "whoever ", "a i"), Heads.of("(?:summari[sz]er|whoever (?:writes|reads) \\S+|a i)(?: x)?"));
        assertEquals(List.of("colo", "the "), Heads.of("(?:colou?r|the )(?:x)"));
    }

    @Test
    void haveTheBlankThatFollowsAWholeWord() {
        assertEquals(List.of("god ", "sudo "), Heads.of("(?:god|sudo) mode"));
        // Not where it may be missing.
        assertEquals(List.of("god", "sudo"), Heads.of("(?:god|sudo) ?mode"));
    }

    @Test
    void areWantedOfEveryPattern() {
        assertThrows(IllegalArgumentException.class, () -> Heads.of("(?:a?b|cd) x"));
        assertThrows(IllegalArgumentException.class, () -> Heads.of("\\S+ x"));
    }

    @Test
    void standWhereverThePatternMatches() {
        String pattern = "(?:ai|summari[sz]er|whoever (?:writes|reads)) (?:write|say)";
        var heads = new Heads(List.of("(?:other) x", pattern));
        for (String text : List.of("ai write", "summarizer say", "whoever reads say")) {
            assertTrue(Pattern.compile(pattern).matcher(text).lookingAt());
            assertTrue(heads.at(text, 0).stream().anyMatch(h -> h.pattern() == 1 && text.startsWith(h.text())), text);
        }
        assertTrue(heads.at("nobody", 0).stream().noneMatch(h -> "nobody".startsWith(h.text())));
    }
}
