package dev.agentassist.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * How one server wants to be asked. It begins with all that helps a small model, and learns from each refusal what to
 * leave out: keywords of JSON Schema that a server's strict mode does not know, {@code temperature} and the token limit's
 * name (OpenAI's reasoning models), JSON Schema or JSON mode as a whole.
 */
final class Dialect {

    /** How the shape of the answer is asked for, the strictest first. */
    enum Form {
        /** {@code response_format: {"type": "json_schema"}}, strict. */
        SCHEMA,
        /** {@code response_format: {"type": "json_object"}}. */
        JSON,
        /** The prompt alone. */
        PROMPT
    }

    /** How the answer's length is bounded. */
    enum Limit {
        MAX_TOKENS,
        MAX_COMPLETION_TOKENS,
        NONE
    }

    /** Keywords that some strict modes refuse; the shape holds without them. */
    private static final List<String> OPTIONAL = List.of(
            "maxLength", "minLength", "maxItems", "minItems", "pattern", "minimum", "maximum", "description");

    private Form form = Form.SCHEMA;
    private Limit limit;
    private boolean temperature = true;
    private final Set<String> refused = new LinkedHashSet<>();
    private int limitsTried = 1;

    /** @param modern whether the server is known to take only the newer name of the token limit */
    Dialect(boolean modern) {
        limit = modern ? Limit.MAX_COMPLETION_TOKENS : Limit.MAX_TOKENS;
    }

    Form form() {
        return form;
    }

    /** How a server is asked, in words. */
    String describe() {
        String words = switch (form) {
            case SCHEMA -> refused.isEmpty()
                    ? "a strict JSON schema"
                    : "a strict JSON schema without " + String.join(", ", refused);
            case JSON -> "JSON mode, as it takes no schema";
            case PROMPT -> "the prompt alone, as it takes neither a schema nor JSON mode";
        };
        return words + (temperature ? "" : ", without temperature") + (limit == Limit.NONE ? ", without a limit of tokens" : "");
    }

    Limit limit() {
        return limit;
    }

    boolean sendsTemperature() {
        return temperature;
    }

    /** The schema without what this server refuses. */
    ObjectNode schema(ObjectNode full) {
        ObjectNode copy = full.deepCopy();
        strip(copy);
        return copy;
    }

    private void strip(JsonNode node) {
        if (node instanceof ObjectNode object) {
            // A property may be called like a keyword: only where its value is no schema is it one.
            refused.forEach(k -> {
                if (object.path(k).isValueNode()) {
                    object.remove(k);
                }
            });
            object.forEach(this::strip);
        } else if (node instanceof ArrayNode array) {
            array.forEach(this::strip);
        }
    }

    /**
     * Learns from a refusal of the request itself (400, 404, 415, 422, 501).
     *
     * @param text what the server said, lower case
     * @return whether there is another way to ask
     */
    boolean learn(String text) {
        if (temperature && text.contains("temperature")) {
            temperature = false;
            return true;
        }
        if (limit != Limit.NONE && (text.contains("max_tokens") || text.contains("max_completion_tokens"))) {
            limit = limitsTried++ == 1 ? other(limit) : Limit.NONE;
            return true;
        }
        if (form == Form.SCHEMA) {
            var named = new ArrayList<String>();
            for (String keyword : OPTIONAL) {
                if (text.contains(keyword.toLowerCase(java.util.Locale.ROOT)) && !refused.contains(keyword)) {
                    named.add(keyword);
                }
            }
            if (!named.isEmpty()) {
                refused.addAll(named);
                return true;
            }
            // It names nothing of ours: the bare shape may do.
            boolean wholly = text.contains("response_format") || text.contains("json_schema") || text.contains("json schema");
            if (!wholly && refused.addAll(OPTIONAL)) {
                return true;
            }
        }
        return plainer();
    }

    private static Limit other(Limit limit) {
        return limit == Limit.MAX_TOKENS ? Limit.MAX_COMPLETION_TOKENS : Limit.MAX_TOKENS;
    }

    /** Asks less of the server from now on. Returns false when nothing less is left. */
    boolean plainer() {
        if (form == Form.PROMPT) {
            return false;
        }
        form = form == Form.SCHEMA ? Form.JSON : Form.PROMPT;
        return true;
    }
}
