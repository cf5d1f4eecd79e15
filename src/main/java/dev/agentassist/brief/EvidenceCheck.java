package dev.agentassist.brief;

import dev.agentassist.brief.text.Normal;
import dev.agentassist.brief.text.Verbatim;
import dev.agentassist.json.JsonTree;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Looks mechanically at what each statement stands on. A statement holds when the turns that it cites exist, each quote
 * stands in its turn (or, for a tool's words, in what a tool was given or returned), what the statement itself sets in
 * quotation marks is among these words, and each of its numbers too. What does not hold is dropped and named.
 */
public final class EvidenceCheck {

    private static final Pattern QUOTED = Pattern.compile("“([^”]*)”");
    private static final Pattern DIGITS = Pattern.compile("[\\p{L}\\d]*\\d[\\p{L}\\d]*");

    private final CallMaterial call;
    private final Map<Integer, Normal> turns = new HashMap<>();
    private Normal tools;

    public EvidenceCheck(CallMaterial call) {
        this.call = call;
    }

    /** The draft without what does not hold, and with a warning for each thing that was dropped. */
    public Draft check(Draft draft) {
        var dropped = new ArrayList<String>(draft.warnings());
        Claim name = draft.callerName() == null || holds(draft.callerName()) ? draft.callerName() : null;
        if (name != draft.callerName()) {
            dropped.add(sentence("the caller’s name"));
        }
        Claim reason = draft.reason() == null || holds(draft.reason()) ? draft.reason() : null;
        if (reason != draft.reason()) {
            dropped.add(sentence("the reason"));
        }
        Draft.Mood mood = draft.sentiment();
        if (mood != null && !holds(mood.claim())) {
            mood = null;
            dropped.add(sentence("the sentiment"));
        }
        return new Draft(
                draft.engine(),
                draft.model(),
                name,
                mood,
                reason,
                kept(draft.summary(), c -> c, "summary bullet", dropped),
                kept(draft.values(), Draft.Value::claim, "collected value", dropped),
                kept(draft.steps(), Draft.Step::claim, "next step", dropped),
                kept(draft.flags(), Draft.Concern::claim, "compliance flag", dropped),
                draft.markers().entrySet().stream()
                        .filter(e -> call.hasTurn(e.getKey()))
                        .collect(java.util.stream.Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                dropped,
                draft.usage());
    }

    private <T> List<T> kept(List<T> all, Function<T, Claim> claim, String what, List<String> dropped) {
        var kept = new ArrayList<T>();
        for (int i = 0; i < all.size(); i++) {
            if (holds(claim.apply(all.get(i)))) {
                kept.add(all.get(i));
            } else {
                dropped.add(sentence(what + " " + (i + 1)));
            }
        }
        return kept;
    }

    private static String sentence(String what) {
        return "Dropped " + what + ": its evidence does not stand in the transcript.";
    }

    /** Whether a statement's evidence stands. */
    public boolean holds(Claim claim) {
        if (claim.turns().stream().anyMatch(t -> !call.hasTurn(t))) {
            return false;
        }
        for (Claim.Quote quote : claim.quotes()) {
            if (!stands(quote)) {
                return false;
            }
        }
        return claim.turns().isEmpty() && claim.quotes().isEmpty() || saysOnlyThat(claim);
    }

    private boolean stands(Claim.Quote quote) {
        if (call.hasTurn(quote.turn()) && Verbatim.stands(quote.text(), call.turn(quote.turn()).text())) {
            return true;
        }
        Normal where = quote.turn() == Claim.Quote.TOOL ? tools() : call.hasTurn(quote.turn()) ? turn(quote.turn()) : null;
        return where != null && where.contains(Normal.of(quote.text()));
    }

    /** Quotation marks and numbers in the statement's own text. */
    private boolean saysOnlyThat(Claim claim) {
        String rest = claim.text();
        Matcher quoted = QUOTED.matcher(claim.text());
        while (quoted.find()) {
            String words = quoted.group(1).replace("…", " ");
            if (!words.isBlank() && !among(claim, Normal.of(words))) {
                return false;
            }
            rest = rest.replace(quoted.group(), " ");
        }
        Matcher digits = DIGITS.matcher(rest);
        while (digits.find()) {
            String number = digits.group();
            if (claim.turns().stream().noneMatch(t -> turn(t).hasCode(number)) && !tools().hasCode(number)) {
                return false;
            }
        }
        return true;
    }

    private boolean among(Claim claim, Normal words) {
        return claim.turns().stream().anyMatch(t -> turn(t).contains(words)) || tools().contains(words);
    }

    private Normal turn(int number) {
        return turns.computeIfAbsent(number, n -> Normal.of(call.turn(n).text()));
    }

    private Normal tools() {
        if (tools == null) {
            var text = new StringBuilder();
            for (ToolUse use : ToolUse.in(call.transcript())) {
                text.append(use.name()).append(" | ").append(use.name().replace('_', ' ').replace('-', ' ')).append(" | ");
                if (use.arguments() != null) {
                    text.append(JsonTree.write(use.arguments())).append(" | ");
                }
                if (use.output() != null) {
                    text.append(use.output()).append(" | ");
                }
            }
            tools = Normal.of(text.toString());
        }
        return tools;
    }
}
