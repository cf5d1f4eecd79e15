package dev.agentassist.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.json.Json;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.testkit.ScriptedModelServer;
import dev.agentassist.testkit.ScriptedModelServer.Reply;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Model servers as they are, over real HTTP. */
class OpenAiModelTest {

    private static final String GOOD = "{\"reason\": {\"turn\": 1, \"quote\": \"secret words of the call\"}}";
    private static final Reply OK = Reply.content(GOOD);

    private final List<Duration> pauses = new ArrayList<>();

    private Answer ask(ScriptedModelServer server) throws IOException {
        return model(server, "sk-very-secret", Duration.ofSeconds(60)).ask(question());
    }

    private OpenAiModel model(ScriptedModelServer server, String key, Duration timeout) {
        return new OpenAiModel(
                new ModelAccess("test-model", server.baseUrl(), key, timeout), new OkHttpClient(), Clock.systemUTC(), pauses::add);
    }

    private static Question question() throws IOException {
        var schema = (ObjectNode) Json.MAPPER.readTree("""
                {"type": "object", "additionalProperties": false, "properties": {
                  "zebra": {"type": "string", "maxLength": 10, "pattern": "a+"},
                  "apple": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": "integer"}},
                  "pattern": {"type": "object", "properties": {}, "additionalProperties": false}},
                 "required": ["zebra", "apple", "pattern"]}""");
        return new Question("do", "secret words of the call", "thing", schema, 100);
    }

    @Test
    void asksStrictlyInTheSchemasOwnOrder() throws IOException {
        try (var server = ScriptedModelServer.inOrder(OK)) {
            Answer answer = ask(server);
            assertEquals("secret words of the call", answer.json().path("reason").path("quote").asText());
            assertEquals(100, answer.promptTokens());
            assertEquals(10, answer.completionTokens());
            ScriptedModelServer.Request request = server.requests().getFirst();
            assertEquals("/v1/chat/completions", request.path());
            assertEquals("test-model", request.body().path("model").asText());
            JsonNode format = request.body().path("response_format");
            assertEquals("json_schema", format.path("type").asText());
            assertTrue(format.path("json_schema").path("strict").asBoolean());
            assertEquals(question().schema(), format.path("json_schema").path("schema"));
            var names = new ArrayList<String>();
            format.path("json_schema").path("schema").path("properties").fieldNames().forEachRemaining(names::add);
            assertEquals(List.of("zebra", "apple", "pattern"), names);
            assertEquals(0, request.body().path("temperature").asInt(-1));
            assertEquals(100, request.body().path("max_tokens").asInt());
        }
    }

    @Test
    void tellsTheServerNothingOfThisMachine() throws IOException {
        try (var server = ScriptedModelServer.inOrder(OK)) {
            ask(server);
            Map<String, List<String>> headers = server.requests().getFirst().headers();
            assertEquals(List.of("Bearer sk-very-secret"), headers.get("Authorization"));
            assertEquals(List.of("agent-assist"), headers.get("User-agent"));
            assertTrue(headers.keySet().stream().noneMatch(h -> h.toLowerCase().startsWith("x-stainless")), headers::toString);
        }
    }

    @Test
    void sendsNoKeyWhereThereIsNone() throws IOException {
        try (var server = ScriptedModelServer.inOrder(OK)) {
            model(server, null, Duration.ofSeconds(60)).ask(question());
            assertNull(server.requests().getFirst().headers().get("Authorization"));
        }
    }

    @Test
    void asksAzureAtItsOwnPathAndInItsOwnWords() throws IOException {
        try (var server = ScriptedModelServer.inOrder(OK)) {
            String url = server.baseUrl().replace("127.0.0.1", "name.openai.azure.com").replace("/v1", "/openai/v1");
            var toLoopback = new OkHttpClient.Builder().dns(host -> List.of(java.net.InetAddress.getLoopbackAddress())).build();
            new OpenAiModel(new ModelAccess("my-deployment", url, "azure-key", Duration.ofSeconds(60)), toLoopback).ask(question());
            ScriptedModelServer.Request request = server.requests().getFirst();
            assertEquals("/openai/v1/chat/completions", request.path());
            assertEquals("my-deployment", request.body().path("model").asText());
            assertEquals(100, request.body().path("max_completion_tokens").asInt());
            assertTrue(request.headers().toString().contains("azure-key"), () -> request.headers().toString());
        }
    }

