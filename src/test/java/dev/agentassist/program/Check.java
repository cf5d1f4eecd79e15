package dev.agentassist.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.agentassist.testkit.Program;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;

/** What all tests of the packaged program look at. */
final class Check {

    private static final ObjectMapper JSON = new ObjectMapper();

    private Check() {}

    static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("This is no JSON: " + text, e);
        }
    }

    static Set<String> names(JsonNode node) {
        var names = new TreeSet<String>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** It ended well; its stdout. */
    static String ok(Program.Result run) {
        assertEquals(0, run.exit(), run::toString);
        return run.out();
    }

    /** Nothing on stdout, and the error as JSON on stderr; {@code status} may be null. */
    static void refusedAsJson(Program.Result run, int code, Integer status, String detail) {
        assertEquals(code, run.exit(), run::toString);
        assertEquals("", run.out(), run::toString);
        JsonNode error = json(run.err()).get("error");
        assertEquals(Set.of("code", "status", "detail", "hint"), names(error));
        assertEquals(code, error.get("code").asInt());
        assertEquals(status, error.get("status").isNull() ? null : Integer.valueOf(error.get("status").asInt()));
        assertTrue(error.get("detail").asText().contains(detail), error::toString);
    }

    /** Nothing on stdout, and a sentence on stderr that holds each of the words. */
    static void refused(Program.Result run, int code, String... words) {
        assertEquals(code, run.exit(), run::toString);
        assertEquals("", run.out(), run::toString);
        assertTrue(run.err().startsWith("assist: "), run::toString);
        for (String word : words) {
            assertTrue(run.err().contains(word), () -> "“" + word + "” is missing in " + run);
        }
        assertFalse(run.err().contains("Exception") || run.err().contains("\tat "), run::toString);
    }
}
