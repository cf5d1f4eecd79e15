package dev.agentassist.brief;

import java.util.List;

/**
 * A statement with what it stands on.
 *
 * @param text what the brief would say
 * @param turns the spoken turns that carry it, 1-based
 * @param quotes words of those turns, as the engine says they were spoken
 */
public record Claim(String text, List<Integer> turns, List<Quote> quotes) {

    /** Words of one turn, or of what a tool was given or returned. */
    public record Quote(int turn, String text) {

        /** Stands for a turn's number where the words are a tool's. */
        public static final int TOOL = 0;
    }

    public Claim {
        turns = turns.stream().distinct().sorted().toList();
        quotes = List.copyOf(quotes);
    }

    /** For the order of the call; 0 for a statement that has no turn. */
    public int firstTurn() {
        return turns.isEmpty() ? 0 : turns.getFirst();
    }

    /** A claim that cites a turn's own words. */
    public static Claim quoting(String text, int turn, String quote) {
        return new Claim(text, List.of(turn), List.of(new Quote(turn, quote)));
    }

    /** A statement about the call's record, which has no turn. */
    public static Claim ofRecord(String text) {
        return new Claim(text, List.of(), List.of());
    }
}
