package dev.agentassist.brief.extractive;

import dev.agentassist.brief.Claim;
import dev.agentassist.brief.ToolUse;
import java.util.List;

/** Says what came of a tool, in words fit for a person. */
final class ToolTalk {

    private ToolTalk() {}

    /** {@code lookup_order} as “lookup order”. */
    static String name(ToolUse use) {
        return Quotes.clip(use.name().replaceAll("[_-]+", " "), 40);
    }

    /** A text with the tool's own words of failure behind it. */
    static Claim claim(String text, ToolUse use, List<Integer> near) {
        String why = why(use);
        if (why == null) {
            return new Claim(text + ".", near, List.of());
        }
        String quote = Quotes.clip(why, Quotes.SHORT);
        return new Claim(text + " (" + Quotes.marked(quote) + ")", near, List.of(new Claim.Quote(Claim.Quote.TOOL, Quotes.bare(quote))));
    }

    static Claim failure(Reading reading, ToolUse use) {
        return claim("The agent’s tool “" + name(use) + "” failed", use, near(reading, use));
    }

    private static String why(ToolUse use) {
        if (use.result() != null && use.result().isObject()) {
            for (String field : List.of("error", "message", "reason", "detail", "error_message")) {
                var value = use.result().path(field);
                if (value.isTextual() && !value.asText().isBlank()) {
                    return value.asText();
                }
                if (value.path("message").isTextual()) {
                    return value.path("message").asText();
                }
            }
            return null;
        }
        String text = use.output() == null ? "" : use.output().strip();
        return text.isEmpty() || use.result() != null ? null : text;
    }

    /** The spoken turns around it: the last before, and the first behind. */
    static List<Integer> near(Reading reading, ToolUse use) {
        int last = reading.call().lastTurn();
        if (last == 0) {
            return List.of();
        }
        int before = Math.clamp(use.afterTurn(), 1, last);
        int behind = Math.min(use.answeredAfter() + 1, last);
        return before == behind ? List.of(before) : List.of(before, behind);
    }
}
