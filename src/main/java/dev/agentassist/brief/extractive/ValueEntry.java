package dev.agentassist.brief.extractive;

import dev.agentassist.brief.Claim;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A value in the {@link ValueBook}, with all that is known of it so far. */
final class ValueEntry {
    String key;
    ValueBook.Naming naming;
    String value;
    Meaning meaning;
    ValueBook.Rank rank;
    String source;

    /** It was dictated: where it begins and ends is not sure. */
    boolean spoken;
    final Set<Integer> turns = new LinkedHashSet<>();
    final List<Claim.Quote> quotes = new ArrayList<>();

    void set(String value, Meaning meaning, ValueBook.Rank rank, String source) {
        this.value = value;
        this.meaning = meaning;
        this.rank = rank;
        this.source = source;
        turns.clear();
        quotes.clear();
    }

    void cite(List<Claim.Quote> more) {
        for (Claim.Quote quote : more) {
            if (turns.add(quote.turn())) {
                quotes.add(quote);
            }
        }
    }
}
