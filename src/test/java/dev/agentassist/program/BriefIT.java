package dev.agentassist.program;

import static dev.agentassist.program.Check.json;
import static dev.agentassist.program.Check.names;
import static dev.agentassist.program.Check.ok;
import static dev.agentassist.program.Check.refused;
import static dev.agentassist.program.Check.refusedAsJson;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.testkit.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code assist brief}: of sample calls, stored calls and files, without a model. */
class BriefIT {

    private static final Set<String> SECTIONS = Set.of(
            "header", "transfer_reason", "call_summary", "information_collected", "suggested_next_steps", "transcript",
            "compliance_flags", "meta");

    @TempDir
    private Path home;

    private Program assist;

    @BeforeEach
    void program() {
        assist = new Program(home);
    }

    @Test
    void theDemoNeedsNothing() throws Exception {
        Program.Result run = assist.run("brief", "--demo", "+14155550132");
        String text = ok(run);
        assertTrue(text.startsWith("# Dana Whitfield"), text);
        assertTrue(run.err().contains("conv_7Qm2wash") && run.err().contains("ago"), "which call, and how old: " + run);
        try (var files = Files.list(home)) {
            assertEquals(0, files.count(), "nothing is stored");
        }
    }

    @Test
    void everySampleCallHasABriefWithEverySection() {
        String ids = ok(assist.run("conversations", "list", "--demo", "--format", "jsonl"));
        for (String line : ids.lines().toList()) {
            String id = json(line).get("id").asText();
            JsonNode brief = json(ok(assist.run("brief", "--demo", id, "--format", "json")));
            assertEquals(SECTIONS, names(brief), id);
            int bullets = brief.get("call_summary").size();
            assertTrue(bullets >= 3 && bullets <= 5, id);
            int steps = brief.get("suggested_next_steps").size();
            assertTrue(steps >= 1 && steps <= 3, id);
            assertEquals(id, brief.at("/meta/conversation_id").asText());
            assertEquals("extractive", brief.at("/meta/engine").asText(), id);
        }
    }

    @Test
    void aNumberMeansItsNewestCallLiveOrNot() {
        assertEquals("conv_live_9Kd3", json(ok(assist.run("brief", "--demo", "+14155550147", "--format", "json")))
                .at("/meta/conversation_id").asText());
        assertEquals(
                ok(assist.run("brief", "--demo", "conv_6Rt5bill")), ok(assist.run("brief", "--demo", "room:call-conv_6Rt5bill")));
        refused(assist.run("brief", "--demo", "+14155550199"), 3, "+14155550199");
        refused(assist.run("brief", "--demo", "room:none"), 3, "“none”");
        refused(assist.run("brief", "--demo", "none"), 3, "“none”");
        refusedAsJson(assist.run("brief", "--demo", "+14155550199", "--format", "json"), 3, 404, "+14155550199");
    }

    @Test
    void aFileIsReadInAnyFormatAndNothingIsStored() throws Exception {
        String stored = ok(assist.run("brief", "--demo", "conv_7Qm2wash"));
        String whole = ok(assist.run("conversations", "export", "--demo", "conv_7Qm2wash"));
        Path file = Files.writeString(home.resolve("call.json"), whole);
        assertEquals(stored, ok(assist.run("brief", "--file", file.toString())));
        assertEquals(stored, ok(assist.reading(whole).run("brief", "--file", "-")));
        for (String format : new String[] {"vtt", "srt", "text", "chat"}) {
            String text = ok(assist.run("conversations", "export", "--demo", "conv_7Qm2wash", "--format", format));
            String brief = ok(assist.reading(text).run("brief", "--file", "-"));
            assertTrue(brief.contains("washing machine"), () -> format + ": " + brief);
        }
        assertFalse(Files.exists(home.resolve("data")), "a file is only looked at");
    }

    @Test
    void ofSeveralCallsInAFileTheNewestIsTakenAndSaid() {
        String all = ok(assist.run("conversations", "export", "--demo"));
        Program.Result run = assist.reading(all).run("brief", "--file", "-", "--format", "json");
        assertEquals("conv_ring_2Xb8", json(ok(run)).at("/meta/conversation_id").asText());
        assertTrue(run.err().contains(all.lines().count() + " calls"), run::toString);
    }

