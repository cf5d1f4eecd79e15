package dev.agentassist.model;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.json.Json;
import java.util.Optional;

/** Finds the JSON object in what a model wrote: behind its thoughts, within a code block, between polite words. */
final class AnswerText {

    /** Places at which an object is looked for. */
    private static final int TRIES = 20;

    private static final ObjectReader READER =
            Json.MAPPER.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private AnswerText() {}

    static Optional<ObjectNode> object(String text) {
        String said = text;
        int thought = said.lastIndexOf("</think>");
        if (thought >= 0) {
            said = said.substring(thought + "</think>".length());
        }
        int at = said.indexOf('{');
        for (int tries = 0; at >= 0 && tries < TRIES; tries++) {
            try {
                if (READER.readTree(said.substring(at)) instanceof ObjectNode object && !object.isEmpty()) {
                    return Optional.of(object);
                }
            } catch (JsonProcessingException e) {
                // The exception quotes the answer: it goes no further.
            }
            at = said.indexOf('{', at + 1);
        }
        return Optional.empty();
    }
}
