package dev.agentassist.program;

import static dev.agentassist.program.Check.json;
import static dev.agentassist.program.Check.ok;
import static dev.agentassist.program.Check.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.BriefSchema;
import dev.agentassist.testkit.ModelServerPart;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.Running;
import dev.agentassist.testkit.ScriptedModelServer;
import dev.agentassist.testkit.ScriptedModelServer.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** {@code assist brief} with a model: servers as they are, a real small one, and calls that go on. */
class ModelBriefIT {

    private static final String TARGET = "+14155550132";
    private static final String ANSWER = """
            {"reason": {"turn": 0, "quote": ""}, "bullets": [{"turn": 2, "quote": "nobody came"}],
             "values": [], "steps": [], "concerns": []}""";

    @TempDir
    private Path home;

    private Program assist;

    @BeforeEach
    void program() {
        assist = new Program(home).with("ASSIST_MODEL", "test-model").with("OPENAI_API_KEY", "sk-very-secret-key");
    }

    private Program.Result brief(ScriptedModelServer server, String... more) {
        return assist.with("OPENAI_BASE_URL", server.baseUrl()).run(Stream.concat(
                Stream.of("brief", "--demo", TARGET, "--format", "json"), Stream.of(more)).toArray(String[]::new));
    }

    private static JsonNode valid(String out) {
        assertEquals(List.of(), BriefSchema.violations(out));
        return json(out);
    }

    @Test
    void saysWhichModelChoseAndWhatItCost() {
        try (var server = ScriptedModelServer.inOrder(Reply.content(ANSWER))) {
            JsonNode meta = valid(ok(brief(server))).path("meta");
            assertEquals("model", meta.path("engine").asText());
            assertEquals("test-model", meta.path("model").asText());
            assertEquals(1, meta.path("usage").path("calls").asInt());
            assertEquals(100, meta.path("usage").path("prompt_tokens").asInt());
            assertFalse(meta.path("prompt_version").asText().isEmpty());
            assertEquals("json_schema", server.requests().getFirst().body().path("response_format").path("type").asText());
            assertTrue(server.requests().getFirst().headers().keySet().stream().noneMatch(h -> h.toLowerCase().startsWith("x-stainless")));
        }
    }

    /** @param exit of {@code --engine model} */
    record Trouble(String name, Reply reply, int exit) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Trouble> troubles() {
        return Stream.of(
                new Trouble("a failing server", Reply.error(500, "nobody came sk-very-secret-key"), 6),
                new Trouble("a busy server", Reply.error(429, "later").with("Retry-After", "3600"), 6),
                new Trouble("a key that is refused", Reply.error(401, "bad key sk-very-secret-key"), 4),
                new Trouble("HTML", new Reply(200, "text/html", Map.of(), "<html>nobody came</html>", false), 6),
                new Trouble("a refusal", Reply.completion(null, "I will not: nobody came", "stop"), 6),
                new Trouble("an answer that is cut off", Reply.completion("{\"reason\": {\"turn\": 2, \"quote\": \"nobody ca", null, "length"), 6),
                new Trouble("prose", Reply.content("nobody came, I would say"), 6),
                new Trouble("an answer that stalls", Reply.content(ANSWER).stalled(), 6),
                new Trouble("lies", Reply.content(ANSWER.replace("nobody came", "everybody came")), 6));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void endsInABriefOfTheCallsOwnWordsOrInItsExitCode(Trouble trouble) {
        assist = assist.with("ASSIST_MODEL_TIMEOUT", "8s");
        try (var server = ScriptedModelServer.inOrder(trouble.reply())) {
            Program.Result run = brief(server);
            JsonNode meta = valid(ok(run)).path("meta");
            assertEquals("extractive", meta.path("engine").asText());
            String told = meta.path("warnings").path(0).asText();
            assertTrue(told.endsWith("The brief was made by the extractive engine instead."), told);
            assertTrue(run.err().contains(told), run::toString);
            Program.Result alone = brief(server, "--engine", "model", "--verbose");
            assertEquals(trouble.exit(), alone.exit(), alone::toString);
            assertEquals("", alone.out());
            assertFalse((run.err() + alone.err()).matches("(?s).*(nobody ca|very-secret).*"), () -> run + "\n" + alone);
        }
    }

    @Test
    void saysThatNobodyAnswers() {
        var server = ScriptedModelServer.inOrder(Reply.content(ANSWER));
        server.close();
        refused(assist.with("OPENAI_BASE_URL", server.baseUrl()).run("brief", "--demo", TARGET, "--engine", "model"), 6, "refuses the connection");
        String out = ok(assist.with("OPENAI_BASE_URL", server.baseUrl()).run("brief", "--demo", TARGET));
        assertTrue(out.contains("## What to do next"), out);
    }

