package dev.agentassist.brief.extractive;

import dev.agentassist.brief.CallMaterial;
import dev.agentassist.brief.text.Normal;
import dev.agentassist.brief.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Where in the call a value was said, in whatever wording: digit by digit, as an amount in words, as a date. */
final class Heard {

    /** What one turn says. */
    private record Turn(Normal normal, List<Meaning> meanings) {}

    private final CallMaterial call;
    private final List<List<ValueSpan>> spans;
    private final Turn[] turns;

    /** A tool's value is asked about several times. */
    private final Map<String, Meaning> meanings = new HashMap<>();
    private final Map<String, Normal> normals = new HashMap<>();

    /** @param spans what looks like a value in each turn */
    Heard(CallMaterial call, List<List<ValueSpan>> spans) {
        this.call = call;
        this.spans = spans;
        this.turns = new Turn[spans.size()];
    }

    Meaning meaning(String value) {
        Meaning known = meanings.get(value);
        if (known == null) {
            known = Meaning.of(value);
            meanings.put(value, known);
        }
        return known;
    }

    private Normal normal(String value) {
        Normal known = normals.get(value);
        if (known == null) {
            known = Normal.of(value);
            normals.put(value, known);
        }
        return known;
    }

    /** The numbers of the turns up to {@code last} that say it. */
    List<Integer> in(String value, int last) {
        Meaning meaning = meaning(value);
        var in = new ArrayList<Integer>();
        if (meaning.small() && meaning.plain().length() < 2) {
            return in;
        }
        Normal normal = normal(value);
        for (int number = 1; number <= last; number++) {
            if (says(number, meaning, normal)) {
                in.add(number);
            }
        }
        return in;
    }

    private boolean says(int number, Meaning meaning, Normal normal) {
        Turn turn = turn(number);
        for (Meaning other : turn.meanings()) {
            if (meaning.same(other)) {
                return true;
            }
        }
        if (meaning.money() || meaning.moment() != null) {
            return false;
        }
        String plain = meaning.plain();
        if (!Words.hasDigit(plain) && plain.length() > 5 && turn.normal().spells(plain)) {
            return true;
        }
        return plain.length() <= 3 || !Words.hasDigit(plain) ? turn.normal().contains(normal) : turn.normal().hasNumber(plain) || turn.normal().contains(normal);
    }

    /** The turns up to {@code last} that say its time of day and no day. */
    List<Integer> clock(String value, int last) {
        Meaning meaning = meaning(value);
        var in = new ArrayList<Integer>();
        if (meaning.moment() == null || meaning.moment().minutes() < 0) {
            return in;
        }
        for (int number = 1; number <= last; number++) {
            for (Meaning other : turn(number).meanings()) {
                if (meaning.sameClock(other) && (in.isEmpty() || in.getLast() != number)) {
                    in.add(number);
                }
            }
        }
        return in;
    }

    /** The words of a turn that say it: those that look like the value, or the value itself where they are its letters. */
    String quote(String value, int number) {
        Meaning meaning = meaning(value);
        Turn turn = turn(number);
        for (int i = 0; i < turn.meanings().size(); i++) {
            if (meaning.same(turn.meanings().get(i)) || meaning.sameClock(turn.meanings().get(i))) {
                ValueSpan span = spans.get(number - 1).get(i);
                return call.turn(number).text().substring(span.start(), span.end());
            }
        }
        return turn.normal().contains(normal(value)) ? value : call.turn(number).text();
    }

    private Turn turn(int number) {
        Turn turn = turns[number - 1];
        if (turn == null) {
            String text = call.turn(number).text();
            turn = new Turn(Normal.of(text), spans.get(number - 1).stream().map(Meaning::of).toList());
            turns[number - 1] = turn;
        }
        return turn;
    }

    /** A name’s words in a turn, for what is not a number. */
    static boolean wordy(String value) {
        return Words.of(value).size() > 0 && !Words.hasDigit(Keys.comparable(value));
    }
}
