package dev.agentassist.program;

import static dev.agentassist.program.Check.json;
import static dev.agentassist.program.Check.names;
import static dev.agentassist.program.Check.refusedAsJson;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Participant;
import dev.agentassist.testkit.Program;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** {@code assist token}: what it mints, and that a LiveKit server and its client take it for what it says. */
class TokenIT extends OnServer {

    private static JsonNode claims(String token) {
        return json(new String(Base64.getUrlDecoder().decode(token.split("\\.")[1]), StandardCharsets.UTF_8));
    }

    private List<JsonNode> auditLog() throws IOException {
        Path log = home.resolve("state/agent-assist/listen.jsonl");
        return Files.readAllLines(log).stream().map(Check::json).toList();
    }

    @Test
    void aListenerJoinsUnseenAndCanDoNothingButListen() throws Exception {
        Participant agent = people.join("token-1", Join.agent("agent-1"));
        Participant caller = people.join("token-1", Join.caller("+14155550132"));
        var before = Instant.now();

        Program.Result run = assist.run("token", "room:token-1");

        assertEquals(0, run.exit(), run::toString);
        assertEquals("", run.err());
        JsonNode answer = json(run.out());
        assertEquals(Set.of("url", "token", "room_name", "expires_at"), names(answer));
        assertEquals(server.url(), answer.get("url").asText());
        assertEquals("token-1", answer.get("room_name").asText());
        Instant expires = Instant.parse(answer.get("expires_at").asText());
        assertFalse(expires.isBefore(before.plusSeconds(58)), expires + " is too early");
        assertFalse(expires.isAfter(Instant.now().plusSeconds(60)), expires + " is too late");

        Participant ear = people.joinWithToken(answer.get("token").asText());
        assertTrue(ear.identity().startsWith("listener-"), ear.identity());
        ear.await("presentAlready", "agent-1");
        agent.replace("SG_1", "", "Good morning", true);
        ear.await("the listener reads what the agent says", e -> e.name().equals("transcription")
                && e.data().get("text").asText().equals("Good morning"));
        var shown = server.participants("token-1").stream()
                .filter(p -> p.getIdentity().equals(ear.identity()))
                .findFirst()
                .orElseThrow();
        assertTrue(shown.getPermission().getHidden());
        assertTrue(shown.getPermission().getCanSubscribe());
        assertFalse(shown.getPermission().getCanPublish());
        assertFalse(shown.getPermission().getCanPublishData());

        // What a listener tries to say reaches nobody: what is said after it does.
        ear.sendData("chat", "from the ear");
        agent.sendData("chat", "from the agent");
        caller.await("the caller gets the agent's data", e -> e.name().equals("dataReceived")
                && e.data().get("text").asText().equals("from the agent"));
        assertFalse(caller.events().stream().anyMatch(e -> e.toString().contains("from the ear")));
        assertFalse(caller.wasToldOf(ear.identity()) || agent.wasToldOf(ear.identity()));
        assertEquals(List.of("agent-1"), caller.sees());
        ear.leave();
    }

    @Test
    void theTokenHoldsFiveGrantsAndNothingElse() throws Exception {
        Program.Result run = assist.with("LIVEKIT_URL", "http://127.0.0.1:1").run(
                "token", "room:a b/ü", "--no-check", "--ttl", "5m", "--reason", "caller complains", "--as", "ana");

        assertEquals(0, run.exit(), run::toString);
        JsonNode answer = json(run.out());
        assertEquals("ws://127.0.0.1:1", answer.get("url").asText());
        JsonNode claims = claims(answer.get("token").asText());
        JsonNode video = claims.get("video");
        assertEquals(
                Set.of("room", "roomJoin", "canSubscribe", "canPublish", "canPublishData", "hidden"), names(video));
        assertEquals("a b/ü", video.get("room").asText());
        assertTrue(video.get("roomJoin").booleanValue() && video.get("canSubscribe").booleanValue() && video.get("hidden").booleanValue());
        assertFalse(video.get("canPublish").booleanValue() || video.get("canPublishData").booleanValue());
        assertEquals(LiveKitServerPart.KEY, claims.get("iss").asText());
        assertEquals(
                Instant.parse(answer.get("expires_at").asText()), Instant.ofEpochSecond(claims.get("exp").asLong()));
        assertEquals(json("{\"listener\":\"ana\",\"reason\":\"caller complains\"}"), json(claims.get("metadata").asText()));
    }

    @Test
    void everyFormatSaysTheSame() throws Exception {
        var mint = new String[] {"token", "room:formats", "--no-check", "--format", ""};

        mint[4] = "token";
        String token = assist.run(mint).out();
        assertEquals(1, token.lines().count());
        assertEquals("formats", claims(token.strip()).at("/video/room").asText());

        mint[4] = "env";
        Program.Result shell = assist.shell(
                "eval \"$(assist token room:formats --no-check --format env)\" && set | grep -E '^LIVEKIT_(URL|TOKEN|ROOM)'");
        assertEquals(0, shell.exit(), shell::toString);
        assertTrue(shell.out().contains("LIVEKIT_URL=" + server.url()), shell.out());
        assertTrue(shell.out().contains("LIVEKIT_TOKEN=ey"), shell.out());

        mint[4] = "text";
        String text = assist.run(mint).out();
        assertTrue(text.contains("formats") && text.contains(server.url()), text);

        mint[4] = "json";
        assertEquals(4, json(assist.run(mint).out()).size());
    }

