package dev.agentassist.program;

import static dev.agentassist.program.Check.json;
import static dev.agentassist.program.Check.ok;
import static dev.agentassist.program.Check.refused;
import static dev.agentassist.program.Check.refusedAsJson;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.TerminalPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code assist conversations}: in by one format, out by another, listed, shown and deleted. */
class ConversationsIT {

    @TempDir
    private Path home;

    private Program assist;

    @BeforeEach
    void program() {
        assist = new Program(home);
    }

    private List<String> ids(String... filters) {
        var words = new ArrayList<>(List.of("conversations", "list", "--format", "jsonl"));
        words.addAll(List.of(filters));
        return ok(assist.run(words.toArray(String[]::new))).lines().map(l -> json(l).get("id").asText()).toList();
    }

    @Test
    void theSampleCallsAreAtLeastADozenAndCannotBeChanged() throws Exception {
        List<String> ids = ids("--demo");
        assertTrue(ids.size() >= 12, ids::toString);
        refused(assist.run("conversations", "delete", "conv_5Sec", "--demo", "--yes"), 4, "cannot be changed");
        refused(assist.run("conversations", "import", "--demo", "-"), 4, "cannot be changed");
        assertEquals(ids, ids("--demo"));
        try (var files = Files.list(home)) {
            assertEquals(0, files.count(), "--demo writes nothing");
        }
    }

    @Test
    void everyCallComesBackAsItWas() {
        String array = ok(assist.run("conversations", "export", "--demo", "--format", "json"));
        String lines = ok(assist.run("conversations", "export", "--demo", "--format", "jsonl"));
        assertEquals(array.length() > 0, lines.lines().count() == json(array).size());

        Program.Result first = assist.reading(array).run("conversations", "import", "-");
        assertTrue(first.err().contains(json(array).size() + " added"), first::toString);
        assertEquals("", ok(first));
        Program.Result again = assist.reading(lines).run("conversations", "import", "-", "--format", "json");
        assertEquals(json(array).size(), json(ok(again)).get("unchanged").asInt(), again::toString);

        assertEquals(json(array), json(ok(assist.run("conversations", "export", "--format", "json"))));
        assertEquals(
                ok(assist.run("conversations", "show", "conv_7Qm2wash", "--demo")),
                ok(assist.run("conversations", "show", "conv_7Qm2wash")));
    }

    @Test
    void filtersChooseAndDatesWithoutAZoneAreUtc() {
        assertEquals(List.of("conv_7Qm2wash", "conv_3Ord0old"), ids("--demo", "--phone", "+1 415-555-0132"));
        assertEquals(ids("--demo", "--phone", "+14155550132"), ids("--demo", "--phone", "(415) 555 0132", "--region", "us"));
        assertEquals(List.of("conv_unan_1", "conv_fail_1").reversed(), ids("--demo", "--status", "failed,unanswered"));
        assertEquals(3, ids("--demo", "--live").size());
        assertEquals(2, ids("--demo", "--limit", "2").size());
        List<String> day = ids("--demo", "--since", "2026-11-20", "--until", "2026-11-21");
        assertEquals(day, ids("--demo", "--since", "2026-11-20T00:00:00Z", "--until", "2026-11-21T00:00:00"));
        assertEquals(day, ids("--demo", "--since", "2026-11-20T02:00:00+02:00", "--until", "2026-11-20T16:00:00-08:00"));
        // The zone of the machine changes nothing.
        Program.Result elsewhere = assist.with("TZ", "Asia/Tokyo").run(
                "conversations", "list", "--demo", "--since", "2026-11-20", "--until", "2026-11-21", "--format", "jsonl");
        assertEquals(day.size(), ok(elsewhere).lines().count());
        assertTrue(json(ok(elsewhere).lines().findFirst().orElseThrow()).get("created_at").asText().endsWith("Z"));
        Program.Result none = assist.run("conversations", "list", "--demo", "--agent", "Nobody");
        assertEquals("", ok(none));
        assertTrue(none.err().contains("There is no such conversation"), none::toString);
    }

    @Test
    void anEmptyStoreSaysSoAndIsNotMade() {
        Program.Result empty = assist.run("conversations", "list");
        assertEquals(0, empty.exit(), empty::toString);
        assertEquals("", empty.out());
        assertTrue(empty.err().contains("No conversation is stored yet"), empty::toString);
        assertFalse(Files.exists(home.resolve("data")));
        assertEquals("[]", ok(assist.run("conversations", "list", "--format", "json")).strip());
    }

