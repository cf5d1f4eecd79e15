package dev.agentassist.program;

import static dev.agentassist.program.Check.json;
import static dev.agentassist.program.Check.ok;
import static dev.agentassist.program.Check.refused;
import static dev.agentassist.program.Check.refusedAsJson;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.PlatformFake;
import dev.agentassist.testkit.PostgresPart;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.Running;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packaged program on each kind of store: a real PostgreSQL, a platform's API, and a SQLite file that is torn. */
class StoresIT {

    @TempDir
    private Path home;

    @Test
    void aTeamsPostgresHoldsTheSameCallsAsAFile() {
        var database = PostgresPart.database();
        Program file = new Program(home);
        Program team = file.with("ASSIST_STORE", database.url());
        refused(team.run("conversations", "list"), 2, "no table or view assist_conversation", "config check --create");
        Program.Result check = team.run("config", "check");
        assertEquals(7, check.exit(), check::toString);
        assertTrue(check.out().contains("created_at timestamptz") && check.out().contains("--create"), check::toString);
        assertTrue(team.run("config", "check", "--create").out().contains("made, the table assist_conversation"));
        String demo = ok(file.run("conversations", "export", "--demo"));
        for (Program each : List.of(file, team)) {
            Program.Result imported = each.reading(demo).run("conversations", "import", "-");
            assertEquals(0, imported.exit(), imported::toString);
            assertTrue(imported.err().contains("18 added"), imported::toString);
            assertTrue(each.reading(demo).run("conversations", "import", "-").err().contains("18 unchanged"));
        }
        for (String command : List.of(
                "conversations export", "conversations list", "conversations list --status failed,completed --limit 3",
                "conversations list --phone +14155550132 --format jsonl", "conversations show +14155550132")) {
            assertEquals(ok(file.run(command.split(" "))), ok(team.run(command.split(" "))), command);
        }
        assertEquals(0, team.run("conversations", "delete", "+14155550132", "--yes").exit());
        assertEquals(17, ok(team.run("conversations", "list", "--format", "jsonl")).lines().count());
        Program.Result shown = team.shell("assist conversations list | head -1");
        assertEquals(0, shown.exit(), shown::toString);
    }

    @Test
    void aBrokenFileLeavesPostgresAsItWas() {
        Program team = new Program(home).with("ASSIST_STORE", PostgresPart.database().url());
        ok(team.run("config", "check", "--create"));
        String good = "{\"id\": \"a\", \"status\": \"completed\", \"created_at\": \"2026-11-22T12:00:00Z\"}\n";
        String bad = "{\"id\": \"b\", \"status\": \"completed\", \"created_at\": \"yesterday\"}\n";
        refused(team.reading(good + bad).run("conversations", "import", "-"), 2, "line 2", "created_at", "Nothing was imported");
        assertEquals("", ok(team.run("conversations", "list", "--format", "jsonl")));
        Program.Result most = team.reading(good + bad).run("conversations", "import", "-", "--keep-going");
        assertEquals(2, most.exit(), most::toString);
        assertEquals(1, ok(team.run("conversations", "list", "--format", "jsonl")).lines().count());
    }

    @Test
    void aDatabaseThatIsNotThereIsWorthRetryingAndAPasswordIsNoArgument() {
        Program assist = new Program(home);
        refused(assist.run("conversations", "list", "--store", "postgresql://u@127.0.0.1:1/db"), 6, "refuses the connection");
        Program.Result told = assist.run("conversations", "list", "--store", "postgresql://u:hunter2@127.0.0.1:1/db");
        refused(told, 2, "password", "ASSIST_STORE_KEY");
        assertFalse(told.err().contains("hunter2"), told::toString);
    }

    private static ObjectNode call(String id, String status, String number) {
        return (ObjectNode) json("""
                {"id": "%s", "status": "%s", "user_id": "%s", "room_name": "room-%s", "channel": "telephone", "direction": "inbound",
                 "created_at": "2026-11-22T12:00:00.000000Z", "updated_at": "2026-11-22T12:05:00Z", "duration": 61,
                 "conversation": {"items": [{"type": "message", "role": "user", "content": ["Where is my parcel?"]}]}}"""
                .formatted(id, status, number, id));
    }

