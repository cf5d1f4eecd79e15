package dev.agentassist.brief.model;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.brief.Brief;
import dev.agentassist.brief.extractive.ExtractiveEngine;
import dev.agentassist.testkit.BriefSchema;
import dev.agentassist.render.BriefJson;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may be shown of a call, told apart from the program's own way of telling it: whatever a brief says must be said by
 * the words' own engine, too, or be words of the turn that it cites in a frame that names their speaker.
 */
final class Truth {

    private static final Pattern QUOTE = Pattern.compile("“([^”]*)”");

    /** Frames around words that a model chose; Q stands for words, one or more. */
    private static final List<String> CALLERS = List.of(
            "Caller: Q", "Caller: Q – then asks for a person: Q", "Answer the caller: Q", "See to what the caller said: Q",
            "Speak with the caller yourself, as asked: Q", "Already tried: Caller: Q", "Worth a look. Caller: Q");
    private static final List<String> AGENTS = List.of(
            "Agent: Q", "Keep the agent’s word: Q", "Know that the agent said no: Q", "The agent promised: Q",
            "The agent said no: Q", "Already tried: Agent: Q", "See to what the agent said: Q", "Worth a look. Agent: Q");

    private final List<String> lines;
    private final JsonNode own;
    private final Set<String> ownTexts = new HashSet<>();
    private final Map<String, String> values;
    private final Map<String, String> superseded;

    /**
     * @param values what the call gives besides what the words' own engine collects, by key
     * @param superseded words that the call takes back, and what stands instead
     */
    Truth(List<String> lines, Map<String, String> values, Map<String, String> superseded) {
        this.lines = lines;
        this.values = values;
        this.superseded = superseded;
        this.own = Briefs.json(Briefs.of(lines, new ExtractiveEngine()));
        statements(own).forEach(s -> ownTexts.add(s.text()));
    }

    private record Statement(String pointer, String text) {}

    /** What of a brief is not true of the call; empty when all is. */
    List<String> falsehoods(Brief brief) {
        var false1 = new ArrayList<>(BriefSchema.violations(BriefJson.write(brief)));
        JsonNode json = Briefs.json(brief);
        if (!json.path("transcript").equals(own.path("transcript"))) {
            false1.add("transcript or markers altered");
        }
        if (!json.path("header").equals(own.path("header"))) {
            false1.add("header altered: " + json.path("header"));
        }
        for (Statement statement : statements(json)) {
            superseded.forEach((old, now) -> {
                if (statement.text().contains(old) && !statement.text().contains(now)) {
                    false1.add(statement.pointer() + " tells what was taken back: " + statement.text());
                }
            });
            if (!ownTexts.contains(statement.text())) {
                String fault = fault(statement, json.path("meta").path("evidence").path(statement.pointer()));
                if (fault != null) {
                    false1.add(statement.pointer() + " " + fault + ": " + statement.text());
                }
            }
        }
        for (JsonNode value : json.path("information_collected")) {
            boolean known = values.getOrDefault(value.path("key").asText(), "").equals(value.path("value").asText());
            for (JsonNode ours : own.path("information_collected")) {
                known |= ours.equals(value);
            }
            if (!known) {
                false1.add("value " + value);
            }
        }
        hidden(json, false1);
        return false1;
    }

    /** A complaint, a flag or a value that the words show is still there. */
    private void hidden(JsonNode json, List<String> false1) {
        String all = json.path("transfer_reason").asText() + json.path("call_summary");
        Matcher reason = QUOTE.matcher(own.path("transfer_reason").asText());
        if (reason.find() && !all.contains(clip(reason.group(1)))) {
            false1.add("the reason is hidden: " + reason.group(1));
        }
        for (JsonNode flag : own.path("compliance_flags")) {
            boolean there = false;
            for (JsonNode shown : json.path("compliance_flags")) {
                there |= shown.path("type").equals(flag.path("type"));
            }
            if (!there) {
                false1.add("hidden flag " + flag.path("type"));
            }
        }
        for (JsonNode value : own.path("information_collected")) {
            boolean there = false;
            for (JsonNode shown : json.path("information_collected")) {
                there |= shown.equals(value);
            }
            if (!there) {
                false1.add("hidden value " + value);
            }
        }
    }

    private static String clip(String quote) {
        return quote.endsWith("…") ? quote.substring(0, quote.length() - 1) : quote;
    }

    private String fault(Statement statement, JsonNode evidence) {
        String frame = QUOTE.matcher(statement.text()).replaceAll("Q").replaceAll("(Q; )+Q", "Q");
        // A correction that came later is shown behind what it corrects.
        frame = frame.replace(" – then: Q", "");
        boolean caller = CALLERS.contains(frame);
        if (!caller && !AGENTS.contains(frame)) {
            return "is framed in words of nobody";
        }
        Matcher quotes = QUOTE.matcher(statement.text());
        while (quotes.find()) {
            boolean stands = false;
            for (JsonNode turn : evidence) {
                if (turn.asInt() < 1 || turn.asInt() > spoken().size()) {
                    return "cites a turn that is none";
                }
                String line = spoken().get(turn.asInt() - 1);
                boolean speaker = line.startsWith(caller ? "caller: " : "agent: ");
                stands |= speaker && line.replaceAll("\\s+", " ").contains(clip(quotes.group(1)));
            }
            if (!stands) {
                return "quotes what its speaker did not say there";
            }
        }
        return null;
    }

    private List<String> spoken() {
        return lines.stream().filter(l -> !l.startsWith("tool ")).toList();
    }

    private static List<Statement> statements(JsonNode brief) {
        var all = new ArrayList<Statement>();
        all.add(new Statement("/transfer_reason", brief.path("transfer_reason").asText()));
        for (int i = 0; i < brief.path("call_summary").size(); i++) {
            all.add(new Statement("/call_summary/" + i, brief.path("call_summary").path(i).asText()));
        }
        for (int i = 0; i < brief.path("suggested_next_steps").size(); i++) {
            all.add(new Statement("/suggested_next_steps/" + i, brief.path("suggested_next_steps").path(i).path("action").asText()));
        }
        for (int i = 0; i < brief.path("compliance_flags").size(); i++) {
            all.add(new Statement("/compliance_flags/" + i, brief.path("compliance_flags").path(i).path("detail").asText()));
        }
        return all;
    }
}
