package dev.agentassist.brief;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * What an engine says about a call, before anything of it is checked.
 *
 * @param engine its name in {@code meta.engine}
 * @param model the model's name, or null
 * @param callerName or null when the call does not give it
 * @param sentiment or null when the engine has none
 * @param reason or null
 * @param summary in the order of the call
 * @param steps the most pressing first
 * @param markers by turn number
 * @param warnings for {@code meta.warnings}
 * @param usage what a model was asked, or null
 */
public record Draft(
        String engine,
        String model,
        Claim callerName,
        Mood sentiment,
        Claim reason,
        List<Claim> summary,
        List<Value> values,
        List<Step> steps,
        List<Concern> flags,
        Map<Integer, Brief.Marker> markers,
        List<String> warnings,
        Usage usage) {

    /** Without a model. */
    public Draft(
            String engine,
            String model,
            Claim callerName,
            Mood sentiment,
            Claim reason,
            List<Claim> summary,
            List<Value> values,
            List<Step> steps,
            List<Concern> flags,
            Map<Integer, Brief.Marker> markers,
            List<String> warnings) {
        this(engine, model, callerName, sentiment, reason, summary, values, steps, flags, markers, warnings, null);
    }

    /**
     * What a model was asked for a brief.
     *
     * @param promptVersion of the words and the schema
     * @param calls how often it was asked
     * @param promptTokens as the server counted them, 0 where it does not say
     * @param completionTokens as the server counted them, 0 where it does not say
     */
    public record Usage(String promptVersion, int calls, long promptTokens, long completionTokens) {}

    public Draft {
        summary = List.copyOf(summary);
        values = List.copyOf(values);
        steps = List.copyOf(steps);
        flags = List.copyOf(flags);
        markers = Map.copyOf(markers);
        warnings = List.copyOf(warnings);
    }

    /** The same with these warnings instead of its own. */
    public Draft withWarnings(List<String> other) {
        return new Draft(engine, model, callerName, sentiment, reason, summary, values, steps, flags, markers, other, usage);
    }

    /** The same with a further flag, the only one of its type; the gravest stand first. */
    Draft withFlag(Concern flag) {
        var all = new ArrayList<>(flags);
        all.removeIf(f -> f.type().equals(flag.type()));
        all.add(flag);
        all.sort(Concern.GRAVEST_FIRST);
        return new Draft(engine, model, callerName, sentiment, reason, summary, values, steps, all, markers, warnings, usage);
    }

    /** How the caller feels; the claim's text is the label. */
    public record Mood(Brief.Sentiment.Level level, Claim claim) {}

    /**
     * A collected value; the claim's text is the value.
     *
     * @param source null for the call's own words, else {@code tool NAME} or {@code record}
     */
    public record Value(String key, Claim claim, String source) {}

    /** A next step; the claim's text is the action. */
    public record Step(Claim claim, Brief.Confidence confidence) {}

    /** A compliance flag; the claim's text is the detail. */
    public record Concern(String type, Brief.Severity severity, Claim claim) {

        /** A lambda of our own: those of {@link Comparator#comparing} are made anew at every start of the program. */
        public static final Comparator<Concern> GRAVEST_FIRST = (a, b) -> b.severity().compareTo(a.severity());
    }
}
