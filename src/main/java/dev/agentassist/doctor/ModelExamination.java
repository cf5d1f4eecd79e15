package dev.agentassist.doctor;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.check.Finding;
import dev.agentassist.check.Finding.State;
import dev.agentassist.json.Json;
import dev.agentassist.model.Answer;
import dev.agentassist.model.ContextExceeded;
import dev.agentassist.model.OpenAiModel;
import dev.agentassist.model.Question;
import dev.agentassist.problem.Failure;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;

/** The model: one small question, and how it had to be asked. */
final class ModelExamination {

    private static final int MOST_TOKENS = 64;
    private static final long SLOW_MILLIS = 20_000;

    private ModelExamination() {}

    /** @param told how much the server says that the model takes in, in tokens; empty where it does not say */
    static List<Finding> examine(Supplier<OpenAiModel> model, OptionalInt told, int configured) {
        return List.of(answer(model), context(told, configured));
    }

    private static Finding answer(Supplier<OpenAiModel> open) {
        long start = System.nanoTime();
        try {
            OpenAiModel model = open.get();
            Answer answer = model.ask(question());
            long millis = (System.nanoTime() - start) / 1_000_000;
            String how = "It answers a small question in " + millis + " ms, asked with " + model.manner();
            if (!List.of("green", "chair").contains(answer.json().path("colour").asText())) {
                return new Finding("schema", State.WARNING, how + ", but not in the shape that was asked for.", "Briefs check each answer, and fall back to the call’s own words; another model does better.");
            }
            if (millis > SLOW_MILLIS) {
                return new Finding("schema", State.WARNING, how + ": that is slow.", "A brief asks several times as much: raise model.timeout, or take a faster model.");
            }
            return new Finding("schema", State.OK, how + ".", null);
        } catch (ContextExceeded e) {
            return new Finding("schema", State.FAILED, "Even a small question is longer than the model’s context.", "Check how the server was started.");
        } catch (Failure e) {
            return new Finding("schema", State.FAILED, e.problem().detail(), e.problem().hint());
        }
    }

    private static Question question() {
        ObjectNode schema = Json.MAPPER.createObjectNode().put("type", "object").put("additionalProperties", false);
        ObjectNode colour = schema.putObject("properties").putObject("colour").put("type", "string");
        colour.putArray("enum").add("green").add("chair");
        schema.putArray("required").add("colour");
        return new Question(
                "Answer with one JSON object and nothing else: {\"colour\": …}.", "Which of these two is a colour: green or chair?", "colour", schema, MOST_TOKENS);
    }

    private static Finding context(OptionalInt told, int configured) {
        if (told.isEmpty()) {
            return new Finding(
                    "context", State.OK, "The server does not say how much the model takes in; " + configured + " tokens are assumed (model.context).", null);
        }
        String says = "The model takes in " + told.getAsInt() + " tokens, model.context is " + configured + ".";
        return told.getAsInt() < configured
                ? new Finding("context", State.FAILED, says, "Run: assist config set model.context " + told.getAsInt())
                : new Finding("context", State.OK, says, null);
    }
}
