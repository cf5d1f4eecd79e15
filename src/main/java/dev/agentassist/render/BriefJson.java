package dev.agentassist.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import dev.agentassist.brief.Brief;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A brief as JSON: the origin's seven sections in its order, then {@code meta}. The shape is published as
 * {@code /dev/agentassist/brief/brief.schema.json}.
 */
public final class BriefJson {

    private BriefJson() {}

    public static String write(Brief brief) {
        var text = new StringWriter();
        var indenter = new DefaultIndenter("  ", "\n");
        var printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        var separators = Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER);
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(printer.withSeparators(separators));
            json.writeStartObject();
            header(json, brief.header());
            json.writeStringField("transfer_reason", brief.transferReason());
            json.writeArrayFieldStart("call_summary");
            for (String bullet : brief.callSummary()) {
                json.writeString(bullet);
            }
            json.writeEndArray();
            values(json, brief.informationCollected());
            steps(json, brief.nextSteps());
            transcript(json, brief.transcript());
            flags(json, brief.complianceFlags());
            meta(json, brief.meta());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return printable(text.toString()) + "\n";
    }

    private static void header(JsonGenerator json, Brief.Header header) throws IOException {
        json.writeObjectFieldStart("header");
        json.writeStringField("caller_name", header.callerName());
        json.writeStringField("phone_number", header.phoneNumber());
        if (header.callDurationSeconds() == null) {
            json.writeNullField("call_duration_seconds");
        } else {
            json.writeNumberField("call_duration_seconds", header.callDurationSeconds());
        }
        json.writeObjectFieldStart("sentiment");
        json.writeStringField("label", header.sentiment().label());
        json.writeStringField("level", header.sentiment().level().wire());
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void values(JsonGenerator json, List<Brief.Collected> values) throws IOException {
        json.writeArrayFieldStart("information_collected");
        for (Brief.Collected value : values) {
            json.writeStartObject();
            json.writeStringField("key", value.key());
            json.writeStringField("value", value.value());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void steps(JsonGenerator json, List<Brief.NextStep> steps) throws IOException {
        json.writeArrayFieldStart("suggested_next_steps");
        for (Brief.NextStep step : steps) {
            json.writeStartObject();
            json.writeStringField("action", step.action());
            json.writeStringField("confidence", step.confidence().wire());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void transcript(JsonGenerator json, List<Brief.Entry> transcript) throws IOException {
        json.writeArrayFieldStart("transcript");
        for (Brief.Entry entry : transcript) {
            json.writeStartObject();
            json.writeNumberField("turn", entry.turn());
            json.writeStringField("role", entry.role());
            json.writeStringField("text", entry.text());
            json.writeStringField("timestamp", time(entry.timestamp()));
            json.writeStringField("marker", entry.marker() == null ? null : entry.marker().wire());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void flags(JsonGenerator json, List<Brief.Flag> flags) throws IOException {
        json.writeArrayFieldStart("compliance_flags");
        for (Brief.Flag flag : flags) {
            json.writeStartObject();
            json.writeStringField("type", flag.type());
            json.writeStringField("severity", flag.severity().wire());
            json.writeStringField("detail", flag.detail());
            turns(json, "turns", flag.turns());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void meta(JsonGenerator json, Brief.Meta meta) throws IOException {
        json.writeObjectFieldStart("meta");
        json.writeStringField("schema_version", Brief.SCHEMA_VERSION);
        json.writeStringField("conversation_id", meta.conversationId());
        json.writeStringField("conversation_status", meta.conversationStatus());
        json.writeStringField("conversation_created_at", time(meta.conversationCreatedAt()));
        json.writeStringField("generated_at", time(meta.generatedAt()));
        json.writeStringField("engine", meta.engine());
        json.writeStringField("model", meta.model());
        if (meta.language() != null) {
            json.writeStringField("language", meta.language());
        }
        if (meta.usage() != null) {
            json.writeStringField("prompt_version", meta.usage().promptVersion());
            json.writeObjectFieldStart("usage");
            json.writeNumberField("calls", meta.usage().calls());
            json.writeNumberField("prompt_tokens", meta.usage().promptTokens());
            json.writeNumberField("completion_tokens", meta.usage().completionTokens());
            json.writeEndObject();
        }
        json.writeStringField("input_sha256", meta.inputSha256());
        json.writeObjectFieldStart("evidence");
        for (var entry : meta.evidence().entrySet()) {
            turns(json, entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        json.writeObjectFieldStart("sources");
        for (var entry : meta.sources().entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
        json.writeArrayFieldStart("warnings");
        for (String warning : meta.warnings()) {
            json.writeString(warning);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** On one line. */
    private static void turns(JsonGenerator json, String field, List<Integer> turns) throws IOException {
        json.writeFieldName(field);
        json.writeRawValue(turns.stream().map(String::valueOf).collect(Collectors.joining(", ", "[", "]")));
    }

    private static String time(Instant instant) {
        return instant == null ? null : instant.toString();
    }

    /** The same JSON with what could drive a terminal written as escapes: such characters only occur within strings. */
    private static String printable(String json) {
        StringBuilder clean = null;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            boolean bad = c >= 0x7f && c < 0xa0 || c == 0x061c || c >= 0x200e && c <= 0x200f || c >= 0x2028 && c <= 0x202e
                    || c >= 0x2066 && c <= 0x2069;
            if (bad && clean == null) {
                clean = new StringBuilder(json.length() + 16).append(json, 0, i);
            }
            if (clean != null) {
                if (bad) {
                    clean.append(String.format("\\u%04x", (int) c));
                } else {
                    clean.append(c);
                }
            }
        }
        return clean == null ? json : clean.toString();
    }
}
