package dev.agentassist.brief.model;

import dev.agentassist.brief.CallMaterial;
import dev.agentassist.brief.extractive.CallSentences;
import dev.agentassist.brief.extractive.CallSentences.Sentence;
import dev.agentassist.brief.text.Normal;
import dev.agentassist.brief.text.Words;
import java.util.List;
import java.util.Optional;

/**
 * Words of one turn, found where a model says that they stand and widened to whole sentences: half a sentence can say
 * the opposite of the whole one.
 *
 * @param sentences the sentences, one behind the other; never empty
 */
record Passage(int turn, List<Sentence> sentences) {

    /** A quote of fewer words is met by chance. */
    private static final int LEAST_WORDS = 2;

    /** What is shown of a passage at the most. */
    static final int LONG = 220;

    boolean caller() {
        return sentences.getFirst().caller();
    }

    boolean has(CallSentences.Trait trait) {
        return sentences.stream().anyMatch(s -> s.has(trait));
    }

    boolean overlaps(Passage other) {
        return turn == other.turn
                && sentences.getFirst().start() < other.sentences.getLast().end()
                && other.sentences.getFirst().start() < sentences.getLast().end();
    }

    /** The words as they stand in the call, on one line. */
    String text(CallMaterial call) {
        String all = call.turn(turn).text().substring(sentences.getFirst().start(), sentences.getLast().end());
        return all.strip().replaceAll("\\s+", " ");
    }

    static Passage of(Sentence sentence) {
        return new Passage(sentence.turn(), List.of(sentence));
    }

    /** Where the quote stands in the turn, or empty when it does not. */
    static Optional<Passage> find(CallMaterial call, CallSentences said, int turn, String quote) {
        if (!call.hasTurn(turn)) {
            return Optional.empty();
        }
        String text = call.turn(turn).text();
        String[] wanted = Words.norms(quote);
        List<Words.Word> words = Words.of(text);
        boolean short1 = wanted.length < LEAST_WORDS && words.size() > wanted.length;
        if (wanted.length == 0 || short1) {
            return Optional.empty();
        }
        int at = indexOf(words, wanted);
        if (at >= 0) {
            int start = words.get(at).start();
            int end = words.get(at + wanted.length - 1).end();
            return passage(turn, said.of(turn).stream().filter(s -> s.start() < end && s.end() > start).toList());
        }
        // “4471” for “four four seven one”: in which sentence does it stand?
        Normal normal = Normal.of(quote);
        return passage(turn, said.of(turn).stream().filter(s -> Normal.of(s.text()).contains(normal)).limit(1).toList());
    }

    private static Optional<Passage> passage(int turn, List<Sentence> sentences) {
        return sentences.isEmpty() ? Optional.empty() : Optional.of(new Passage(turn, sentences));
    }

    private static int indexOf(List<Words.Word> words, String[] wanted) {
        for (int i = 0; i + wanted.length <= words.size(); i++) {
            int j = 0;
            while (j < wanted.length && words.get(i + j).norm().equals(wanted[j])) {
                j++;
            }
            if (j == wanted.length) {
                return i;
            }
        }
        return -1;
    }
}
