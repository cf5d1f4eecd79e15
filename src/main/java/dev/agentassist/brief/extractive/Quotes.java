package dev.agentassist.brief.extractive;

import dev.agentassist.brief.Claim;
import dev.agentassist.conversation.Turn;
import java.util.ArrayList;
import java.util.List;

/** The call's own words, cut to a length that is read at a glance. */
final class Quotes {

    static final int LONG = 150;
    static final int SHORT = 100;

    private Quotes() {}

    /** {@code Caller: “…”}, with the sentence as evidence. */
    static Claim bullet(Said said) {
        String quote = clip(said.text(), LONG);
        return Claim.quoting(speaker(said) + ": " + marked(quote), said.turnNumber(), bare(quote));
    }

    /** A template around a sentence's words: {@code before “…” after}. */
    static Claim around(String before, Said said, int length, String after) {
        String quote = clip(said.text(), length);
        return Claim.quoting(before + marked(quote) + after, said.turnNumber(), bare(quote));
    }

    /** The same around sentences that stand together in one turn. */
    static Claim around(String before, List<Said> together, int length) {
        Said first = together.getFirst();
        String quote = clip(first.turn().text().substring(first.start(), together.getLast().end()), length);
        return Claim.quoting(before + marked(quote), first.turnNumber(), bare(quote));
    }

    static String speaker(Said said) {
        return said.turn().speaker() == Turn.Speaker.CALLER ? "Caller" : "Agent";
    }

    static String marked(String quote) {
        return "“" + quote + "”";
    }

    /** Without the marks of what was cut, as it stands in the turn. */
    static String bare(String quote) {
        String bare = quote.endsWith("…") ? quote.substring(0, quote.length() - 1) : quote;
        return bare.startsWith("…") ? bare.substring(1) : bare;
    }

    /** At most so many characters, cut behind a word; white space of any kind becomes one space. */
    static String clip(String text, int length) {
        String line = text.strip().replaceAll("\\s+", " ");
        if (line.length() <= length) {
            return line;
        }
        int cut = line.lastIndexOf(' ', length - 1);
        if (cut < length / 2) {
            cut = length - 1;
            if (Character.isHighSurrogate(line.charAt(cut - 1))) {
                cut--;
            }
        }
        String kept = line.substring(0, cut);
        while (!kept.isEmpty() && ",;:–-".indexOf(kept.charAt(kept.length() - 1)) >= 0) {
            kept = kept.substring(0, kept.length() - 1);
        }
        return kept + "…";
    }

    /** Several claims' evidence under one text. */
    static Claim joined(String text, List<Claim> parts) {
        var turns = new ArrayList<Integer>();
        var quotes = new ArrayList<Claim.Quote>();
        for (Claim part : parts) {
            turns.addAll(part.turns());
            quotes.addAll(part.quotes());
        }
        return new Claim(text, turns, quotes);
    }
}
