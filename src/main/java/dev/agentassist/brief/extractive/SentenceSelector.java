package dev.agentassist.brief.extractive;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Chooses the sentences that tell what a call was about: those by which a summary is expected to gain most. A sentence
 * gains by its length times how much likelier than {@link #PRICE} a person would choose it (see {@link Trait}); of two
 * that say the same, the second one gains less (maximal marginal relevance).
 *
 * <p>Linear in the length of the call; deterministic.
 */
final class SentenceSelector {

    /** What a word in a summary costs, as a likelihood. */
    private static final double PRICE = 0.15;

    /** More than any sentence gains. */
    private static final double LAST_RESORT = 1e6;

    /** How much of a sentence's gain one that says the same takes. */
    private static final double REDUNDANCY = 0.3;

    /** The best {@code count} sentences, in the order of the call. */
    List<Said> select(List<Said> sentences, int count) {
        return select(sentences, count, List.of());
    }

    /**
     * @param sentences all of the call
     * @param known sentences that the reader has seen already: they are not chosen, and what says the same gains less
     */
    List<Said> select(List<Said> sentences, int count, Collection<Said> known) {
        var traits = new SentenceTraits(sentences);
        int n = sentences.size();
        var gain = new double[n];
        var overlap = new double[n];
        var open = new boolean[n];
        int left = 0;
        for (int i = 0; i < n; i++) {
            Said s = sentences.get(i);
            open[i] = s.substantial() && !known.contains(s) && !traits.greets(i);
            left += open[i] ? 1 : 0;
            gain[i] = open[i] ? s.words().size() * (traits.likelihood(i) - PRICE) - (asksOrGives(s) ? LAST_RESORT : 0) : 0;
        }
        for (int i = 0; i < n; i++) {
            if (known.contains(sentences.get(i))) {
                cover(traits, overlap, i);
            }
        }
        var chosen = new ArrayList<Integer>();
        while (chosen.size() < count && left > 0) {
            int best = -1;
            double most = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < n; i++) {
                double value = gain[i] - REDUNDANCY * overlap[i] * sentences.get(i).words().size();
                if (open[i] && value > most) {
                    best = i;
                    most = value;
                }
            }
            chosen.add(best);
            open[best] = false;
            left--;
            cover(traits, overlap, best);
        }
        return chosen.stream().sorted().map(sentences::get).toList();
    }

    /** Asks for a name or number, or gives just that: the values of a brief hold what came of it. */
    private static boolean asksOrGives(Said s) {
        boolean about = s.has(Cue.NAME) || s.has(Cue.KEY);
        return s.caller()
                ? about && s.content().length <= 6 && !s.has(Cue.PROBLEM) && !s.has(Cue.REQUEST) && !s.has(Cue.REASON)
                : about && s.question() && !s.has(Cue.PROMISE) && !s.has(Cue.REFUSAL) && s.content().length <= 8;
    }

    private static void cover(SentenceTraits traits, double[] overlap, int by) {
        for (int i = 0; i < overlap.length; i++) {
            overlap[i] = Math.max(overlap[i], traits.likeness(i, by));
        }
    }
}