    @Test
    void whoSpeaksIsToldByALabel() {
        String text = "Maya: How can I help?\nBob: My bill is wrong, you charged me twice.\nMaya: Let me look.\n";
        String brief = ok(assist.reading(text).run("brief", "--file", "-", "--agent-label", "Maya"));
        assertTrue(brief.contains("Caller: “My bill is wrong"), brief);
    }

    @Test
    void outputIsTheOldFileOrTheNewOneWhole() throws Exception {
        Path file = home.resolve("brief.md");
        Program.Result run = assist.run("brief", "--demo", "+14155550132", "--output", file.toString());
        assertEquals("", ok(run));
        String brief = Files.readString(file);
        assertTrue(brief.startsWith("# Dana Whitfield"), brief);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        refused(assist.run("brief", "--demo", "--quiet", "+14155550199", "--output", file.toString()), 3);
        assertEquals(brief, Files.readString(file));
        Path link = Files.createSymbolicLink(home.resolve("link.md"), file);
        ok(assist.run("brief", "--demo", "+14155550176", "--output", link.toString()));
        assertTrue(Files.isSymbolicLink(link));
        assertFalse(Files.readString(file).equals(brief));
        ok(assist.run("brief", "--demo", "+14155550132", "--output", "/dev/null"));
        assertFalse(Files.isRegularFile(Path.of("/dev/null")), "a device stays a device");
        try (var files = Files.list(home)) {
            assertEquals(2, files.count(), "nothing is left beside");
        }
    }

    @Test
    void leavingSecretsInIsAskedForAndNotedWithoutThem() throws Exception {
        String text = "Agent: How can I help?\nCaller: You charged my card twice, it is 4242 4242 4242 4242.\nAgent: Let me look.\n";
        String usual = ok(assist.reading(text).run("brief", "--file", "-"));
        assertFalse(usual.contains("4242"), usual);
        assertEquals("", lines(home, "brief_unredacted"), "a usual brief is not noted");
        String whole = ok(assist.reading(text).run("brief", "--file", "-", "--no-redact"));
        assertTrue(whole.contains("4242 4242 4242 4242"), whole);
        String noted = lines(home, "brief_unredacted");
        assertEquals(1, noted.lines().count(), noted);
        assertFalse(noted.contains("4242") || noted.contains("charged"), "nothing of the call: " + noted);
        refused(assist.run("brief", "--demo", "+14155550147", "--watch", "--no-redact"), 2, "--watch always redacts");
    }

    /** The lines of all files below a folder that hold a word. */
    private static String lines(Path folder, String word) throws Exception {
        var found = new StringBuilder();
        try (var files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.readString(file).lines().filter(l -> l.contains(word)).forEach(l -> found.append(l).append('\n'));
            }
        }
        return found.toString();
    }

    @Test
    void itsOwnWordsAreInTheLanguageAskedForAndQuotesAsTheyWereSaid() {
        String german = ok(assist.run("brief", "--demo", "+14155550132", "--language", "de"));
        assertTrue(german.contains("## Was geschah") && german.contains("nobody came"), german);
        JsonNode brief = json(ok(assist.run("brief", "--demo", "+14155550132", "--language", "fr", "--format", "json")));
        assertEquals("fr", brief.at("/meta/language").asText());
        JsonNode other = json(ok(assist.run("brief", "--demo", "+14155550132", "--language", "sv", "--format", "json")));
        assertTrue(other.at("/meta/warnings").toString().contains("“sv”"), other::toString);
        refused(assist.run("brief", "--demo", "+14155550132", "--language", "9"), 2, "is not a language");
    }

    @Test
    void whatDoesNotFitIsSaid() {
        refused(assist.run("brief"), 2, "No call is named");
        refused(assist.run("brief", "--demo", "conv_5Sec", "--file", "x"), 2, "two calls");
        refused(assist.run("brief", "--demo", "conv_5Sec", "--engine", "magic"), 2, "“magic”");
        refused(assist.run("brief", "--demo", "conv_5Sec", "--format", "jsn"), 2, "Did you mean json?");
    }
}
