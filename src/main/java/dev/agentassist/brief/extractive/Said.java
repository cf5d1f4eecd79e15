package dev.agentassist.brief.extractive;

import dev.agentassist.brief.text.Words.Word;
import dev.agentassist.conversation.Turn;
import java.util.EnumSet;
import java.util.List;

/**
 * A sentence of the call, with what its words tell.
 *
 * @param index its place among all sentences of the call, from 0
 * @param place its place in its turn, from 0
 * @param start where it begins in the turn's text
 * @param end where it ends, exclusive
 * @param words its words; their offsets are those of the turn's text
 * @param hits the cue phrases in it, as indices into {@code words}
 * @param cues the kinds of these
 * @param content stems of the words that carry meaning
 */
record Said(
        int index,
        int place,
        Turn turn,
        int start,
        int end,
        List<Word> words,
        List<Lexicon.Hit> hits,
        EnumSet<Cue> cues,
        String[] content) {

    /** A sentence is equal to itself alone. Written out: a record's own are made anew at every start of the program. */
    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return index;
    }

    String text() {
        return turn.text().substring(start, end);
    }

    boolean caller() {
        return turn.speaker() == Turn.Speaker.CALLER;
    }

    int turnNumber() {
        return turn.number();
    }

    boolean has(Cue cue) {
        return cues.contains(cue);
    }

    boolean question() {
        String text = text();
        return text.indexOf('?', Math.max(0, text.length() - 3)) >= 0 || text.startsWith("¿") || text.endsWith("？");
    }

    /** Whether it holds anything besides greetings, thanks and set phrases. */
    boolean substantial() {
        if (has(Cue.MISDIAL)) {
            return content.length > 5;
        }
        return content.length >= 2 || content.length == 1 && !cues.contains(Cue.COURTESY) && !cues.contains(Cue.FORM);
    }
}
