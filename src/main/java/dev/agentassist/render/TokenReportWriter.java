package dev.agentassist.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.config.Durations;
import dev.agentassist.json.Json;
import dev.agentassist.terminal.Terminal;
import dev.agentassist.token.TokenReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** What a token grants, in plain words or as JSON. */
public final class TokenReportWriter {

    private TokenReportWriter() {}

    public static String text(TokenReport report, Instant now) {
        var text = new StringBuilder();
        row(text, "For", report.identity() == null ? "nobody in particular" : report.identity() + name(report));
        row(text, "Room", report.room() == null ? "any" : report.room());
        row(text, "Joins until", expiry(report, now));
        row(text, "Signed by", report.issuer() == null ? "nobody named" : report.issuer() + signature(report));
        if (report.metadata() != null && !report.metadata().isEmpty()) {
            row(text, "Metadata", report.metadata());
        }
        text.append('\n');
        text.append(report.listenOnly() ? "Listen-only: yes\n" : "Listen-only: NO\n");
        for (String grant : report.grants()) {
            text.append("  - ").append(grant).append('\n');
        }
        return Terminal.printable(text.toString());
    }

    private static void row(StringBuilder text, String label, String value) {
        text.append(String.format("%-12s %s%n", label + ":", value.replace("\n", " ")).replace("\r\n", "\n"));
    }

    private static String name(TokenReport report) {
        return report.name() == null || report.name().isEmpty() ? "" : " (" + report.name() + ")";
    }

    private static String expiry(TokenReport report, Instant now) {
        if (report.expiresAt() == null) {
            return "for ever";
        }
        Duration left = Duration.between(now, report.expiresAt());
        return report.expiresAt() + (report.expired() ? " (expired " + Durations.human(left.negated()) + " ago)" : " (" + Durations.human(left) + " left)");
    }

    private static String signature(TokenReport report) {
        return switch (report.signature()) {
            case VERIFIED -> " (verified)";
            case MISMATCH -> " (NOT by the secret at hand)";
            case OTHER_KEY -> " (not checked: another key than the one at hand)";
            case NOT_CHECKED -> " (not checked: no secret at hand)";
        };
    }

    public static String json(TokenReport report) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        json.put("identity", report.identity());
        json.put("name", report.name());
        json.put("room_name", report.room());
        json.put("issuer", report.issuer());
        json.put("signature", report.signature().name().toLowerCase(Locale.ROOT));
        json.put("not_before", report.notBefore() == null ? null : report.notBefore().toString());
        json.put("expires_at", report.expiresAt() == null ? null : report.expiresAt().toString());
        json.put("expired", report.expired());
        json.put("listen_only", report.listenOnly());
        json.put("metadata", report.metadata());
        ArrayNode grants = json.putArray("grants");
        report.grants().forEach(grants::add);
        ArrayNode warnings = json.putArray("warnings");
        report.warnings().forEach(warnings::add);
        try {
            return Json.pretty().writeValueAsString(json) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can always be written.", e);
        }
    }
}