    @Test
    void leavesOutTheKeywordsThatAStrictServerRefusesAndKeepsTheRest() throws IOException {
        try (var server = ScriptedModelServer.inOrder(
                Reply.error(400, "Invalid schema for response_format: 'maxLength' is not permitted, nor is pattern."), OK)) {
            ask(server);
            JsonNode schema = server.requests().get(1).body().path("response_format").path("json_schema").path("schema");
            assertFalse(schema.path("properties").path("zebra").has("maxLength"));
            assertFalse(schema.path("properties").path("zebra").has("pattern"));
            assertTrue(schema.path("properties").has("pattern"), "a property of that name is no keyword");
            assertEquals(3, schema.path("properties").path("apple").path("maxItems").asInt());
        }
    }

    @Test
    void fallsBackToJsonModeThenToThePromptAlone() throws IOException {
        Reply no = Reply.error(400, "response_format of type json_schema is not supported");
        Reply neither = Reply.error(400, "response_format json_object is not supported");
        try (var server = ScriptedModelServer.inOrder(no, neither, Reply.content("<think>{hm</think>Sure!\n```json\n" + GOOD + "\n```\nBye {x}"))) {
            assertEquals(1, ask(server).json().path("reason").path("turn").asInt());
            List<String> forms = server.requests().stream().map(r -> r.body().path("response_format").path("type").asText("none")).toList();
            assertEquals(List.of("json_schema", "json_object", "none"), forms);
        }
    }

    @Test
    void asksMorePlainlyWhenTheServerIgnoresTheFormat() throws IOException {
        try (var server = ScriptedModelServer.inOrder(Reply.content("I would rather chat."), OK)) {
            ask(server);
            assertEquals("json_object", server.requests().get(1).body().path("response_format").path("type").asText());
        }
    }

    @Test
    void knowsModelsWithoutTemperatureAndWithAnotherNameForTheLimit() throws IOException {
        try (var server = ScriptedModelServer.inOrder(
                Reply.error(400, "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' instead."),
                Reply.error(400, "Unsupported value: 'temperature' does not support 0 with this model."),
                OK)) {
            ask(server);
            JsonNode last = server.requests().getLast().body();
            assertFalse(last.has("temperature"));
            assertFalse(last.has("max_tokens"));
            assertEquals(100, last.path("max_completion_tokens").asInt());
            assertEquals("json_schema", last.path("response_format").path("type").asText());
        }
    }

    @Test
    void remembersADialectForTheNextQuestion() throws IOException {
        try (var server = ScriptedModelServer.inOrder(Reply.error(422, "temperature: extra inputs are not permitted"), OK)) {
            OpenAiModel model = model(server, null, Duration.ofSeconds(60));
            model.ask(question());
            model.ask(question());
            assertEquals(3, server.requests().size());
            assertFalse(server.requests().getLast().body().has("temperature"));
        }
    }

    @Test
    void givesAnAnswerThatWasCutOffMoreRoomOnce() throws IOException {
        Reply cut = Reply.completion("{\"reason\": {\"turn\": 1, \"quo", null, "length");
        try (var server = ScriptedModelServer.inOrder(cut, OK)) {
            ask(server);
            assertEquals(400, server.requests().get(1).body().path("max_tokens").asInt());
        }
        try (var server = ScriptedModelServer.inOrder(cut)) {
            assertTrue(detail(server).contains("cut off"));
            assertEquals(2, server.requests().size());
        }
    }

    @Test
    void waitsAsLongAsABusyServerWants() throws IOException {
        Reply busy = Reply.error(429, "slow down").with("Retry-After", "7");
        try (var server = ScriptedModelServer.inOrder(busy, Reply.error(500, "oops"), OK)) {
            ask(server);
            assertEquals(List.of(Duration.ofSeconds(7), Duration.ofSeconds(1)), pauses);
        }
    }