    @Test
    void aHostedPlatformListsMintsAndBriefs() {
        try (var fake = new PlatformFake()) {
            fake.with(call("live", "in_progress", "+14155550132")).with(call("done", "completed", "+14155550133"));
            fake.brief("+14155550132", "{\"transfer_reason\": \"Wants the parcel today.\", \"call_summary\": [\"Asked for a parcel.\"]}");
            Program assist = new Program(home).with("ASSIST_STORE", fake.url()).with("ASSIST_STORE_KEY", PlatformFake.KEY);
            assertEquals(List.of("live", "done"), ok(assist.run("conversations", "list", "--format", "jsonl")).lines()
                    .map(l -> json(l).get("id").asText()).toList());
            var token = json(ok(assist.run("token", "+14155550132", "--reason", "complaint")));
            assertEquals("room-live", token.get("room_name").asText());
            assertTrue(ok(assist.reading(token.get("token").asText()).run("inspect", "-")).contains("Listen-only: yes"));
            refusedAsJson(assist.run("token", "done"), 5, 409, "ended");
            refusedAsJson(assist.run("token", "+14155550133"), 5, 409, "ended");
            refusedAsJson(assist.run("token", "+14155550199"), 3, 404, "+14155550199");
            var brief = json(ok(assist.run("brief", "+14155550132", "--engine", "platform", "--format", "json")));
            assertEquals("Wants the parcel today.", brief.get("transfer_reason").asText());
            assertEquals("platform", brief.at("/meta/engine").asText());
            assertTrue(brief.at("/meta/warnings").toString().contains("could not be checked"), brief::toString);
            assertEquals("Where is my parcel?", brief.at("/transcript/0/text").asText());
            refused(assist.run("brief", "+14155550133", "--engine", "platform"), 3, "No conversation found");
            refused(assist.reading("{}").run("conversations", "import", "-"), 4, "only be read");
            assertTrue(assist.run("config", "check").out().contains("answers and takes the key"));
            Program low = assist.with("ASSIST_STORE_KEY", PlatformFake.LOW_KEY);
            assertTrue(low.run("conversations", "show", "live").err().contains("may not read transcripts"));
            refused(assist.with("ASSIST_STORE_KEY", "ak_wrong").run("conversations", "list"), 4, "does not take the key");
            fake.next(500, "{\"detail\": \"boom\"}");
            refused(assist.run("conversations", "list"), 6, "boom");
        }
        Program assist = new Program(home).with("ASSIST_STORE_KEY", "ak_1");
        refused(assist.run("conversations", "list", "--store", "http://127.0.0.1:1"), 6, "refuses the connection");
        refused(assist.run("conversations", "list", "--store", "http://api.example.com"), 2, "unencrypted");
        refused(assist.run("brief", "--demo", "+14155550132", "--engine", "platform"), 2, "hosted platform");
    }

    @Test
    void anImportThatIsKilledLeavesWhatWasThereWhole() {
        Program assist = new Program(home);
        String before = ok(assist.run("conversations", "export", "--demo"));
        assertEquals(0, assist.reading(before).run("conversations", "import", "-").exit());
        String stored = ok(assist.run("conversations", "export"));
        Path log = home.resolve("data/agent-assist/conversations.db-wal");
        try (Running importing = assist.start("conversations", "import", "-")) {
            var text = new StringBuilder();
            int n = 0;
            // Until the transaction is so large that part of it has been written.
            while (size(log) < 1 << 20) {
                assertTrue(n < 600_000, "nothing of the import reached the disk");
                text.setLength(0);
                for (int i = 0; i < 2000; i++, n++) {
                    text.append("{\"id\": \"new").append(n).append("\", \"status\": \"completed\", \"created_at\": \"2026-11-22T12:00:00Z\", \"summary\": \"")
                            .append("x".repeat(1500)).append("\"}\n");
                }
                importing.type(text.toString());
            }
            importing.signal("KILL");
            assertEquals(137, importing.await(Await.PATIENCE).exit());
        }
        assertEquals(stored, ok(assist.run("conversations", "export")));
        assertTrue(assist.reading(before).run("conversations", "import", "-").err().contains("18 unchanged"));
    }

    private static long size(Path file) {
        try {
            return Files.exists(file) ? Files.size(file) : 0;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aRecordAsLongAsOneMayBeFitsIntoTheHeap() {
        Program assist = new Program(home);
        String words = "x".repeat(15 << 20);
        String call = "{\"id\": \"%s\", \"status\": \"completed\", \"created_at\": \"2026-11-22T12:00:00Z\", \"summary\": \"%s\"}\n";
        var several = new StringBuilder();
        for (String id : List.of("a", "b", "c")) {
            several.append(call.formatted(id, words));
        }
        Program.Result run = assist.reading(several.toString()).run("conversations", "import", "-");
        assertEquals(0, run.exit(), () -> "exit " + run.exit() + " " + run.err().lines().limit(5).toList());
        refused(assist.reading(call.formatted("d", words + words)).run("conversations", "import", "-"), 2, "longer than 16 MB");
    }
}