    @Test
    void trustsACertificateOnlyWhenTold() throws Exception {
        HeldCertificate authority = new HeldCertificate.Builder().certificateAuthority(0).build();
        HeldCertificate certificate = new HeldCertificate.Builder().signedBy(authority).addSubjectAlternativeName("127.0.0.1").build();
        var tls = new HandshakeCertificates.Builder().heldCertificate(certificate).build().sslContext();
        Path pem = Files.writeString(home.resolve("ca.pem"), authority.certificatePem());
        try (var server = new ScriptedModelServer(r -> Reply.content(ANSWER), tls)) {
            Program.Result refused = brief(server, "--engine", "model");
            assertEquals(6, refused.exit(), refused::toString);
            assertTrue(refused.err().contains("certificate"), refused::toString);
            assertEquals("model", valid(ok(brief(server, "--ca-file", pem.toString()))).path("meta").path("engine").asText());
        }
    }

    @Test
    void isLeftAtOnce() {
        try (var server = ScriptedModelServer.inOrder(Reply.content(ANSWER).stalled());
                Running running = assist.with("OPENAI_BASE_URL", server.baseUrl()).start("brief", "--demo", TARGET)) {
            Await.until("the model is asked", () -> !server.requests().isEmpty());
            running.signal("INT");
            Program.Result run = running.await();
            assertEquals(130, run.exit(), run::toString);
            assertEquals("", run.out());
        }
    }

    @Test
    void takesNothingOnTrustFromARealSmallModel() {
        try (ModelServerPart model = ModelServerPart.start()) {
            Program.Result run = assist.with("OPENAI_BASE_URL", model.baseUrl())
                    .with("ASSIST_MODEL", ModelServerPart.MODEL)
                    .with("ASSIST_MODEL_TIMEOUT", "10m")
                    .within(java.time.Duration.ofMinutes(15))
                    .run("brief", "--demo", TARGET, "--format", "json");
            JsonNode brief = valid(ok(run));
            var said = new StringBuilder();
            brief.path("transcript").forEach(t -> said.append(t.path("text").asText()).append('\n'));
            for (JsonNode bullet : brief.path("call_summary")) {
                var quotes = java.util.regex.Pattern.compile("(?:Caller|Agent): “([^”…]*)").matcher(bullet.asText());
                while (quotes.find()) {
                    assertTrue(said.toString().contains(quotes.group(1)), bullet::asText);
                }
            }
            String engine = brief.path("meta").path("engine").asText();
            assertTrue(engine.equals("model") || brief.path("meta").path("warnings").path(0).asText().contains("extractive engine"), run::toString);
        }
    }

    @Test
    void renewsTheBriefOfACallThatGoesOnAndAsksOnlyAboutWhatIsNew() {
        try (var server = new ScriptedModelServer(r -> Reply.content(r.user().contains("puddle")
                ? ANSWER.replace("nobody came", "lies in a puddle")
                : ANSWER.replace("\"turn\": 2", "\"turn\": 4").replace("nobody came", "wants a refund")))) {
            Program live = assist.with("OPENAI_BASE_URL", server.baseUrl());
            ok(live.reading(call("in_progress", 2)).run("conversations", "import", "-"));
            try (Running running = live.start("brief", "conv_live", "--watch", "--every", "1s", "--format", "json")) {
                running.awaitOut("\"engine\": \"model\"");
                ok(live.reading(call("completed", 4)).run("conversations", "import", "-"));
                Program.Result run = running.await();
                assertEquals(0, run.exit(), run::toString);
                assertEquals(2, run.out().split("\"header\"").length - 1, run::toString);
                assertTrue(run.out().contains("wants a refund"), run::toString);
            }
            assertEquals(2, server.requests().size());
            assertFalse(server.requests().get(1).user().contains("puddle"));
        }
    }

    private static String call(String status, int turns) {
        String[] said = {
            "{\"type\": \"message\", \"role\": \"assistant\", \"content\": [\"Hello, how can I help?\"]}",
            "{\"type\": \"message\", \"role\": \"user\", \"content\": [\"My parcel lies in a puddle.\"]}",
            "{\"type\": \"message\", \"role\": \"assistant\", \"content\": [\"I am sorry about that.\"]}",
            "{\"type\": \"message\", \"role\": \"user\", \"content\": [\"My husband wants a refund.\"]}"
        };
        return "{\"id\": \"conv_live\", \"status\": \"" + status + "\", \"user_id\": \"+14155550199\", \"created_at\": \"2026-11-23T09:00:00Z\","
                + " \"updated_at\": \"2026-11-23T09:0" + turns + ":00Z\", \"conversation\": {\"items\": ["
                + String.join(", ", List.of(said).subList(0, turns)) + "]}}\n";
    }
}
