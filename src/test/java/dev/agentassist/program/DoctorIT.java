package dev.agentassist.program;

import static dev.agentassist.program.Check.json;
import static dev.agentassist.program.Check.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.testkit.CoturnPart;
import dev.agentassist.testkit.LiveKitOptions;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.ModelServerPart;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.RedisPart;
import dev.agentassist.testkit.ScriptedModelServer;
import dev.agentassist.testkit.ScriptedModelServer.Reply;
import dev.agentassist.testkit.TerminalPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code assist doctor} with real parts, well and ill; and that it changes nothing. */
class DoctorIT {

    @TempDir
    private Path home;

    private static JsonNode check(Program.Result run, String name) {
        return json(run.out()).get("checks").valueStream()
                .filter(c -> c.get("name").asText().equals(name))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + " is missing in " + run));
    }

    private static void is(String state, String words, Program.Result run, String name) {
        JsonNode check = check(run, name);
        assertEquals(state, check.get("state").asText(), run::toString);
        assertTrue(check.get("detail").asText().contains(words), run::toString);
        assertTrue(state.equals("ok") || state.equals("not_set") || !check.get("hint").isNull(), () -> name + " has no mend in " + run);
    }

    @Test
    void looksAtAHealthyDeploymentAndChangesNothing() throws IOException {
        LiveKitServerPart server = LiveKitServerPart.shared();
        try (var model = ModelServerPart.start()) {
            Program assist = new Program(home)
                    .with(server)
                    .with("OPENAI_BASE_URL", model.baseUrl())
                    .with("ASSIST_MODEL", ModelServerPart.MODEL);
            List<String> rooms = server.roomNames();
            Program.Result run = assist.run("doctor", "--format", "json");
            ok(run);
            is("ok", "takes the keys", run, "livekit");
            is("ok", "agree", run, "clock");
            is("ok", "makes a room", run, "rooms");
            is("not_set", "no SIP", run, "sip");
            is("not_set", "not tried", run, "version");
            is("not_set", "not tried", run, "moving");
            is("ok", "a strict JSON schema", run, "schema");
            JsonNode secret = json(run.out()).get("settings").valueStream()
                    .filter(s -> s.get("setting").asText().equals("livekit.api_secret"))
                    .findFirst()
                    .orElseThrow();
            assertEquals("environment LIVEKIT_API_SECRET", secret.get("from").asText());
            assertFalse(run.out().contains(LiveKitServerPart.SECRET), "the secret is not shown");
            // In any order; those that other tests left empty may be gone by now.
            assertTrue(rooms.containsAll(server.roomNames()), "no room was made");
            try (Stream<Path> files = Files.walk(home)) {
                assertEquals(List.of(), files.filter(Files::isRegularFile).toList(), "nothing is written");
            }
        }
    }

    @Test
    void remembersWhatACanaryCallToldIt() {
        Program assist = new Program(home).with(LiveKitServerPart.shared());
        ok(assist.run("smoke", "--yes", "--timeout", "60s", "--skip", "latency"));
        Program.Result run = assist.run("doctor", "--format", "json");
        ok(run);
        is("ok", "LiveKit 1.13.5", run, "version");
        is("ok", "by udp", run, "media");
        is("ok", "names no relay", run, "turn");
        is("ok", "held in all", run, "canary");
        is("not_set", "not tried", run, "moving");
        // Of another server it knows nothing.
        Program.Result other = assist.with("LIVEKIT_URL", "ws://127.0.0.1:9").run("doctor", "--format", "json");
        assertEquals(7, other.exit(), other::toString);
        is("failed", "refuses the connection", other, "livekit");
        is("not_set", "not tried", other, "version");
    }

    @Test
    void aRelayThatTheServerHandsOutIsToldOnceACanaryCallSawIt() {
        try (var coturn = CoturnPart.start();
                var server = LiveKitServerPart.start(LiveKitOptions.defaults()
                        .handingOut("127.0.0.1", coturn.port(), "udp", CoturnPart.USER, CoturnPart.PASSWORD))) {
            Program assist = new Program(home).with(server);
            is("not_set", "not tried", assist.run("doctor", "--format", "json"), "turn");
            ok(assist.run("smoke", "--yes", "--timeout", "60s", "--only", "room"));
            Program.Result run = assist.run("doctor", "--format", "json");
            is("ok", "Relays: turn:127.0.0.1:" + coturn.port() + "?transport=udp.", run, "turn");
            assertFalse(run.out().contains(CoturnPart.PASSWORD), "no credentials");
        }
    }

    @Test
    void tellsWhatThisDeploymentCanDo() {
        try (var redis = RedisPart.start();
                var server = LiveKitServerPart.start(LiveKitOptions.defaults().withoutAutoCreate().withRedis(redis.port()))) {
            Program.Result run = new Program(home).with(server).run("doctor", "--format", "json");
            ok(run);
            is("ok", "auto_create is off", run, "rooms");
            is("warning", "0 inbound and 0 outbound SIP trunks. Nobody can be called.", run, "sip");
        }
    }

    @Test
    void wrongKeysAreToldWithTheirMend() {
        Program.Result run = new Program(home)
                .with(LiveKitServerPart.shared())
                .with("LIVEKIT_API_SECRET", "another-secret-that-is-long-enough-too")
                .run("doctor", "--format", "json");
        assertEquals(7, run.exit(), run::toString);
        is("failed", "refuses the API key or its secret", run, "livekit");
    }

    @Test
    void aModelIsAskedOnceAndItsMannerTold() {
        try (var picky = new ScriptedModelServer(request -> {
            if (request.path().endsWith("/models")) {
                return Reply.json(200, "{\"data\": [{\"id\": \"m\", \"max_model_len\": 4096}]}");
            }
            return request.body().path("response_format").path("type").asText().equals("json_object")
                    ? Reply.content("{\"colour\": \"green\"}")
                    : Reply.error(400, "response_format of type json_schema is not supported");
        })) {
            Program.Result run = new Program(home)
                    .with("OPENAI_BASE_URL", picky.baseUrl())
                    .with("ASSIST_MODEL", "m")
                    .run("doctor", "--format", "json");
            assertEquals(7, run.exit(), run::toString);
            is("ok", "JSON mode, as it takes no schema", run, "schema");
            is("failed", "takes in 4096 tokens, model.context is 8000", run, "context");
            assertEquals("Run: assist config set model.context 4096", check(run, "context").get("hint").asText());
        }
    }

    @Test
    void aModelThatDoesNotKeepToTheShapeIsToldAsSuch() {
        try (var vague = new ScriptedModelServer(request -> request.path().endsWith("/models")
                ? Reply.json(200, "{\"data\": [{\"id\": \"m\"}]}")
                : Reply.content("{\"color\": 1}"))) {
            Program.Result run = new Program(home)
                    .with("OPENAI_BASE_URL", vague.baseUrl())
                    .with("ASSIST_MODEL", "m")
                    .run("doctor", "--format", "json");
            ok(run);
            is("warning", "not in the shape", run, "schema");
            is("ok", "does not say", run, "context");
        }
    }

    @Test
    void isReadAtEightyColumns() {
        Program assist = new Program(home).with(LiveKitServerPart.shared());
        String text = ok(assist.run("doctor"));
        // A path is never broken.
        assertTrue(text.lines().allMatch(l -> l.length() <= 80 || Stream.of(l.split(" ")).anyMatch(word -> word.length() > 60)), text);
        assertTrue(text.startsWith("livekit.url = "), text);
        try (var terminal = TerminalPart.start(80, 60, assist, "doctor")) {
            terminal.await("ok   terminal");
            assertEquals(0, terminal.awaitExit());
        }
    }
}
