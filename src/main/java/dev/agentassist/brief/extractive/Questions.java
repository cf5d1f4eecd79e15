package dev.agentassist.brief.extractive;

import dev.agentassist.brief.text.Words;
import java.util.List;
import java.util.Set;

/** What was asked for just before a value, and so names it. */
final class Questions {

    /** Words of an answer besides the value, up to which a question’s noun is the value’s name. */
    private static final int BARE_ANSWER = 4;

    private static final Set<String> INDEFINITE = Set.of("a", "an", "un", "una", "une", "ein", "eine", "einen", "uma", "um", "een");

    private static final Set<String> WHEN = Set.of("when", "wann", "cuando", "quand", "quando", "wanneer");

    private static final Set<String> WHICH = Set.of("what", "which", "welche", "welchem", "welchen", "wie", "que", "cual", "quel", "quelle", "che", "quale", "qual", "wat", "welke");

    private static final Set<String> MOMENTS = Set.of("date", "day", "time", "night", "hour", "datum", "tag", "uhrzeit", "uhr", "spat", "dia", "fecha", "hora", "jour", "heure", "data", "giorno", "ora", "dag", "tijd");

    private static final Set<String> WEIGHS = Set.of("weigh", "weighs", "weight", "heavy", "gewicht", "wiegt", "schwer", "pesa", "peso", "poids", "pese", "weegt");

    private final Reading reading;

    Questions(Reading reading) {
        this.reading = reading;
    }

    /** The label that the agent asked for just before, none of those that this turn has given already; or null. */
    String askedFor(Said answer, ValueSpan span, int number, Set<String> taken) {
        for (int before = number - 1; before >= Math.max(1, number - 4); before--) {
            List<Said> turn = reading.of(before);
            boolean callerAsks = !turn.isEmpty() && turn.getFirst().caller() && turn.stream().anyMatch(Said::question);
            if (turn.isEmpty() || turn.getFirst().caller() && !callerAsks) {
                continue;
            }
            // “your date of birth, to find the appointment”: a moment is asked for only where nothing else is.
            for (boolean moment : new boolean[] {false, true}) {
                for (int i = turn.size() - 1; i >= 0; i--) {
                    String key = asked(turn.get(i), span, moment, taken);
                    boolean asks = !moment || turn.get(i).question() || turn.get(i).has(Cue.REQUEST);
                    if (key != null && asks && !ValueNames.past(answer, span, key)) {
                        return key;
                    }
                }
            }
            // What was asked of oneself, or to read a part back, does not end a question.
            if (!turn.getFirst().caller() && turn.stream().anyMatch(s -> s.words().size() > 4)) {
                return null;
            }
        }
        return null;
    }

    private String asked(Said asks, ValueSpan span, boolean moment, Set<String> taken) {
        boolean small = span.type() == ValueSpan.Type.NUMBER || span.type() == ValueSpan.Type.COUNT;
        for (int h = asks.hits().size() - 1; h >= 0; h--) {
            Lexicon.Hit hit = asks.hits().get(h);
            if (hit.cue() != Cue.KEY || Keys.moment(hit.argument()) != moment || !Keys.takes(hit.argument(), span) || anyOne(asks, hit)) {
                continue;
            }
            String key = longest(asks, hit, span);
            boolean money = span.type() != ValueSpan.Type.MONEY || asks.question() && asks.words().stream().anyMatch(w -> w.norm().equals("what") || w.norm().equals("much") || w.norm().equals("which"));
            boolean plain = money && !small || asks.question() && asks.words().size() <= 12;
            if (plain && !taken.contains(key)) {
                return key;
            }
        }
        return null;
    }

    /** “Are you calling about an account, a card or a loan?” asks for no account’s number. */
    private static boolean anyOne(Said asks, Lexicon.Hit hit) {
        return hit.end() - hit.start() == 1 && hit.start() > 0 && INDEFINITE.contains(asks.words().get(hit.start() - 1).norm());
    }

