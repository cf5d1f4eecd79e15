package dev.agentassist.brief.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.brief.AgentAssistPortal;
import dev.agentassist.brief.Brief;
import dev.agentassist.brief.BriefEngine;
import dev.agentassist.brief.extractive.ExtractiveEngine;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.model.ModelAccess;
import dev.agentassist.model.OpenAiModel;
import dev.agentassist.render.BriefJson;
import dev.agentassist.testkit.BriefSchema;
import dev.agentassist.testkit.ScriptedModelServer;
import dev.agentassist.testkit.ScriptedModelServer.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import okhttp3.OkHttpClient;

/** Briefs of calls that are written as lines: {@code caller: …}, {@code agent: …}, {@code tool NAME ARGUMENTS -> OUTPUT}. */
final class Briefs {

    static final List<String> BLENDER = List.of(
            "agent: Hello, how can I help you today?",
            "caller: My blender arrived broken on Monday. I want a replacement.",
            "agent: I am sorry about that. What is the order number?",
            "caller: Order number is A-4471.",
            "agent: Unfortunately I can’t send a replacement without photos.",
            "caller: I already sent two photos last week.",
            "agent: I understand. I will have a supervisor call you back today.",
            "caller: Please make sure of that.");

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T10:00:00Z"));

    private static final OkHttpClient HTTP = new OkHttpClient();

    private Briefs() {}

    static Brief of(List<String> lines, ObjectNode answer) {
        try (var server = ScriptedModelServer.inOrder(Reply.content(answer.toString()))) {
            return of(lines, server);
        }
    }

    static Brief of(List<String> lines, ScriptedModelServer server) {
        return of(lines, engine(server));
    }

    static Brief of(List<String> lines, BriefEngine engine) {
        return of(call(lines), engine);
    }

    static Brief of(ObjectNode call, BriefEngine engine) {
        var found = new AgentAssistPortal.Found(ConversationJson.read(call), null);
        return new AgentAssistPortal(new ExtractiveEngine(), CLOCK).brief(found, engine);
    }

    static ModelEngine engine(ScriptedModelServer server) {
        return engine(server, ModelEngine.STANDARD_CONTEXT);
    }

    static ModelEngine engine(ScriptedModelServer server, int context) {
        return engine(server, context, sentence -> {});
    }

    static ModelEngine engine(ScriptedModelServer server, int context, java.util.function.Consumer<String> announced) {
        var access = new ModelAccess("scripted", server.baseUrl(), null, Duration.ofSeconds(60));
        return new ModelEngine(new OpenAiModel(access, HTTP), new ExtractiveEngine(), context, new ModelEngine.Progress() {
            @Override
            public void announce(String sentence) {
                announced.accept(sentence);
            }

            @Override
            public void step(String text) {}
        });
    }

    static ObjectNode call(List<String> lines) {
        ObjectNode call = JsonNodeFactory.instance.objectNode();
        call.put("id", "conv_test").put("status", "completed").put("created_at", "2026-11-23T09:00:00Z").put("user_id", "+14155550132");
        ArrayNode items = call.putObject("conversation").putArray("items");
        for (String line : lines) {
            if (line.startsWith("tool ")) {
                tool(items, line.substring(5));
            } else {
                ObjectNode item = items.addObject().put("type", "message").put("role", line.startsWith("agent: ") ? "assistant" : "user");
                item.putArray("content").add(line.substring(line.indexOf(": ") + 2));
            }
        }
        return call;
    }

    private static void tool(ArrayNode items, String line) {
        String[] call = line.split(" -> ", 2);
        String[] named = call[0].split(" ", 2);
        String id = "call_" + items.size();
        items.addObject().put("type", "function_call").put("call_id", id).put("name", named[0]).put("arguments", named.length > 1 ? named[1] : "{}");
        if (call.length > 1) {
            boolean error = call[1].startsWith("!");
            items.addObject().put("type", "function_call_output").put("call_id", id).put("name", named[0])
                    .put("output", error ? call[1].substring(1) : call[1]).put("is_error", error);
        }
    }

    /** What was said in a call, by turn. */
    static java.util.Map<Integer, String> spoken(ObjectNode call) {
        var spoken = new java.util.TreeMap<Integer, String>();
        for (JsonNode item : call.path("conversation").path("items")) {
            if (item.path("type").asText().equals("message")) {
                spoken.put(spoken.size() + 1, item.path("content").path(0).asText());
            }
        }
        return spoken;
    }

    /** All that a human reads of a brief, the transcript apart. */
    static String shown(Brief brief) {
        JsonNode json = json(brief);
        var shown = new StringBuilder();
        for (String section : List.of(
                "header", "transfer_reason", "call_summary", "information_collected", "suggested_next_steps", "compliance_flags")) {
            shown.append(json.path(section)).append('\n');
        }
        return shown.append(json.path("meta").path("warnings")).toString();
    }

    static JsonNode json(Brief brief) {
        try {
            return dev.agentassist.json.Json.MAPPER.readTree(BriefJson.write(brief));
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** The shape that is published, and the contract's counts. */
    static void assertValid(Brief brief) {
        assertEquals(List.of(), BriefSchema.violations(BriefJson.write(brief)));
        assertTrue(brief.callSummary().size() >= 3 && brief.callSummary().size() <= 5);
        assertTrue(!brief.nextSteps().isEmpty() && brief.nextSteps().size() <= 3);
    }
}
