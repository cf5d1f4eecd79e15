package dev.agentassist.brief.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.brief.Brief;
import dev.agentassist.brief.extractive.ExtractiveEngine;
import dev.agentassist.json.Json;
import dev.agentassist.testkit.ScriptedModelServer;
import dev.agentassist.testkit.ScriptedModelServer.Reply;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Calls that do not fit into a model's context, and calls that go on. */
class LongCallTest {

    private static final int CONTEXT = 8_000;
    private static final int TURNS = 5_000;

    @Test
    void losesNothingFromStartMiddleAndEnd() {
        List<String> lines = chatter(TURNS);
        lines.set(41, "caller: The parcel was soaked, the courier threw it into a puddle.");
        lines.set(2_501, "caller: The freezer in the cellar stopped and the insulin is getting warm.");
        lines.set(4_901, "caller: My neighbour saw the driver hit the garden gate.");
        lines.set(2_601, "caller: The locker code is 8812.");
        var announced = new ArrayList<String>();
        try (var server = new ScriptedModelServer(LongCallTest::diligent)) {
            Brief brief = Briefs.of(Briefs.call(lines), Briefs.engine(server, CONTEXT, announced::add));
            String all = brief.callSummary().toString();
            assertTrue(all.contains("puddle") && all.contains("insulin") && all.contains("garden gate"), all);
            assertTrue(brief.informationCollected().stream().anyMatch(v -> v.value().equals("8812")), brief.informationCollected()::toString);
            Briefs.assertValid(brief);
            assertEquals(1, announced.size());
            int most = Integer.parseInt(announced.getFirst().replaceAll(".*at most (\\d+) times.*", "$1"));
            assertTrue(server.requests().size() <= most, announced.getFirst() + " but " + server.requests().size());
            assertEquals(server.requests().size(), brief.meta().usage().calls());
            for (ScriptedModelServer.Request request : server.requests()) {
                int tokens = (request.system().length() + request.user().length()) / 3 + request.body().path("max_tokens").asInt();
                assertTrue(tokens <= CONTEXT, () -> tokens + " tokens");
            }
        }
    }

    @Test
    void halvesWhatAModelFindsTooLong() {
        var refused = new AtomicBoolean();
        try (var server = new ScriptedModelServer(r -> refused.getAndSet(true)
                ? diligent(r)
                : Reply.error(400, "This model's maximum context length is 2048 tokens"))) {
            List<String> lines = chatter(60);
            lines.set(41, "caller: The parcel was soaked, the courier threw it into a puddle.");
            Brief brief = Briefs.of(lines, server);
            assertEquals("model", brief.meta().engine());
            assertEquals(3, server.requests().size());
            assertTrue(brief.callSummary().toString().contains("puddle"));
        }
    }

    @Test
    void asksOnlyAboutWhatIsNew() {
        try (var server = new ScriptedModelServer(LongCallTest::diligent)) {
            ModelEngine engine = Briefs.engine(server);
            List<String> lines = chatter(100);
            lines.set(41, "caller: The parcel was soaked, the courier threw it into a puddle.");
            Briefs.of(lines, engine);
            int before = server.requests().size();
            lines.add("agent: What else?");
            lines.add("caller: The freezer in the cellar stopped and the insulin is getting warm.");
            Brief brief = Briefs.of(lines, engine);
            assertEquals(before + 1, server.requests().size());
            String asked = server.requests().getLast().user();
            assertTrue(asked.contains("insulin"));
            assertFalse(asked.contains("puddle"), "what is known is not asked about again");
            String all = brief.callSummary().toString();
            assertTrue(all.contains("puddle") && all.contains("insulin"), all);
            Briefs.of(lines, engine);
            assertEquals(before + 1, server.requests().size(), "nothing is new");
        }
    }

    private static List<String> chatter(int turns) {
        var lines = new ArrayList<String>();
        for (int i = 0; i < turns; i++) {
            lines.add(i % 2 == 0 ? "agent: Let me look at page " + i + " of the list with you." : "caller: Fine, go on with the next page then.");
        }
        lines.set(1, "caller: I am calling about a long list of parcels that never arrived.");
        return lines;
    }

    /** A model that does what it is asked to: it picks what is unlike the chatter. */
    private static Reply diligent(ScriptedModelServer.Request request) {
        ObjectNode answer = Answers.empty();
        ObjectNode choice = Json.MAPPER.createObjectNode().put("reason", 1);
        choice.putArray("bullets");
        choice.putArray("steps");
        boolean choosing = request.system().contains("with ids only");
        for (String line : request.user().split("\n")) {
            JsonNode said = read(line);
            String text = said.path("caller").asText();
            boolean telling = text.contains("puddle") || text.contains("insulin") || text.contains("gate");
            if (choosing && telling) {
                choice.withArray("bullets").add(said.path("id").asInt());
            } else if (telling || text.contains("never arrived")) {
                Answers.bullet(answer, said.path("turn").asInt(), text);
            } else if (text.contains("locker")) {
                Answers.value(answer, said.path("turn").asInt(), text, "Locker code", "8812");
            } else if (!choosing && said.path("turn").asInt() % 40 == 0 && !text.isEmpty()) {
                Answers.bullet(answer, said.path("turn").asInt(), text);
            }
        }
        return Reply.content(choosing ? choice.toString() : answer.toString());
    }

    private static JsonNode read(String line) {
        try {
            return line.startsWith("{") ? Json.MAPPER.readTree(line) : Json.MAPPER.createObjectNode();
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    /** The words' own engine is quick enough to be the one that fills up. */
    @Test
    void isBriefedByItsOwnWordsToo() {
        Briefs.assertValid(Briefs.of(chatter(TURNS), new ExtractiveEngine()));
    }
}
