package dev.agentassist.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.agentassist.problem.Failure;
import dev.agentassist.testkit.Fixed;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WordsTest {

    @Test
    void splitsLikeAShell() {
        assertEquals(List.of("pass", "show", "livekit/secret"), Words.split("pass show  livekit/secret", "x"));
        assertEquals(List.of("a b", "c\"d", "e\\f", ""), Words.split("'a b' \"c\\\"d\" \"e\\f\" ''", "x"));
        assertEquals(List.of("sh", "-c", "echo $HOME | head -1"), Words.split("sh -c 'echo $HOME | head -1'", "x"));
        assertEquals(List.of("a b", "it's"), Words.split("a\\ b it\"'\"s", "x"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"pass show x | head", "echo $SECRET", "echo \"$SECRET\"", "echo `x`", "a > b", "a; b", "a && b"})
    void refusesWhatOnlyAShellUnderstands(String command) {
        var failure = assertThrows(Failure.class, () -> Words.split(command, "x_command"));
        assertFalse(failure.getMessage().contains("SECRET"));
        assertEquals("Quote it with '…', or write sh -c '…' to have a shell.", failure.problem().hint());
    }

    @ParameterizedTest
    @ValueSource(strings = {"'open", "\"open", "open\\", "", "  "})
    void refusesWhatIsUnfinished(String command) {
        assertThrows(Failure.class, () -> Words.split(command, "x_command"));
    }

    @Property(seed = Fixed.SEED)
    void quotedWordsComeBackAsTheyWere(@ForAll @NotEmpty List<String> words) {
        String command = words.stream().map(w -> "'" + w.replace("'", "'\\''") + "'").collect(Collectors.joining(" "));
        assertEquals(words, Words.split(command, "x"));
    }
}
