package dev.agentassist.program;

import static dev.agentassist.program.Check.json;
import static dev.agentassist.program.Check.ok;
import static dev.agentassist.program.Check.refusedAsJson;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Participants;
import dev.agentassist.testkit.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Calls in progress are found with nothing but LiveKit's keys, and beside those of the store. */
class LiveCallsIT {

    private static LiveKitServerPart server;
    private static Participants people;

    @TempDir
    private Path home;

    private Program assist;

    /** A server of its own: all its calls are listed. */
    @BeforeAll
    static void start() {
        server = LiveKitServerPart.start();
        people = Participants.of(server);
        people.join("call-a", Join.agent("agent-a"));
        people.join("call-a", Join.caller("+14155550132"));
        people.join("call-b", Join.person("visitor"));
        people.join("call-b", Join.agent("agent-b"));
        people.join("call-c", Join.person("ear").asHidden());
        server.createRoom("call-d", 0);
    }

    @AfterAll
    static void stop() {
        people.close();
        server.close();
    }

    @BeforeEach
    void program() {
        assist = new Program(home).with(server);
    }

    private List<String> rooms(String... more) {
        var words = new java.util.ArrayList<>(List.of("conversations", "list", "--live", "--format", "jsonl"));
        words.addAll(List.of(more));
        return ok(assist.run(words.toArray(String[]::new)))
                .lines()
                .map(l -> json(l).get("room_name").asText())
                .sorted()
                .toList();
    }

    @Test
    void anEmptyStoreDoesNotLeaveAnybodyBlind() {
        assertEquals(List.of("call-a", "call-b"), rooms());
        assertEquals(List.of("call-a"), rooms("--phone", "+1 (415) 555-0132"));
        assertEquals(List.of(), rooms("--phone", "+14155550131"));
        String table = ok(assist.run("conversations", "list", "--live"));
        assertTrue(table.contains("room:call-a") && table.contains("+14155550132"), table);
    }

    @Test
    void aNumberOrARoomIsEnoughForAToken() {
        for (String target : List.of("+14155550132", "tel:+1-415-555-0132", "TEL:+14155550132", "room:call-a")) {
            assertEquals("call-a", json(ok(assist.run("token", target))).get("room_name").asText());
        }
        JsonNode us = json(ok(assist.run("token", "tel:(415) 555-0132", "--region", "US")));
        assertEquals("call-a", us.get("room_name").asText());
        assertEquals("call-a", json(ok(assist.with("ASSIST_REGION", "us").run("token", "tel:415.555.0132")))
                .get("room_name").asText());
        assertTrue(people.joinWithToken(us.get("token").asText()).sees().contains("agent-a"));
    }

    @Test
    void aNumberThatIsNoneIsSaid() {
        refusedAsJson(assist.run("token", "tel:415 555 0132"), 2, null, "not a telephone number");
        refusedAsJson(assist.run("token", "tel:12", "--region", "US"), 2, null, "in region US");
        refusedAsJson(assist.run("token", "+1415555x132x"), 2, null, "not a telephone number");
        refusedAsJson(assist.run("token", "tel:"), 2, null, "not a telephone number");
        refusedAsJson(assist.run("token", "room:"), 2, null, "names no room");
        refusedAsJson(assist.run("token", ""), 2, null, "empty");
        refusedAsJson(assist.run("token", "tel:4155550132", "--region", "Atlantis"), 2, null, "Atlantis");
    }

    @Test
    void oneCallIsShownOnceAndANumberMeansItsNewestActiveCall() throws Exception {
        // The store knows call-a, an ended call, and one whose room is gone.
        String stored = """
                {"id":"s1","status":"in_progress","channel":"telephone","user_id":"+14155550132","room_name":"call-a","created_at":"2026-11-20T10:00:00Z","updated_at":"2026-11-20T10:00:00Z"}
                {"id":"s2","status":"completed","channel":"telephone","user_id":"+14155550199","room_name":"call-x","created_at":"2026-11-21T10:00:00Z","updated_at":"2026-11-21T10:00:00Z"}
                {"id":"s3","status":"in_progress","channel":"telephone","user_id":"+14155550188","created_at":"2026-11-21T10:00:00Z","updated_at":"2026-11-21T10:00:00Z"}
                """;
        ok(assist.reading(stored).run("conversations", "import", "-"));

        List<String> ids = ok(assist.run("conversations", "list", "--live", "--format", "jsonl"))
                .lines()
                .map(l -> json(l).get("id").asText())
                .sorted()
                .toList();
        assertEquals(List.of("null", "s1", "s3"), ids);
        ok(assist.run("token", "+14155550132", "--as", "ana"));
        String log = Files.readString(home.resolve("state/agent-assist/listen.jsonl"));
        assertTrue(log.contains("\"conversation_id\":\"s1\"") && log.contains("\"room_name\":\"call-a\""), log);
        assertTrue(!log.contains("4155550132"), "a caller's number is not logged");
        assertEquals("call-a", json(ok(assist.run("token", "s1"))).get("room_name").asText());

        refusedAsJson(assist.run("token", "+14155550199"), 5, 409, "s2");
        refusedAsJson(assist.run("token", "s2"), 5, 409, "has ended");
        refusedAsJson(assist.run("token", "+14155550188"), 3, 404, "s3");
        refusedAsJson(assist.run("token", "s3"), 3, 404, "no LiveKit room");
        refusedAsJson(assist.run("token", "+14155550177"), 3, 404, "+14155550177");
        refusedAsJson(assist.run("token", "call-a"), 3, 404, "There is no conversation “call-a”");
    }
}
