package dev.agentassist.brief.model;

import dev.agentassist.brief.Brief;
import dev.agentassist.brief.CallMaterial;
import dev.agentassist.brief.Claim;
import dev.agentassist.brief.Draft;
import dev.agentassist.brief.extractive.CallSentences;
import dev.agentassist.brief.extractive.CallSentences.Sentence;
import dev.agentassist.brief.extractive.CallSentences.Trait;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Holds what a model suggests against the call. An item stands when its quote stands in its turn and the words there are
 * fit for what it is to be; it is then shown as these words. Whether a sentence of the model's own follows from a turn,
 * words alone do not decide: none is shown.
 */
final class Grounding {

    /** What stood, and what did not. */
    static final class Held {
        private Passage reason;
        private final List<Passage> bullets = new ArrayList<>();
        private final List<Named> values = new ArrayList<>();
        private final List<Passage> steps = new ArrayList<>();
        private final List<Passage> concerns = new ArrayList<>();
        private final List<Fault> faults = new ArrayList<>();

        Optional<Passage> reason() {
            return Optional.ofNullable(reason);
        }

        List<Passage> bullets() {
            return bullets;
        }

        List<Passage> steps() {
            return steps;
        }

        List<Passage> concerns() {
            return concerns;
        }

        List<Fault> faults() {
            return faults;
        }

        boolean isEmpty() {
            return reason == null && bullets.isEmpty() && values.isEmpty() && steps.isEmpty() && concerns.isEmpty();
        }

        /** The other's items behind these. */
        void add(Held other) {
            reason = reason == null ? other.reason : reason;
            other.bullets.forEach(p -> addNew(bullets, p));
            values.addAll(other.values);
            other.steps.forEach(p -> addNew(steps, p));
            other.concerns.forEach(p -> addNew(concerns, p));
        }
    }

    /** A value and the words that it stands in. */
    private record Named(Suggestions.Item item, Passage passage) {}

    /**
     * An item that does not stand.
     *
     * @param why a sentence's end, without a word of the item
     */
    record Fault(Suggestions.Item item, String why) {

        /** For {@code meta.warnings}. */
        String warning() {
            return "Dropped " + item.name() + " of the model: " + why + ".";
        }
    }

    private static final class Unfit extends Exception {
        private static final long serialVersionUID = 1L;

        Unfit(String why) {
            super(why, null, false, false);
        }
    }

    private final CallMaterial call;
    private final CallSentences said;
    private final ValueCheck values;
    private final Corrections corrections;

    Grounding(CallMaterial call, CallSentences said, Draft own) {
        this.call = call;
        this.said = said;
        this.values = new ValueCheck(call, said, own);
        this.corrections = new Corrections(call, said);
    }

    Held hold(Suggestions suggestions) {
        var held = new Held();
        for (Suggestions.Item item : suggestions.all()) {
            boolean none = item.kind() == Suggestions.Kind.REASON && item.turn() == 0;
            if (none) {
                continue;
            }
            try {
                put(item, held);
            } catch (Unfit e) {
                held.faults.add(new Fault(item, e.getMessage()));
            }
        }
        return held;
    }

    private void put(Suggestions.Item item, Held held) throws Unfit {
        if (!call.hasTurn(item.turn())) {
            throw new Unfit("there is no turn " + item.turn());
        }
        Passage passage = Passage.find(call, said, item.turn(), item.quote())
                .map(this::corrected)
                .orElseThrow(() -> new Unfit("its quote does not stand in turn " + item.turn()));
        switch (item.kind()) {
            case REASON -> held.reason = reason(passage);
            case BULLET -> addNew(held.bullets, content(passage));
            case VALUE -> {
                String why = values.fault(item, passage);
                if (why != null) {
                    throw new Unfit(why);
                }
                held.values.add(new Named(item, passage));
            }
            case STEP -> addNew(held.steps, step(passage));
            case CONCERN -> addNew(held.concerns, concern(passage));
        }
    }

    /** With what takes it back in the same turn. */
    private Passage corrected(Passage passage) {
        int last = passage.sentences().getLast().end();
        for (Sentence sentence : passage.sentences()) {
            Optional<Sentence> correction = corrections.of(sentence).filter(c -> c.turn() == passage.turn());
            last = Math.max(last, correction.map(Sentence::end).orElse(0));
        }
        int first = passage.sentences().getFirst().start();
        int end = last;
        return new Passage(passage.turn(), said.of(passage.turn()).stream().filter(s -> s.start() >= first && s.end() <= end).toList());
    }

    private static void addNew(List<Passage> list, Passage passage) {
        if (list.stream().noneMatch(p -> p.overlaps(passage))) {
            list.add(passage);
        }
    }

    private Passage reason(Passage passage) throws Unfit {
        content(passage);
        boolean fits = !said.languageKnown() || passage.has(Trait.ISSUE) || passage.has(Trait.HUMAN);
        if (!passage.caller() && !outbound() || !fits) {
            throw new Unfit("turn " + passage.turn() + " gives no reason for the call");
        }
        return passage;
    }

    private boolean outbound() {
        return call.info().direction() == dev.agentassist.conversation.Direction.OUTBOUND;
    }

    private Passage content(Passage passage) throws Unfit {
        if (!passage.has(Trait.CONTENT)) {
            throw new Unfit("its quote says nothing that a brief needs");
        }
        return passage;
    }

    /** Something is left to do only where somebody asked for it or promised it. */
    private Passage step(Passage passage) throws Unfit {
        content(passage);
        boolean open = passage.caller()
                ? passage.has(Trait.ISSUE) || passage.has(Trait.HUMAN) || passage.has(Trait.QUESTION)
                : passage.has(Trait.PROMISE) || passage.has(Trait.REFUSAL);
        if (said.languageKnown() && !open) {
            throw new Unfit("nobody asks for or promises anything in turn " + passage.turn());
        }
        return passage;
    }

    /** Where the words can be read, concerns are looked for in them; a model adds only what they cannot tell. */
    private Passage concern(Passage passage) throws Unfit {
        content(passage);
        if (said.languageKnown()) {
            throw new Unfit("the words of turn " + passage.turn() + " show none");
        }
        return passage;
    }

    /** The values that stand with all that is known of the call by now, one a name. */
    List<Draft.Value> values(Held held) {
        var standing = new LinkedHashMap<String, Draft.Value>();
        for (Named named : held.values) {
            Suggestions.Item item = named.item();
            if (values.fault(item, named.passage()) == null) {
                var quote = new Claim.Quote(item.turn(), named.passage().text(call));
                var claim = new Claim(values.written(item, named.passage()), List.of(item.turn()), List.of(quote));
                // What was said last stands.
                standing.put(item.key().toLowerCase(Locale.ROOT), new Draft.Value(item.key(), claim, null));
            }
        }
        return List.copyOf(standing.values());
    }

    /** The confidence of a step, by the rule of {@link Brief.Confidence}. */
    Brief.Confidence confidence(Passage step) {
        boolean plain = step.has(Trait.PROMISE) || step.has(Trait.HUMAN) || step.has(Trait.ISSUE) || step.has(Trait.QUESTION);
        boolean settled = said.all().stream().anyMatch(s -> s.turn() > step.turn() && s.has(Trait.RESOLVED));
        return !plain ? Brief.Confidence.LOW : settled ? Brief.Confidence.MEDIUM : Brief.Confidence.HIGH;
    }
}
