package dev.agentassist.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.testkit.Fixed;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigFileTest {

    private static final Path PATH = Path.of("/home/ana/.config/agent-assist/config");

    @Test
    void readsProfilesAndTheOneInUse() {
        var file = ConfigFile.of(PATH, """
                # mine
                use = prod

                [default]
                livekit.url = ws://localhost:7880
                [prod]
                  livekit.url=wss://x.livekit.cloud
                openai.api_key = sk-with=equals # and no comment
                model =
                """);

        assertEquals("prod", file.current());
        assertEquals(List.of("default", "prod"), file.profiles());
        assertEquals(Optional.of("wss://x.livekit.cloud"), file.get("prod", "livekit.url"));
        assertEquals(Optional.of("sk-with=equals # and no comment"), file.get("prod", "openai.api_key"));
        assertEquals(Optional.empty(), file.get("prod", "model"), "a blank value is none");
        assertEquals(Optional.empty(), file.get("nowhere", "model"));
    }

    @Test
    void isEmptyWhereThereIsNoFile(@TempDir Path folder) {
        var file = ConfigFile.read(folder.resolve("config"));

        assertEquals("default", file.current());
        assertEquals(List.of(), file.profiles());
        assertEquals("", file.text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"[default]\nsecret-in-a-wrong-place", "[default", "[default]\n= x", "[]", "[a b]"})
    void namesTheBrokenLineButDoesNotRepeatIt(String text) {
        var failure = assertThrows(Failure.class, () -> ConfigFile.of(PATH, text));

        assertTrue(failure.problem() instanceof Problem.BadInput);
        int line = (int) text.lines().count();
        assertEquals("Line " + line + " of " + PATH + " is neither [profile] nor “setting = value”.", failure.getMessage());
    }

    @Test
    void refusesASettingOutsideOfAProfile() {
        var failure = assertThrows(Failure.class, () -> ConfigFile.of(PATH, "model = gpt"));

        assertEquals("Line 1 of " + PATH + " sets “model” outside of a profile.", failure.getMessage());
        assertEquals("Put [default] above it.", failure.problem().hint());
    }

    @Test
    void readsWhatEditorsOfOtherSystemsWrite(@TempDir Path folder) throws Exception {
        Path path = Files.writeString(folder.resolve("config"), "\ufeff[default]\r\nmodel = gpt\r\n");

        assertEquals(Optional.of("gpt"), ConfigFile.read(path).get("default", "model"));
    }

    @Test
    void refusesWhatIsNoText(@TempDir Path folder) throws Exception {
        Path path = Files.write(folder.resolve("config"), "[default]\nmodel = Zoë".getBytes(StandardCharsets.UTF_16));
        assertTrue(assertThrows(Failure.class, () -> ConfigFile.read(path)).getMessage().contains("UTF-8"));

        var failure = assertThrows(Failure.class, () -> ConfigFile.read(folder));
        assertTrue(failure.problem() instanceof Problem.NotAllowed, "a folder in its place");
    }

    @Test
    void editsOneLineAndLeavesTheRestAlone() {
        String text = """
                # mine
                use = prod

                [default]
                # local server
                livekit.url = ws://localhost:7880

                [prod]
                model = a
                # the newest
                model = b
                """;
        var file = ConfigFile.of(PATH, text);

        assertEquals(text.replace("model = b", "model = c"), file.with("prod", "model", "c").text());
        assertEquals(
                text.replace("model = a\n# the newest\nmodel = b\n", "# the newest\n"),
                file.with("prod", "model", null).text(),
                "both lines go, or the older would hold again");
        assertEquals(
                text.replace("7880\n\n", "7880\nregion = US\n\n"),
                file.with("default", "region", "US").text(),
                "at the end of its profile, before the blank line");
        assertEquals(text + "\n[new]\nregion = US\n", file.with("new", "region", "US").text());
        assertEquals(text, file.with("prod", "region", null).text());
        assertEquals(text.replace("use = prod", "use = default"), file.using("default").text());
        assertEquals("use = x\n[default]\n", ConfigFile.of(PATH, "[default]").using("x").text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"a\nb", "a\rb", "", " ", " a"})
    void takesNoValueThatWouldNotComeBack(String value) {
        var file = ConfigFile.of(PATH, "[default]");
        assertThrows(IllegalArgumentException.class, () -> file.with("default", "model", value));
    }

    /** One edit: a null value removes. */
    record Edit(String profile, String setting, String value) {}

    @Property(seed = Fixed.SEED)
    void whatWasSetIsWhatIsRead(@ForAll("edits") List<Edit> edits, @ForAll("comments") List<String> comments) {
        var file = ConfigFile.of(PATH, String.join("\n", comments));
        var expected = new HashMap<String, Map<String, String>>();
        for (Edit edit : edits) {
            file = file.with(edit.profile, edit.setting, edit.value);
            var profile = expected.computeIfAbsent(edit.profile, p -> new HashMap<>());
            if (edit.value == null) {
                profile.remove(edit.setting);
            } else {
                profile.put(edit.setting, edit.value);
            }
            var again = ConfigFile.of(PATH, file.text());
            for (String name : expected.keySet()) {
                assertEquals(expected.get(name), again.entries(name));
            }
            assertEquals(file.text(), again.text());
            assertTrue(again.text().lines().toList().containsAll(comments), "comments are kept");
        }
    }

    @Property(seed = Fixed.SEED)
    void removingUndoesSetting(@ForAll("edits") List<Edit> edits, @ForAll("values") String value) {
        var file = ConfigFile.of(PATH, "[a]\n# here\n");
        for (Edit edit : edits) {
            file = file.with(edit.profile, edit.setting, edit.value);
        }
        assertEquals(file.text(), file.with("a", "only.here", value).with("a", "only.here", null).text());
    }

    @Property(seed = Fixed.SEED)
    void readsAnyTextOrSaysWhichLineIsBroken(@ForAll String text) {
        try {
            var file = ConfigFile.of(PATH, text);
            assertEquals(file.profiles(), ConfigFile.of(PATH, file.text()).profiles());
        } catch (Failure e) {
            assertTrue(e.getMessage().startsWith("Line "), e.getMessage());
            assertFalse(e.getMessage().contains("\n"));
        }
    }

    @Provide
    Arbitrary<List<Edit>> edits() {
        return Combinators.combine(
                        Arbitraries.of("a", "b", "prod.eu-1"),
                        Arbitraries.of("model", "livekit.url", "ca_file"),
                        values().injectNull(0.2))
                .as(Edit::new)
                .list()
                .ofMinSize(1)
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> values() {
        return Arbitraries.strings()
                .filter(v -> !v.isBlank() && v.equals(v.strip()) && v.lines().count() == 1 && v.indexOf('\r') < 0);
    }

    @Provide
    Arbitrary<List<String>> comments() {
        return Arbitraries.of("# [a]", "# model = x", "#", "# ünïcode = 1").list().ofMaxSize(4);
    }

    @Test
    void knowsProfileNames() {
        assertTrue(Stream.of("default", "prod.eu-1", "A_b").allMatch(ConfigFile::isProfileName));
        assertTrue(Stream.of("", "a b", "a]", "ä", "a\nb").noneMatch(ConfigFile::isProfileName));
    }
}
