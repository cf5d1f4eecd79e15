package dev.agentassist.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.call.CallFinder;
import dev.agentassist.conversation.PhoneNumber;
import dev.agentassist.conversation.Target;
import dev.agentassist.json.Json;
import dev.agentassist.net.Http;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.store.StoreAccess;
import dev.agentassist.store.Stores;
import dev.agentassist.testkit.PlatformFake;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformTokensTest {

    private static final Target ANNA = new Target.Caller(new PhoneNumber("+14155550132"));
    private static final ListenRequest REQUEST = new ListenRequest(Duration.ofMinutes(5), "dana", "complaint", false);

    @TempDir
    Path folder;

    private final List<String> notes = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private PlatformFake fake;
    private StoreAccess access;

    @BeforeEach
    void start() throws Exception {
        fake = new PlatformFake()
                .with(call("live", "in_progress", "+14155550132", "\"room-1\""))
                .with(call("done", "completed", "+14155550133", "\"room-2\""))
                .with(call("early", "ringing", "+14155550134", "null"));
        access = new StoreAccess(
                folder, Map.of(), "nobody", () -> PlatformFake.KEY, () -> null, Duration.ofSeconds(30), null,
                () -> Http.client(new Http.Options(Duration.ofSeconds(30), null, null, null)));
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    private static ObjectNode call(String id, String status, String number, String room) throws Exception {
        return (ObjectNode) Json.MAPPER.readTree("""
                {"id": "%s", "status": "%s", "user_id": "%s", "room_name": %s, "created_at": "2026-11-22T12:00:00Z"}"""
                .formatted(id, status, number, room));
    }

    private ListenerToken mint(Target target) {
        var tokens = new ListenerTokens(
                new ListenLog(log()),
                InstantSource.system(),
                new PlatformTokens(Stores.platform(fake.url(), access), InstantSource.system(), notes::add, warnings::add));
        return tokens.mint(target, CallFinder.hosted(() -> Stores.open(fake.url(), access), null, null)::find, REQUEST);
    }

    private Path log() {
        return folder.resolve("listen.jsonl");
    }

    private Problem refused(Target target) {
        return assertThrows(Failure.class, () -> mint(target)).problem();
    }

    @Test
    void thePlatformMintsAndTheLogSaysForWhomWithoutTheToken() throws Exception {
        for (Target target : List.of(ANNA, new Target.ConversationId("live"), new Target.Room("room-1"))) {
            ListenerToken token = mint(target);
            assertEquals("room-1", token.roomName());
            assertEquals("wss://livekit.example.com", token.url());
            String line = Files.readAllLines(log()).getLast();
            assertTrue(line.contains("\"identity\":\"listener-of-the-platform\"") && line.contains("\"room_name\":\"room-1\""), line);
            assertTrue(line.contains("\"who\":\"dana\"") && line.contains("\"conversation_id\":\"live\""), line);
            assertFalse(line.contains(token.token()), line);
        }
        assertEquals(List.of(), warnings);
        assertTrue(notes.getFirst().contains("whatever --ttl says"), notes.toString());
    }

    @Test
    void anEndedCallIsRefusedAndAnUnknownOneIsNotFound() throws Exception {
        assertInstanceOf(Problem.WrongState.class, refused(new Target.ConversationId("done")));
        assertInstanceOf(Problem.WrongState.class, refused(new Target.Caller(new PhoneNumber("+14155550133"))));
        assertInstanceOf(Problem.NotFound.class, refused(new Target.ConversationId("nothing")));
        assertInstanceOf(Problem.NotFound.class, refused(new Target.Caller(new PhoneNumber("+14155550199"))));
        assertInstanceOf(Problem.NotFound.class, refused(new Target.Room("room-9")));
        // Active, but without a room: the platform says so.
        assertInstanceOf(Problem.NotFound.class, refused(new Target.ConversationId("early")));
        assertEquals(6, Files.readAllLines(log()).size());
        assertTrue(Files.readAllLines(log()).stream().allMatch(l -> l.contains("refused")));
    }

    @Test
    void aCallThatEndsMeanwhileIsRefusedByThePlatform() throws Exception {
        fake.next(200, "[" + call("done", "in_progress", "+14155550133", "\"room-2\"") + "]");
        assertInstanceOf(Problem.WrongState.class, refused(new Target.Caller(new PhoneNumber("+14155550133"))));
    }

    @Test
    void aTokenThatGrantsMoreIsWarnedOf() throws Exception {
        fake.next(200, call("live", "in_progress", "+14155550132", "\"room-1\"").toString());
        String open = java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(
                "{\"sub\": \"x\", \"exp\": 99999999999, \"video\": {\"roomJoin\": true, \"room\": \"room-1\"}}".getBytes(java.nio.charset.StandardCharsets.UTF_8));
        fake.next(200, "{\"url\": \"wss://x\", \"room_name\": \"room-1\", \"expires_at\": \"2026-11-22T12:00:00+00:00\", \"token\": \"eyJhbGciOiJIUzI1NiJ9." + open + ".c2ln\"}");
        mint(new Target.ConversationId("live"));
        assertTrue(warnings.toString().contains("not hidden"), warnings.toString());
    }

    @Test
    void anAnswerWithoutATokenIsNoToken() throws Exception {
        for (String answer : List.of("{}", "{\"url\": \"wss://x\"}", "[1]")) {
            fake.next(200, call("live", "in_progress", "+14155550132", "\"room-1\"").toString());
            fake.next(200, answer);
            assertInstanceOf(Problem.Unavailable.class, refused(new Target.ConversationId("live")), answer);
        }
    }
}