    @Test
    void everyRequestLeavesALineInTheAuditLogThatHoldsNoToken() throws Exception {
        server.createRoom("token-empty", 0);
        Program.Result minted = assist.run("token", "room:audit", "--no-check", "--as", "ana", "--reason", "a\nb");
        assertEquals(5, assist.run("token", "room:token-empty").exit());
        assertEquals(3, assist.run("token", "room:token-none").exit());

        List<JsonNode> log = auditLog();
        assertEquals(3, log.size());
        JsonNode first = log.getFirst();
        assertEquals("minted", first.get("event").asText());
        assertEquals("ana", first.get("who").asText());
        assertEquals("a\nb", first.get("reason").asText());
        assertEquals("audit", first.get("room_name").asText());
        assertEquals(json(minted.out()).get("expires_at").asText(), first.get("expires_at").asText());
        assertEquals(claims(json(minted.out()).get("token").asText()).get("sub").asText(), first.get("identity").asText());
        assertEquals(List.of("refused", "refused"), log.subList(1, 3).stream().map(e -> e.get("event").asText()).toList());
        assertEquals(List.of(409, 404), log.subList(1, 3).stream().map(e -> e.get("status").asInt()).toList());
        Path file = home.resolve("state/agent-assist/listen.jsonl");
        String text = Files.readString(file);
        assertFalse(text.contains(json(minted.out()).get("token").asText()) || text.contains(LiveKitServerPart.SECRET));
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
    }

    @Test
    void whoListensIsTheUserUnlessSaid() throws Exception {
        JsonNode answer = json(assist.run("token", "room:who", "--no-check").out());
        String user = System.getProperty("user.name");
        assertEquals(user, json(claims(answer.get("token").asText()).get("metadata").asText()).get("listener").asText());
        assertEquals(user, auditLog().getFirst().get("who").asText());
    }

    @Test
    void askingMakesNoRoom() {
        Program.Result run = assist.run("token", "room:token-not-there");
        refusedAsJson(run, 3, 404, "There is no room “token-not-there”");
        assertFalse(server.roomNames().contains("token-not-there"));
    }

    @Test
    void aRoomThatIsEmptyButForHiddenListenersIsNoCall() {
        Participant ear = people.join("token-2", Join.person("ear").asHidden());
        refusedAsJson(assist.run("token", "room:token-2"), 5, 409, "nobody but hidden listeners");
        ear.leave();
        server.createRoom("token-3", 0);
        refusedAsJson(assist.run("token", "room:token-3"), 5, 409, "is empty");
    }

    @Test
    void theLastFreePlaceIsNotTakenWithoutForce() {
        server.createRoom("token-4", 3);
        people.join("token-4", Join.person("a"));
        assertEquals(0, assist.run("token", "room:token-4").exit(), "two places are free");
        people.join("token-4", Join.person("b"));
        refusedAsJson(assist.run("token", "room:token-4"), 5, 409, "one free place left");
        Program.Result forced = assist.run("token", "room:token-4", "--force", "--format", "token");
        assertEquals(0, forced.exit(), forced::toString);
        people.joinWithToken(forced.out().strip()).leave();
    }

    @Test
    void anEndedConversationIsRefusedAndAnUnknownOneIsNotFound() {
        refusedAsJson(assist.run("token", "conv_5Sec", "--demo"), 5, 409, "has ended");
        refusedAsJson(assist.run("token", "conv_none", "--demo"), 3, 404, "conv_none");
        refusedAsJson(assist.run("token", "+14155550100"), 3, 404, "+14155550100");
    }

    @Test
    void aServerThatCannotBeReachedIsWorthRetrying() {
        Program.Result run = assist.with("LIVEKIT_URL", "ws://127.0.0.1:1").run("token", "room:r");
        refusedAsJson(run, 6, null, "cannot be reached");
    }

    @Test
    void wrongKeysAreNotAllowedAndShowNoSecret() {
        var wrong = assist.with("LIVEKIT_API_SECRET", "another-secret-that-is-long-enough-too");
        refusedAsJson(wrong.run("token", "room:r"), 4, 401, "refuses the API key");
        refusedAsJson(assist.with("LIVEKIT_API_KEY", "nobody").run("token", "room:r"), 4, 401, "refuses the API key");
        Program.Result verbose = wrong.run("token", "room:r", "--verbose");
        assertFalse(verbose.toString().contains("another-secret"), verbose::toString);
    }

    @Test
    void missingSettingsAreNamed() {
        var bare = assist.with("LIVEKIT_API_SECRET", null);
        refusedAsJson(bare.run("token", "room:r", "--no-check"), 2, null, "livekit.api_secret");
        refusedAsJson(assist.with("LIVEKIT_URL", null).run("token", "room:r", "--no-check"), 2, null, "livekit.url");
    }

    @Test
    void lifetimesHaveBounds() {
        for (String bad : List.of("2h", "61m", "0s", "-5s", "soon", "1e9d", "")) {
            refusedAsJson(assist.run("token", "room:r", "--no-check", "--ttl=" + bad), 2, null, "");
        }
        assertEquals(0, assist.run("token", "room:r", "--no-check", "--ttl", "1h").exit());
    }

    @Test
    void theHelpSaysWhatATokenIsNot() {
        String help = assist.run("token", "--help").out().replaceAll("\\s+", " ");
        assertTrue(help.contains("Expiry gates joining only"), help);
        assertTrue(help.contains("can come back for some minutes"), help);
        assertTrue(help.contains("Hidden is not invisible"), help);
    }

    @Test
    @Tag("slow")
    void aTokenIsGoneWhenItsTimeIsOver() {
        Participant agent = people.join("token-5", Join.agent("agent"));
        String token = assist.run("token", "room:token-5", "--ttl", "1s", "--format", "token").out().strip();
        // The server allows for clocks that differ by a minute.
        Await.until(() -> "the server refuses an expired token", Duration.ofMinutes(3), () -> {
            try {
                people.joinWithToken(token).leave();
                return false;
            } catch (AssertionError e) {
                return true;
            }
        });
        agent.leave();
    }
}
