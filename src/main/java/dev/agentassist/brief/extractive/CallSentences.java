package dev.agentassist.brief.extractive;

import dev.agentassist.brief.CallMaterial;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * A call's sentences and what the words of each tell: what another engine's statements are held against. Languages
 * without a lexicon have sentences, but no traits other than {@link Trait#CONTENT} and {@link Trait#QUESTION}.
 */
public final class CallSentences {

    /** What the words of a sentence tell. */
    public enum Trait {
        /** More than a greeting or a set phrase. */
        CONTENT,
        /** A problem, a request or a reason for the call. */
        ISSUE,
        /** The caller asks for a person. */
        HUMAN,
        /** The agent says what it will do. */
        PROMISE,
        /** The agent says what cannot be done. */
        REFUSAL,
        /** What was already tried. */
        TRIED,
        /** Something was settled. */
        RESOLVED,
        /** “No, wait”, “I mean”. */
        CORRECTION,
        QUESTION
    }

    /**
     * A sentence of the call.
     *
     * @param start where it begins in the turn's text
     * @param end where it ends, exclusive
     */
    public record Sentence(int turn, int start, int end, boolean caller, String text, Set<Trait> traits) {

        public boolean has(Trait trait) {
            return traits.contains(trait);
        }
    }

    private final List<List<Sentence>> byTurn;
    private final boolean languageKnown;

    private CallSentences(List<List<Sentence>> byTurn, boolean languageKnown) {
        this.byTurn = byTurn;
        this.languageKnown = languageKnown;
    }

    public static CallSentences of(CallMaterial call) {
        Reading reading = Reading.of(call, new Lexicons());
        var byTurn = new ArrayList<List<Sentence>>();
        for (List<Said> turn : reading.byTurn()) {
            byTurn.add(turn.stream().map(CallSentences::sentence).toList());
        }
        return new CallSentences(List.copyOf(byTurn), !reading.lexicons().isEmpty());
    }

    private static Sentence sentence(Said said) {
        var traits = EnumSet.noneOf(Trait.class);
        if (said.substantial()) {
            traits.add(Trait.CONTENT);
        }
        if (said.has(Cue.PROBLEM) || said.has(Cue.REQUEST) || said.has(Cue.REASON)) {
            traits.add(Trait.ISSUE);
        }
        if (said.caller() && said.has(Cue.HUMAN)) {
            traits.add(Trait.HUMAN);
        }
        if (StepFinder.isPromise(said)) {
            traits.add(Trait.PROMISE);
        }
        if (!said.caller() && (said.has(Cue.REFUSAL) || said.has(Cue.NO_HUMAN)) && !said.question()) {
            traits.add(Trait.REFUSAL);
        }
        if (said.has(Cue.TRIED)) {
            traits.add(Trait.TRIED);
        }
        if (said.has(Cue.RESOLVED) && !said.has(Cue.REFUSAL) && !said.question()) {
            traits.add(Trait.RESOLVED);
        }
        if (said.has(Cue.CORRECTION)) {
            traits.add(Trait.CORRECTION);
        }
        if (said.question()) {
            traits.add(Trait.QUESTION);
        }
        return new Sentence(said.turnNumber(), said.start(), said.end(), said.caller(), said.text(), traits);
    }

    /** The sentences of a turn. */
    public List<Sentence> of(int turn) {
        return turn >= 1 && turn <= byTurn.size() ? byTurn.get(turn - 1) : List.of();
    }

    /** All sentences in order. */
    public List<Sentence> all() {
        return byTurn.stream().flatMap(List::stream).toList();
    }

    /** Whether the call is in a language of which the traits are known. */
    public boolean languageKnown() {
        return languageKnown;
    }
}
