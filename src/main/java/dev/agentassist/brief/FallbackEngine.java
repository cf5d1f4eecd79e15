package dev.agentassist.brief;

import dev.agentassist.problem.Failure;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Takes one engine, and another when the first one fails, which the brief then says. */
public final class FallbackEngine implements BriefEngine {

    private final Supplier<BriefEngine> first;
    private final BriefEngine second;
    private final Consumer<String> warn;

    /**
     * @param first makes the engine to begin with; its failing is the engine's
     * @param warn is told why the second engine was taken
     */
    public FallbackEngine(Supplier<BriefEngine> first, BriefEngine second, Consumer<String> warn) {
        this.first = first;
        this.second = second;
        this.warn = warn;
    }

    @Override
    public Draft draft(CallMaterial call) {
        String why;
        try {
            return first.get().draft(call);
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
