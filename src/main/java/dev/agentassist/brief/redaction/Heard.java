package dev.agentassist.brief.redaction;

import dev.agentassist.brief.text.SpokenDigits;
import dev.agentassist.brief.text.Words;
import dev.agentassist.conversation.Turn;
import java.util.List;
import java.util.Set;

/**
 * A turn, read once.
 *
 * @param at its place in the row of turns, from 0
 * @param runs what was dictated, from three characters on
 */
record Heard(int at, Turn turn, List<Words.Word> words, List<Digits.Piece> pieces, List<SpokenDigits.Run> runs, List<Cues.Cue> cues) {

    static Heard of(int at, Turn turn) {
        List<Words.Word> words = Words.of(turn.text());
        List<Digits.Piece> pieces = Digits.of(at, turn.text(), words);
        boolean digits = !pieces.isEmpty() || Words.hasDigit(turn.text());
        return new Heard(at, turn, words, pieces, digits ? SpokenDigits.in(turn.text(), words, 3) : List.of(), Cues.in(words));
    }

    boolean sameSpeaker(Heard other) {
        return turn.speaker() == other.turn().speaker();
    }

    /** Whether nothing but fillers follows a word. */
    boolean endsAt(int word) {
        for (int i = word + 1; i < words.size(); i++) {
            if (!Digits.filler(words.get(i).norm())) {
                return false;
            }
        }
        return true;
    }

    /** Words between a code and what it is called: “4471 is my PIN”. */
    private static final Set<String> NAMING = Set.of(
            "is", "was", "my", "the", "that", "as", "for", "a", "es", "mi", "el", "la", "ist", "mein", "meine", "die", "der", "est", "mon", "e", "o", "would", "be");

    /** The cue nearest to a word in this turn: the last one before it, else one by which it is named right behind. */
    Cues.Cue near(int first, int last) {
        Cues.Cue before = null;
        for (Cues.Cue cue : cues) {
            if (cue.end() <= first) {
                before = cue;
            } else if (before == null && cue.start() > last && named(last + 1, cue.start())) {
                return cue;
            }
        }
        return before;
    }

    private boolean named(int from, int to) {
        for (int i = from; i < to; i++) {
            if (!NAMING.contains(words.get(i).norm())) {
                return false;
            }
        }
        return true;
    }
}
