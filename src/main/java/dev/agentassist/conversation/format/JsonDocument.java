package dev.agentassist.conversation.format;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.NoSuchElementException;

/**
 * One JSON document: an array of calls, read one by one; one call; or a bare list of chat messages, which is one call. A
 * syntax error ends it, for nothing after that place can be told apart.
 */
final class JsonDocument implements Records {

    /** One value of a document that goes on after it. */
    private static final ObjectReader VALUE =
            Json.MAPPER.readerFor(JsonNode.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    private final JsonParser parser;
    private final LimitedInput limit;
    private final JsonRecord record;
    private boolean started;
    private boolean inArray;
    private boolean ended;
    private int index = -1;
    private Parsed next;

    JsonDocument(InputStream in, LimitedInput limit, String name, FormatHints hints) throws IOException {
        this.parser = Json.MAPPER.createParser(in);
        this.limit = limit;
        this.record = new JsonRecord(name, hints);
    }

    @Override
    public String format() {
        return record.format();
    }

    @Override
    public long bytes() {
        return limit.total();
    }

    @Override
    public boolean hasNext() {
        if (next == null && !ended) {
            try {
                next = advance();
                ended = next == null;
            } catch (LimitedInput.TooLong e) {
                throw record.tooLong(place());
            } catch (JacksonException e) {
                if (e.getCause() instanceof LimitedInput.TooLong) {
                    throw record.tooLong(place());
                }
                throw record.end(JsonRecord.syntax(e, true), place());
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return next != null;
    }

    private String place() {
        return inArray && index >= 0 ? "index " + index : "";
    }

    private Parsed advance() throws IOException {
        limit.next();
        if (!started) {
            started = true;
            if (parser.nextToken() == JsonToken.START_ARRAY) {
                inArray = true;
                return first();
            }
            return record.read(VALUE.readTree(parser), "");
        }
        if (!inArray) {
            return parser.nextToken() == null ? null : further();
        }
        index++;
        if (parser.nextToken() == JsonToken.END_ARRAY) {
            inArray = false;
            if (parser.nextToken() != null) {
                throw record.end(
                        JsonRecord.bad("There is something after the end of the array.", "Leave it out, or write JSON Lines."), "");
            }
            return null;
        }
        return record.read(VALUE.readTree(parser), "index " + index);
    }

    /** Objects one after the other, each over several lines. */
    private Parsed further() throws IOException {
        index++;
        return record.read(VALUE.readTree(parser), "object " + (index + 2));
    }

    private Parsed first() throws IOException {
        index = 0;
        if (parser.nextToken() == JsonToken.END_ARRAY) {
            return null;
        }
        JsonNode one = VALUE.readTree(parser);
        if (!isMessage(one)) {
            return record.read(one, "index 0");
        }
        ObjectNode history = Json.MAPPER.createObjectNode();
        ArrayNode items = history.putArray("items").add(one);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            JsonNode item = VALUE.readTree(parser);
            items.add(item);
        }
        inArray = false;
        return record.read(history, "");
    }

    private static boolean isMessage(JsonNode node) {
        return node.has("role") && (node.has("content") || node.has("text"))
                || node.path("type").asText().matches("message|function_call(_output)?|agent_handoff|agent_config_update");
    }

    @Override
    public Parsed next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Parsed parsed = next;
        next = null;
        return parsed;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