    @Test
    void whatIsNoFilterIsSaid() {
        refused(assist.run("conversations", "list", "--demo", "--since", "yesterday"), 2, "“yesterday”", "--since");
        refused(assist.run("conversations", "list", "--demo", "--limit", "ten"), 2, "“ten”", "--limit");
        refused(assist.run("conversations", "list", "--demo", "--limit", "0"), 2, "--limit");
        refused(assist.run("conversations", "list", "--demo", "--status", "done"), 2, "done");
        refused(assist.run("conversations", "list", "--demo", "--phone", "12"), 2, "“12”");
        refused(assist.run("conversations", "list", "--demo", "--since", "2026-11-22", "--until", "2026-11-21"), 2, "not before");
        refusedAsJson(assist.run("conversations", "list", "--demo", "--limit", "x", "--format", "json"), 2, null, "“x”");
        refusedAsJson(assist.run("conversations", "list", "--format=jsonl", "--nonsense"), 2, null, "--nonsense");
    }

    @Test
    void everyFormatIsReadBack() throws Exception {
        for (String format : List.of("chat", "vtt", "srt", "text")) {
            Path file = home.resolve("call." + format);
            ok(assist.run(
                    "conversations", "export", "conv_7Qm2wash", "--demo", "--format", format, "--output", file.toString()));
            var own = assist.with("XDG_DATA_HOME", home.resolve("data-" + format).toString());
            Program.Result run = own.run("conversations", "import", file.toString());
            assertEquals(0, run.exit(), () -> format + ": " + run);
            JsonNode call = json(ok(own.run("conversations", "export", "--format", "json"))).get(0);
            assertEquals("completed", call.get("status").asText(), format);
            assertTrue(call.toString().contains("My washing machine was supposed to be delivered"), () -> format + ": " + call);
            assertEquals(8, call.get("user_turn_count").asInt(), format);
        }
    }

    @Test
    void aTerminalStatusStaysAndTheNewestRecordWins() {
        String head = "{\"id\":\"a\",\"channel\":\"telephone\",\"user_id\":\"+14155550132\",\"created_at\":\"2026-11-20T10:00:00Z\",";
        ok(assist.reading(head + "\"status\":\"completed\",\"updated_at\":\"2026-11-20T10:05:00Z\"}\n").run("conversations", "import", "-"));
        ok(assist.reading(head + "\"status\":\"in_progress\",\"updated_at\":\"2026-11-20T10:09:00Z\"}\n").run("conversations", "import", "-"));
        assertEquals("completed", json(ok(assist.run("conversations", "show", "a", "--format", "json"))).get("status").asText());
        Program.Result old = assist.reading(head + "\"status\":\"failed\",\"updated_at\":\"2026-11-20T10:01:00Z\"}\n")
                .run("conversations", "import", "-", "--format", "json");
        assertEquals(1, json(ok(old)).get("stale").asInt(), old::toString);
        assertEquals("completed", json(ok(assist.run("conversations", "show", "a", "--format", "json"))).get("status").asText());
    }

    @Test
    void deletingAsksOrWantsYes() {
        ok(assist.reading(ok(assist.run("conversations", "export", "--demo"))).run("conversations", "import", "-"));
        refused(assist.run("conversations", "delete", "conv_5Sec"), 2, "--yes");
        refused(assist.run("conversations", "delete", "conv_5Sec", "conv_nope", "--yes"), 3, "conv_nope");
        assertTrue(ids().contains("conv_5Sec"), "all or none");

        try (var terminal = TerminalPart.start(100, 20, assist, "conversations", "delete", "conv_5Sec")) {
            terminal.await("for good\\?");
            terminal.type("n");
            terminal.press("Enter");
            assertEquals(0, terminal.awaitExit());
            terminal.await("Nothing was deleted");
        }
        assertTrue(ids().contains("conv_5Sec"));
        try (var terminal = TerminalPart.start(100, 20, assist, "conversations", "delete", "conv_5Sec")) {
            terminal.await("for good\\?");
            terminal.type("y");
            terminal.press("Enter");
            assertEquals(0, terminal.awaitExit());
        }
        assertFalse(ids().contains("conv_5Sec"));
        ok(assist.run("conversations", "delete", "conv_unan_1", "conv_canc_1", "--yes"));
        assertFalse(ids().contains("conv_unan_1"));
    }

    @Test
    void whatACallerSaidCannotTouchTheTerminal() {
        String call = """
                {"id":"evil","status":"completed","channel":"telephone","user_id":"+14155550132","created_at":"2026-11-20T10:00:00Z","conversation":{"items":[{"type":"message","role":"user","content":["\\u001b[2J\\u001b]0;owned\\u0007 hello \\u202etxt.exe"]}]}}
                """;
        ok(assist.reading(call).run("conversations", "import", "-"));
        for (String command : List.of("conversations show evil", "brief evil", "conversations list", "conversations export --format text")) {
            String out = ok(assist.run(command.split(" ")));
            assertEquals(-1, out.indexOf('\u001b'), command);
            assertEquals(-1, out.indexOf('\u202e'), command);
            assertEquals(-1, out.indexOf('\u0007'), command);
        }
        // For a program it stays as it was said.
        assertTrue(ok(assist.run("conversations", "export")).contains("\\u001B[2J"), "JSON escapes it and loses nothing");
    }
}
