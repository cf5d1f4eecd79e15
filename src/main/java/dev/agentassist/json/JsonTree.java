package dev.agentassist.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.StringWriter;

/**
 * Reads a document as a tree, and writes one, without an object mapper, whose making alone takes a tenth of a first brief. The trees, and
 * what is refused, are those of {@link Json#MAPPER}.
 */
public final class JsonTree {

    /** Longest text in a document: a call's whole transcript in one string fits, a 200 MB line does not. */
    public static final int LONGEST_STRING = 50_000_000;

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(constraints())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private JsonTree() {}

    /** What a document may be like at most. */
    static StreamReadConstraints constraints() {
        return StreamReadConstraints.builder().maxStringLength(LONGEST_STRING).maxNestingDepth(200).build();
    }

    /** @throws JsonProcessingException when it is not one whole document, or a key stands twice in an object */
    public static JsonNode read(String text) throws JsonProcessingException {
        try (JsonParser in = FACTORY.createParser(text)) {
            JsonToken first = in.nextToken();
            JsonNode tree = first == null ? MissingNode.getInstance() : value(in, first);
            if (first != null && in.nextToken() != null) {
                throw new JsonParseException(in, "More follows the document.");
            }
            return tree;
        } catch (JsonProcessingException e) {
            throw e;
        } catch (IOException e) {
            throw new IllegalStateException("A text in memory cannot be read.", e);
        }
    }

    private static JsonNode value(JsonParser in, JsonToken token) throws IOException {
        return switch (token) {
            case START_OBJECT -> object(in);
            case START_ARRAY -> array(in);
            case VALUE_STRING -> TextNode.valueOf(in.getText());
            case VALUE_NUMBER_INT -> integer(in);
            case VALUE_NUMBER_FLOAT -> DecimalNode.valueOf(in.getDecimalValue());
            case VALUE_TRUE -> BooleanNode.TRUE;
            case VALUE_FALSE -> BooleanNode.FALSE;
            case VALUE_NULL -> NullNode.getInstance();
            default -> throw new JsonParseException(in, "Unexpected " + token + ".");
        };
    }

    private static JsonNode integer(JsonParser in) throws IOException {
        JsonParser.NumberType type = in.getNumberType();
        if (type == JsonParser.NumberType.INT) {
            return JsonNodeFactory.instance.numberNode(in.getIntValue());
        }
        return type == JsonParser.NumberType.LONG
                ? JsonNodeFactory.instance.numberNode(in.getLongValue())
                : JsonNodeFactory.instance.numberNode(in.getBigIntegerValue());
    }

    private static ObjectNode object(JsonParser in) throws IOException {
        ObjectNode object = JsonNodeFactory.instance.objectNode();
        for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
            object.set(name, value(in, in.nextToken()));
        }
        return object;
    }

    private static ArrayNode array(JsonParser in) throws IOException {
        ArrayNode array = JsonNodeFactory.instance.arrayNode();
        for (JsonToken token = in.nextToken(); token != JsonToken.END_ARRAY; token = in.nextToken()) {
            array.add(value(in, token));
        }
        return array;
    }

    /** The same as {@link JsonNode#toString}, which makes a mapper of its own first. */
    public static String write(JsonNode node) {
        var text = new StringWriter();
        try (JsonGenerator out = FACTORY.createGenerator(text)) {
            write(node, out);
        } catch (IOException e) {
            throw new IllegalStateException("A tree can always be written.", e);
        }
        return text.toString();
    }

    private static void write(JsonNode node, JsonGenerator out) throws IOException {
        switch (node.getNodeType()) {
            case OBJECT -> {
                out.writeStartObject();
                for (var field : node.properties()) {
                    out.writeFieldName(field.getKey());
                    write(field.getValue(), out);
                }
                out.writeEndObject();
            }
            case ARRAY -> {
                out.writeStartArray();
                for (JsonNode element : node) {
                    write(element, out);
                }
                out.writeEndArray();
            }
            case STRING -> out.writeString(node.textValue());
            case BOOLEAN -> out.writeBoolean(node.booleanValue());
            case NUMBER -> number(node, out);
            default -> out.writeNull();
        }
    }

    private static void number(JsonNode node, JsonGenerator out) throws IOException {
        if (node.isInt() || node.isLong() || node.isShort()) {
            out.writeNumber(node.longValue());
        } else if (node.isBigInteger()) {
            out.writeNumber(node.bigIntegerValue());
        } else if (node.isBigDecimal()) {
            out.writeNumber(node.decimalValue());
        } else {
            out.writeNumber(node.doubleValue());
        }
    }
}
