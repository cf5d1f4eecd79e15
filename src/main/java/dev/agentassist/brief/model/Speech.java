package dev.agentassist.brief.model;

import dev.agentassist.brief.CallMaterial;
import dev.agentassist.brief.Claim;
import java.util.ArrayList;
import java.util.List;

/** Shows words of the call as what they are: somebody's words. */
final class Speech {

    /** A single sentence longer than this is cut. */
    private static final int LONGEST = 300;

    private final CallMaterial call;

    Speech(CallMaterial call) {
        this.call = call;
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
        }
        return new Claim(text.toString(), turns, quotes);
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