    /** Of labels that overlap, the longest. */
    private static String longest(Said said, Lexicon.Hit hit, ValueSpan span) {
        Lexicon.Hit best = hit;
        for (Lexicon.Hit other : said.hits()) {
            boolean overlaps = other.start() < hit.end() && hit.start() < other.end();
            if (other.cue() == Cue.KEY && overlaps && Keys.takes(other.argument(), span)
                    && other.end() - other.start() > best.end() - best.start()) {
                best = other;
            }
        }
        return best.argument();
    }

    /** The noun of the question just before, where the answer is little more than the value. */
    String askedNoun(Said said, ValueSpan span, int number, Set<String> taken) {
        boolean fits = switch (span.type()) {
            case CODE, PHONE, NUMBER, COUNT -> true;
            default -> false;
        };
        if (!fits || number < 2 || reading.of(number - 1).isEmpty() || reading.of(number - 1).getFirst().caller()) {
            return null;
        }
        int others = 0;
        for (Words.Word word : said.words()) {
            others += word.end() <= span.start() || word.start() >= span.end() ? 1 : 0;
        }
        if (others > (span.type() == ValueSpan.Type.COUNT || span.type() == ValueSpan.Type.NUMBER ? 2 : BARE_ANSWER)) {
            return null;
        }
        List<String> nouns = Labels.asked(reading.of(number - 1), span.type());
        boolean it = nouns.isEmpty() && span.type() == ValueSpan.Type.CODE && reading.of(number - 1).stream().anyMatch(Labels::asksNumber);
        for (int back = number - 3; it && nouns.isEmpty() && back >= Math.max(1, number - 7); back -= 2) {
            // “What is the number on it?”: of what was asked about before.
            nouns = Labels.asked(reading.of(back), span.type());
        }
        return nouns.isEmpty() || taken.contains(nouns.getFirst()) ? null : nouns.getFirst();
    }

    /** Whether the caller says yes to a turn of the agent. */
    boolean confirmed(int number) {
        if (number >= reading.call().lastTurn()) {
            return false;
        }
        List<Said> answer = reading.of(number + 1);
        return !answer.isEmpty() && answer.getFirst().caller() && answer.getFirst().has(Cue.YES) && !answer.getFirst().has(Cue.NO);
    }

    /** Whether the caller’s next turn says no. */
    boolean denied(int number) {
        if (number >= reading.call().lastTurn() || reading.of(number + 1).isEmpty()) {
            return false;
        }
        Said answer = reading.of(number + 1).getFirst();
        return answer.caller() && answer.has(Cue.NO);
    }

    /** Whether the agent’s turn just before a turn asks for a day or an hour. */
    boolean asksWhen(int number) {
        if (number < 2 || reading.of(number - 1).isEmpty() || reading.of(number - 1).getFirst().caller()) {
            return false;
        }
        for (Said said : reading.of(number - 1)) {
            if (said.question() && when(said)) {
                return true;
            }
        }
        return false;
    }

    private static boolean when(Said said) {
        List<Words.Word> words = said.words();
        for (int i = 0; i < words.size(); i++) {
            boolean which = WHICH.contains(words.get(i).norm());
            for (int j = i + 1; which && j <= Math.min(words.size() - 1, i + 2); j++) {
                if (MOMENTS.contains(words.get(j).norm())) {
                    return true;
                }
            }
            if (WHEN.contains(words.get(i).norm()) && (i == 0 || i <= 2 || words.get(i - 1).norm().equals("and"))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a turn, or the one before it, speaks of weight: “four pounds” is no money there. */
    boolean ofWeight(int number) {
        for (int n = number; n >= Math.max(1, number - 1); n--) {
            for (Said said : reading.of(n)) {
                for (Words.Word word : said.words()) {
                    if (WEIGHS.contains(word.norm())) {
                        return true;
                    }
                }
            }
        }
        return false;
    }
}
