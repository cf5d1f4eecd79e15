package dev.agentassist.brief.platform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.brief.Brief;
import dev.agentassist.brief.CallMaterial;
import dev.agentassist.brief.Claim;
import dev.agentassist.brief.Draft;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Reads a portal's document leniently: a section that is missing or of another shape is one that it does not have. */
final class PortalReader {

    private static final int LONGEST = 600;

    private final JsonNode portal;
    private final List<String> warnings = new ArrayList<>();

    PortalReader(JsonNode portal) {
        this.portal = portal;
    }

    Draft draft(CallMaterial call) {
        warnings.add("The platform names no turns for what it says: its statements could not be checked against the transcript.");
        JsonNode header = portal.path("header");
        String name = text(header.path("caller_name"));
        return new Draft(
                PlatformEngine.NAME,
                null,
                name == null || name.equalsIgnoreCase(Brief.UNKNOWN_CALLER) ? null : Claim.ofRecord(name),
                mood(header.path("sentiment")),
                text(portal.path("transfer_reason")) == null ? null : Claim.ofRecord(text(portal.path("transfer_reason"))),
                summary(),
                values(),
                steps(),
                flags(),
                markers(call),
                warnings);
    }

    private Draft.Mood mood(JsonNode sentiment) {
        String label = sentiment.isObject() ? text(sentiment.path("label")) : text(sentiment);
        String level = sentiment.isObject() ? text(sentiment.path("level")) : label;
        if (level == null && label == null) {
            return null;
        }
        String word = level == null ? "" : level.toLowerCase(Locale.ROOT).replaceAll("[\\s-]+", "_");
        Brief.Sentiment.Level known = Arrays.stream(Brief.Sentiment.Level.values())
                .filter(l -> l.wire().equals(word))
                .findFirst()
                .orElse(null);
        if (known == null) {
            known = word.matches(".*(angry|furious|upset|very_frustrated|negative).*")
                    ? Brief.Sentiment.Level.FRUSTRATED
                    : word.contains("frustrat") || word.contains("annoy")
                            ? Brief.Sentiment.Level.SLIGHTLY_FRUSTRATED
                            : Brief.Sentiment.Level.CALM;
            warnings.add("The platform gave a sentiment of another kind; it was read as " + known.wire() + ".");
        }
        return new Draft.Mood(known, Claim.ofRecord(label == null ? level : label));
    }

    private List<Claim> summary() {
        var bullets = new ArrayList<Claim>();
        for (JsonNode each : list(portal.path("call_summary"))) {
            String text = each.isObject() ? text(each.path("text")) : text(each);
            if (text != null) {
                bullets.add(Claim.ofRecord(text));
            }
        }
        if (bullets.size() > Brief.MOST_BULLETS) {
            warnings.add("Of the platform’s " + bullets.size() + " summary bullets the first " + Brief.MOST_BULLETS + " are shown.");
        }
        return bullets;
    }

    private List<Draft.Value> values() {
        var values = new ArrayList<Draft.Value>();
        JsonNode collected = portal.path("information_collected");
        if (collected.isObject()) {
            collected.properties().forEach(e -> value(values, e.getKey(), e.getValue()));
        }
        for (JsonNode each : list(collected)) {
            value(values, text(each.path("key")), each.path("value"));
        }
        return values;
    }

    private static void value(List<Draft.Value> values, String key, JsonNode value) {
        if (key != null && text(value) != null) {
            values.add(new Draft.Value(key, Claim.ofRecord(text(value)), null));
        }
    }

    private List<Draft.Step> steps() {
        var steps = new ArrayList<Draft.Step>();
        for (JsonNode each : list(portal.path("suggested_next_steps"))) {
            String action = each.isObject() ? text(each.path("action")) : text(each);
            if (action != null) {
                steps.add(new Draft.Step(Claim.ofRecord(action), confidence(each.path("confidence"))));
            }
        }
        return steps;
    }

    /** A word, or a number from 0 to 1. */
    private static Brief.Confidence confidence(JsonNode confidence) {
        if (confidence.isNumber()) {
            double p = confidence.asDouble();
            return p >= 0.75 ? Brief.Confidence.HIGH : p >= 0.4 ? Brief.Confidence.MEDIUM : Brief.Confidence.LOW;
        }
        return word(confidence, Brief.Confidence.values()).orElse(Brief.Confidence.LOW);
    }

    private List<Draft.Concern> flags() {
        var flags = new ArrayList<Draft.Concern>();
        for (JsonNode each : list(portal.path("compliance_flags"))) {
            String type = text(each.path("type"));
            String detail = each.isObject() ? text(each.path("detail")) : text(each);
            if (type != null || detail != null) {
                flags.add(new Draft.Concern(
                        type == null ? "concern" : type.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_"),
                        word(each.path("severity"), Brief.Severity.values()).orElse(Brief.Severity.MEDIUM),
                        Claim.ofRecord(detail == null ? type : detail)));
            }
        }
        return flags;
    }

    /** Only where the portal's turn is the same as ours. */
    private Map<Integer, Brief.Marker> markers(CallMaterial call) {
        var markers = new HashMap<Integer, Brief.Marker>();
        int index = 0;
        for (JsonNode each : list(portal.path("transcript"))) {
            int number = each.path("turn").asInt(++index);
            Optional<Brief.Marker> marker = word(each.path("marker"), Brief.Marker.values());
            if (marker.isPresent() && call.hasTurn(number) && call.turn(number).text().equals(each.path("text").asText())) {
                markers.put(number, marker.get());
            }
        }
        return markers;
    }

    private static <E extends Enum<E>> Optional<E> word(JsonNode node, E[] values) {
        String word = node.asText("").strip().replaceAll("[\\s-]+", "_");
        return Arrays.stream(values).filter(v -> v.name().equalsIgnoreCase(word)).findFirst();
    }

    private static List<JsonNode> list(JsonNode node) {
        var list = new ArrayList<JsonNode>();
        if (node.isArray()) {
            node.forEach(list::add);
        } else if (node.isTextual()) {
            list.add(node);
        }
        return list;
    }

    /** A value as a line of text, or null. */
    private static String text(JsonNode node) {
        if (!node.isValueNode() || node.isNull() || node.asText().isBlank()) {
            return null;
        }
        String line = node.asText().replaceAll("\\s+", " ").strip();
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }
}