    @Test
    void doesNotWaitForHours() throws IOException {
        try (var server = ScriptedModelServer.inOrder(Reply.error(429, "quota").with("Retry-After", "3600"))) {
            String detail = detail(server);
            assertTrue(detail.contains("429") && detail.contains("3600 s"), detail);
            assertEquals(1, server.requests().size());
            assertEquals(List.of(), pauses);
        }
    }

    @Test
    void givesUpOnAServerThatKeepsFailing() throws IOException {
        try (var server = ScriptedModelServer.inOrder(Reply.error(503, "down"))) {
            assertTrue(detail(server).contains("503"));
            assertEquals(3, server.requests().size());
        }
    }

    @Test
    void saysThatAKeyIsRefused() throws IOException {
        try (var server = ScriptedModelServer.inOrder(Reply.error(401, "Incorrect API key provided: sk-very-secret"))) {
            Failure failure = assertThrows(Failure.class, () -> ask(server));
            assertInstanceOf(Problem.NotAllowed.class, failure.problem());
            assertSilent(failure);
        }
    }

    @Test
    void saysWhenTheQuestionIsTooLong() throws IOException {
        try (var server = ScriptedModelServer.inOrder(Reply.error(400, "This model's maximum context length is 8192 tokens."))) {
            assertThrows(ContextExceeded.class, () -> ask(server));
        }
    }

    static Stream<Reply> useless() {
        return Stream.of(
                new Reply(200, "text/html", Map.of(), "<html><title>secret words of the call</title>Please log in</html>", false),
                Reply.json(200, "{\"nothing\": \"secret words of the call\"}"),
                Reply.json(200, "{\"choices\": \"secret words of the call\"}"),
                Reply.json(200, "{\"choices\": [{\"message\": {\"content\": [\"secret words of the call\"]}}]}"),
                Reply.json(200, "{\"choices\": []"),
                Reply.json(200, ""),
                Reply.completion(null, "I cannot help with secret words of the call", "stop"),
                Reply.completion("secret words of the call", null, "content_filter"),
                Reply.content("secret words of the call {"),
                Reply.error(400, "secret words of the call"),
                Reply.error(404, "secret words of the call"),
                Reply.error(500, "secret words of the call"),
                new Reply(302, "text/html", Map.of("Location", "/login"), "secret words of the call", false));
    }

    @ParameterizedTest
    @MethodSource("useless")
    void failsWithASentenceThatHoldsNothingOfTheCall(Reply reply) throws IOException {
        try (var server = ScriptedModelServer.inOrder(reply)) {
            Failure failure = assertThrows(Failure.class, () -> ask(server));
            assertInstanceOf(Problem.Unavailable.class, failure.problem());
            assertSilent(failure);
            assertTrue(server.requests().size() <= 40, "bounded");
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void doesNotWaitForeverForAStalledAnswer(boolean begun) throws IOException {
        Reply reply = begun ? OK.stalled() : new Reply(200, "application/json", Map.of(), " ", true);
        try (var server = ScriptedModelServer.inOrder(reply)) {
            OpenAiModel model = model(server, null, Duration.ofSeconds(2));
            Failure failure = assertThrows(Failure.class, () -> model.ask(question()));
            assertTrue(failure.problem().detail().contains("did not answer in 2 s"), failure.problem()::detail);
        }
    }

    @Test
    void saysThatNobodyIsThere() throws IOException {
        var server = ScriptedModelServer.inOrder(OK);
        OpenAiModel model = model(server, null, Duration.ofSeconds(20));
        server.close();
        Failure failure = assertThrows(Failure.class, () -> model.ask(question()));
        assertTrue(failure.problem().detail().contains("refuses the connection"), failure.problem()::detail);
    }

    private String detail(ScriptedModelServer server) {
        return assertThrows(Failure.class, () -> ask(server)).problem().detail();
    }

    /** Neither the sentence nor the stack trace that --verbose prints. */
    private static void assertSilent(Failure failure) {
        var text = new java.io.StringWriter();
        failure.printStackTrace(new java.io.PrintWriter(text));
        String all = text + failure.problem().detail() + failure.problem().hint();
        assertFalse(all.contains("secret"), all);
    }
}
