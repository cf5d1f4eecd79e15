package dev.agentassist.audit;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.brief.Brief.Severity;
import dev.agentassist.json.Json;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A row as one line of JSON: what an audit prints, keeps in its journal, and reads again to compare two nights. */
public final class AuditRowJson {

    private AuditRowJson() {}

    /** One line, without a line feed. {@code policy} is the policy's label. */
    public static String line(AuditRow row, String policy) {
        var text = new StringWriter();
        try (JsonGenerator json = Json.MAPPER.getFactory().createGenerator(text)) {
            json.writeStartObject();
            json.writeStringField("conversation_id", row.conversationId());
            json.writeStringField("created_at", row.createdAt() == null ? null : row.createdAt().toString());
            json.writeStringField("status", row.status());
            json.writeStringField("agent_id", row.agent());
            json.writeStringField("policy", policy);
            json.writeStringField("verdict", row.verdict());
            json.writeArrayFieldStart("findings");
            for (Finding finding : row.findings()) {
                finding(json, finding);
            }
            json.writeEndArray();
            texts(json, "passed", row.passed());
            texts(json, "not_applicable", row.notApplicable());
            json.writeStringField("error", row.error());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private static void finding(JsonGenerator json, Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("rule", finding.rule());
        json.writeStringField("severity", finding.severity().wire());
        json.writeStringField("detail", finding.detail());
        json.writeArrayFieldStart("turns");
        for (int turn : finding.turns()) {
            json.writeNumber(turn);
        }
        json.writeEndArray();
        json.writeStringField("fingerprint", finding.fingerprint());
        if (finding.accepted() == null) {
            json.writeNullField("accepted");
        } else {
            json.writeObjectFieldStart("accepted");
            json.writeStringField("reason", finding.accepted().reason());
            json.writeStringField("until", finding.accepted().until().toString());
            json.writeEndObject();
        }
        json.writeEndObject();
    }

    private static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }

    /** Empty when the line is no row, or a torn one. */
    public static Optional<AuditRow> read(String line) {
        try {
            JsonNode node = Json.MAPPER.readTree(line);
            return node != null && node.isObject() && node.path("conversation_id").isTextual()
                    ? Optional.of(row(node))
                    : Optional.empty();
        } catch (JsonProcessingException | IllegalArgumentException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static AuditRow row(JsonNode node) {
        var findings = new ArrayList<Finding>();
        for (JsonNode each : node.path("findings")) {
            var turns = new ArrayList<Integer>();
            each.path("turns").forEach(t -> turns.add(t.asInt()));
            JsonNode accepted = each.path("accepted");
            findings.add(new Finding(
                    each.path("rule").asText(),
                    Severity.valueOf(each.path("severity").asText().toUpperCase(Locale.ROOT)),
                    each.path("detail").asText(),
                    turns,
                    each.path("fingerprint").asText(),
                    accepted.isObject()
                            ? new Finding.Accepted(accepted.path("reason").asText(), LocalDate.parse(accepted.path("until").asText()))
                            : null));
        }
        return new AuditRow(
                node.path("conversation_id").asText(),
                node.path("created_at").isTextual() ? Instant.parse(node.path("created_at").asText()) : null,
                text(node, "status"),
                text(node, "agent_id"),
                findings,
                texts(node.path("passed")),
                texts(node.path("not_applicable")),
                text(node, "error"));
    }

    private static String text(JsonNode node, String name) {
        return node.path(name).isTextual() ? node.path(name).asText() : null;
    }

    private static List<String> texts(JsonNode list) {
        var texts = new ArrayList<String>();
        list.forEach(t -> texts.add(t.asText()));
        return texts;
    }
}
