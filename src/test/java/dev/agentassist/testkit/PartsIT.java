package dev.agentassist.testkit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real parts are what the other tests take them for. */
class PartsIT {

    @Test
    void participantsTalkAndAreToldOfEachOtherButNotOfAHiddenOne(@TempDir Path folder) {
        try (var server = LiveKitServerPart.start();
                var participants = Participants.of(server)) {
            Participant agent = participants.join("room", Join.agent("agent-1"));
            Participant caller = participants.join("room", Join.caller("+14155550132"));
            Participant hidden = participants.join("room", Join.person("ear").asHidden());
            caller.await("presentAlready", "agent-1");
            agent.await("participantConnected", "sip_+14155550132");

            String track = agent.publish(SpeechPart.speak("Good morning, this is the agent.", folder.resolve("a.wav")));
            caller.await("the caller hears the agent", e -> e.name().equals("heard")
                    && e.identity().equals("agent-1")
                    && e.data().get("loudest").asInt() > 2000);

            agent.delta("SG_1", track, "Good ", "morning");
            caller.replace("SG_2", "", "My bill", false);
            caller.replace("SG_2", "", "My bill is wrong", true);
            agent.legacy(caller.identity(), "TR_x", new Participant.Segment("SG_3", "hello", 0, 1, true, "en"));
            hidden.await("the delta stream arrives", e -> e.name().equals("transcription")
                    && e.data().get("text").asText().equals("Good morning"));
            hidden.await("the last replacing stream arrives", e -> e.name().equals("transcription")
                    && e.identity().equals(caller.identity())
                    && e.data().get("text").asText().equals("My bill is wrong")
                    && e.data().at("/attributes/lk.transcription_final").asText().equals("true"));

            caller.setAttribute("sip.callStatus", "hangup");
            agent.await("participantAttributesChanged", caller.identity());
            assertEquals(List.of("agent-1"), caller.sees());
            assertFalse(caller.wasToldOf("ear") || agent.wasToldOf("ear"));
            assertEquals(3, server.participants("room").size());

            hidden.leave();
            agent.leave();
            caller.await("participantDisconnected", "agent-1");
            assertFalse(caller.wasToldOf("ear"));
        }
    }

    @Test
    void encryptedParticipantsUnderstandEachOther() {
        try (var server = LiveKitServerPart.start();
                var participants = Participants.of(server)) {
            Participant a = participants.join("secret", Join.agent("a").encrypted("key"));
            Participant b = participants.join("secret", Join.person("b").encrypted("key"));
            a.publishTone(440);
            b.await("b hears a", e -> e.name().equals("heard") && e.data().get("loudest").asInt() > 2000);
        }
    }

    @Test
    void aKilledServerComesBackOnTheSamePorts() {
        try (var server = LiveKitServerPart.start()) {
            server.createRoom("before", 0);
            int port = server.port();
            server.restart();
            assertEquals(port, server.port());
            assertEquals(List.of(), server.roomNames());
        }
    }

    @Test
    void mediaCanBeHeldToTcp() {
        try (var server = LiveKitServerPart.start(LiveKitOptions.defaults().tcpOnly());
                var participants = Participants.of(server)) {
            Participant a = participants.join("room", Join.person("a"));
            Participant b = participants.join("room", Join.person("b"));
            a.publishTone(440);
            b.await("b hears a", e -> e.name().equals("heard") && e.data().get("loudest").asInt() > 2000);
        }
    }

    @Test
    void liveKitOffersSipWithRedis() {
        try (var redis = RedisPart.start();
                var server = LiveKitServerPart.start(LiveKitOptions.defaults().withRedis(redis.port()))) {
            var sip = io.livekit.server.SipServiceClient.createClient(
                    server.httpUrl(), LiveKitServerPart.KEY, LiveKitServerPart.SECRET);
            assertEquals(List.of(), LiveKitServerPart.answer(sip.listSipOutboundTrunk()));
        }
    }

    @Test
    void theModelAnswers() throws Exception {
        try (var server = ModelServerPart.start();
                var http = HttpClient.newHttpClient()) {
            String body = new ObjectMapper().writeValueAsString(Map.of(
                    "model", ModelServerPart.MODEL,
                    "max_tokens", 8,
                    "messages", List.of(Map.of("role", "user", "content", "Say hello."))));
            var request = HttpRequest.newBuilder(URI.create(server.baseUrl() + "/chat/completions"))
                    .POST(HttpRequest.BodyPublishers.ofString(body))
                    .build();
            var answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            assertEquals(200, answer.statusCode(), answer.body());
            assertFalse(new ObjectMapper().readTree(answer.body()).at("/choices/0/message/content").asText().isBlank());
        }
    }

    @Test
    void everyPostgresDatabaseIsEmptyAndItsOwn() throws Exception {
        try (var connection = PostgresPart.database().connect();
                var statement = connection.createStatement()) {
            statement.execute("CREATE TABLE t (i int)");
        }
        try (var connection = PostgresPart.database().connect();
                var tables = connection.getMetaData().getTables(null, "public", "t", null)) {
            assertFalse(tables.next());
        }
    }

    @Test
    void theProgramRunsInATerminalAndWithout(@TempDir Path home) throws Exception {
        var program = new Program(home);
        assertTrue(program.run("--version").out().startsWith("assist "));
        try (var files = Files.list(home)) {
            assertEquals(0, files.count(), "nothing is written by asking for the version");
        }
        try (var terminal = TerminalPart.start(100, 30, program, "brief", "--demo", "+14155550132")) {
            assertEquals(0, terminal.awaitExit());
            assertTrue(terminal.history().contains("+14155550132"));
        }
        try (var terminal = TerminalPart.start(100, 30, program, "--nonsense")) {
            assertEquals(2, terminal.awaitExit());
            assertTrue(terminal.colored().contains("\u001b[31m"), terminal.colored());
        }
    }
}
