package dev.agentassist.brief.model;

import dev.agentassist.brief.CallMaterial;
import dev.agentassist.brief.Claim;
import dev.agentassist.brief.extractive.CallSentences;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Shows words of the call as what they are: somebody's words. */
final class Speech {

    /** A single sentence longer than this is cut. */
    private static final int LONGEST = 300;

    /** A correction is not cut off. */
    private static final int LONGEST_CORRECTED = 500;

    private final CallMaterial call;
    private final Corrections corrections;

    Speech(CallMaterial call, Corrections corrections) {
        this.call = call;
        this.corrections = corrections;
    }

    /** {@code Caller: “…”}. */
    Claim said(Passage passage) {
        return around(passage.caller() ? "Caller: " : "Agent: ", List.of(passage), Passage.LONG);
    }

    /** {@code before “…”}. */
    Claim around(String before, Passage passage) {
        return around(before, List.of(passage), Passage.LONG);
    }

    /** {@code before “…”; “…”}, each at most {@code length} characters. */
    Claim around(String before, List<Passage> passages, int length) {
        var text = new StringBuilder(before);
        var turns = new ArrayList<Integer>();
        var quotes = new ArrayList<Claim.Quote>();
        for (Passage passage : passages) {
            String quote = clip(passage, length);
            text.append(quotes.isEmpty() ? "“" : "; “").append(quote).append('”');
            turns.add(passage.turn());
            String bare = quote.endsWith("…") ? quote.substring(0, quote.length() - 1) : quote;
            quotes.add(new Claim.Quote(passage.turn(), bare));
            correction(passage).ifPresent(c -> {
                text.append(" – then: “").append(c.text(call)).append('”');
                turns.add(c.turn());
                quotes.add(new Claim.Quote(c.turn(), c.text(call)));
            });
        }
        return new Claim(text.toString(), turns, quotes);
    }

    /** Where the speaker takes it back in a later turn. */
    private Optional<Passage> correction(Passage passage) {
        return passage.sentences().stream()
                .flatMap(s -> corrections.of(s).stream())
                .filter(c -> c.turn() != passage.turn())
                .map(Passage::of)
                .findFirst();
    }

    /** Two claims as one. */
    static Claim joined(Claim first, String between, Claim second) {
        var turns = new ArrayList<>(first.turns());
        turns.addAll(second.turns());
        var quotes = new ArrayList<>(first.quotes());
        quotes.addAll(second.quotes());
        return new Claim(first.text() + between + second.text(), turns, quotes);
    }

    /** Whole sentences as far as they fit, the first one always. */
    private String clip(Passage passage, int length) {
        int count = passage.sentences().size();
        String text = passage.text(call);
        if (passage.has(CallSentences.Trait.CORRECTION) && text.length() <= LONGEST_CORRECTED) {
            return text;
        }
        while (text.length() > length && count > 1) {
            count--;
            text = new Passage(passage.turn(), passage.sentences().subList(0, count)).text(call);
        }
        int most = Math.max(length, LONGEST);
        if (text.length() <= most) {
            return text;
        }
        int cut = text.lastIndexOf(' ', most - 1);
        if (cut < most / 2) {
            cut = Character.isHighSurrogate(text.charAt(most - 2)) ? most - 2 : most - 1;
        }
        return text.substring(0, cut) + "…";
    }
}
