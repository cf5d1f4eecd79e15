package dev.agentassist.brief;

import dev.agentassist.problem.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Takes one engine, and another when the first one fails, which the brief then says. */
public final class FallbackEngine implements BriefEngine {

    private final BriefEngine first;
    private final BriefEngine second;
    private final Consumer<String> warn;

    /** @param warn is told why the second engine was taken */
    public FallbackEngine(BriefEngine first, BriefEngine second, Consumer<String> warn) {
        this.first = first;
        this.second = second;
        this.warn = warn;
    }

    @Override
    public Draft draft(CallMaterial call) {
        String why;
        try {
            return first.draft(call);
        } catch (Failure e) {
            why = e.problem().detail();
        }
        Draft draft = second.draft(call);
        String sentence = why + " The brief was made by the " + draft.engine() + " engine instead.";
        warn.accept(sentence);
        var warnings = new ArrayList<>(List.of(sentence));
        warnings.addAll(draft.warnings());
        return draft.withWarnings(warnings);
    }
}
