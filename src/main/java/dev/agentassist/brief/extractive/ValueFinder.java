package dev.agentassist.brief.extractive;

import dev.agentassist.brief.Claim;
import dev.agentassist.brief.Draft;
import dev.agentassist.brief.ToolUse;
import dev.agentassist.brief.text.Words;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Collects what the call gave: from speech, with the label or the agent's question as key, and from tools. */
final class ValueFinder {

    /** As many as are still read. */
    static final int MOST = 24;

    /** Characters between a small number and the label before it. */
    private static final int CLOSE = 12;

    /** Turns from which a call is long. */
    private static final int LONG_CALL = 60;

    /** Characters between an amount and its name. */
    private static final int NEAR_MONEY = 30;

    /** Words of an answer besides the value, up to which a question’s noun is the value’s name. */
    private static final int BARE_ANSWER = 4;

    private static final Set<String> PAST = Set.of("last", "from", "since", "letzten", "pasado", "before");

    /** Before an amount these make it a limit. */
    private static final Set<String> BOUNDS = Set.of("over", "under", "above", "below", "least", "most", "than", "maximum", "minimum", "within", "uber", "unter", "mas", "menos", "plus", "moins", "oltre", "sotto", "acima", "abaixo");

    private static final Set<String> TODAY = Set.of("today", "yesterday", "heute", "gestern", "hoy", "ayer", "oggi", "ieri", "hier", "vandaag", "gisteren", "hoje", "ontem");

    private static final Set<String> STUMBLES = Set.of("no", "nope", "wait", "hold", "hang", "on", "sorry", "oh", "actually", "uh", "um", "nein", "moment", "halt");

    /** Before a moment these say by when. */
    private static final Set<String> DUE = Set.of("by", "before", "bis", "spatestens", "antes", "entro", "avant", "uiterlijk", "ate");

    private static final Set<String> UNITS = Set.of(
            "day", "days", "hour", "hours", "minute", "minutes", "week", "weeks", "month", "months", "year", "years", "percent", "feet", "foot", "inch", "inches", "miles", "meters", "times",
            "business", "working", "tage", "tagen", "wochen", "stunden", "prozent", "dias", "horas", "semanas", "jours", "heures", "semaines", "giorni", "ore", "settimane", "megabytes", "second", "seconds");

    /** Words before a value that take it back. */
    private static final Set<String> TAKES_BACK = Set.of("not", "nicht", "instead");

    private final Reading reading;
    private final ValueBook book = new ValueBook();
    private final List<List<ValueSpan>> spans = new ArrayList<>();
    private final Heard heard;

    /** Labels of the turn at hand that have their value, with where that value ends. */
    private final Map<Lexicon.Hit, Integer> named = new HashMap<>();
    private final Set<String> given = new HashSet<>();
    private final Set<String> namedKeys = new HashSet<>();
    private final Set<String> listedKeys = new HashSet<>();

    ValueFinder(Reading reading) {
        this.reading = reading;
        for (List<Said> turn : reading.byTurn()) {
            var words = new ArrayList<Words.Word>();
            turn.forEach(s -> words.addAll(s.words()));
            spans.add(turn.isEmpty() ? List.of() : ValueScanner.scan(turn.getFirst().turn().text(), words));
        }
        heard = new Heard(reading.call(), spans);
    }

    List<Draft.Value> find() {
        int tool = 0;
        List<ToolUse> tools = reading.tools();
        var tooled = new ToolBook(reading, heard, book);
        for (int turn = 0; turn <= reading.call().lastTurn(); turn++) {
            if (turn > 0) {
                speech(turn);
            }
            while (tool < tools.size() && tools.get(tool).answeredAfter() <= turn) {
                tooled.take(tools.get(tool++));
            }
        }
        book.dropContradicted(this::takenUp);
        return book.values(reading.call().lastTurn() > LONG_CALL ? MOST + MOST / 2 : MOST);
    }

    /** Whether the agent says it, too, or the caller again. */
    private boolean takenUp(List<Integer> turns) {
        return turns.size() > 1 || turns.stream().anyMatch(t -> !reading.of(t).getFirst().caller());
    }

    private void speech(int number) {
        List<Said> turn = reading.of(number);
        if (turn.isEmpty()) {
            return;
        }
        namedKeys.clear();
        given.clear();
        listedKeys.clear();
        named.clear();
        String text = turn.getFirst().turn().text();
        boolean caller = turn.getFirst().caller();
        for (ValueSpan span : spans.get(number - 1)) {
            Said said = holder(turn, span);
            if (said == null) {
                continue;
            }
            if (caller && takenBack(said, span)) {
                book.withdraw(span.value());
                continue;
            }
            if (!caller && (span.type() == ValueSpan.Type.NUMBER || span.type() == ValueSpan.Type.COUNT) && !said.question()) {
                readBack(said, span, number);
            }
            if (caller && span.type() == ValueSpan.Type.TIME && said.question() || aside(said, span)) {
                continue;
            }
            if (span.type() == ValueSpan.Type.MONEY && BOUNDS.contains(wordBefore(said, span))) {
                continue;
            }
            if (span.type() == ValueSpan.Type.DATE && TODAY.contains(Words.fold(span.value()))) {
                continue;
            }
            Name name = caller ? callersKey(said, span, number) : agentsKey(said, span, number);
            var quote = new Claim.Quote(number, text.substring(span.start(), span.end()));
            ValueSpan corrected = caller ? correctedHere(span, number) : null;
            if (corrected != null && book.replace(corrected.value(), span.value(), quote)) {
                continue;
            }
            boolean again = name != null && name.naming() == ValueBook.Naming.WORDS && Keys.moment(name.key()) && !given.add(name.key()) && !said.has(Cue.CORRECTION) && !reading.turnHas(number, Cue.NO);
            if (again) {
                continue;
            }
            if (name != null) {
                boolean another = (said.has(Cue.ANOTHER) || number > 1 && reading.turnHas(number - 1, Cue.ANOTHER) || listed(name.key(), number)) && !said.has(Cue.CORRECTION);
                book.put(new ValueBook.Item(name.key(), name.naming(), span.value(), Meaning.of(span), ValueBook.Rank.SPEECH, null, List.of(quote), another,
                        reading.turnHas(number, Cue.CORRECTION) || reading.turnHas(number, Cue.NO)));
            } else if (span.type() != ValueSpan.Type.COUNT) {
                book.mention(span, quote);
            }
        }
    }

    /** “34 guests” */
    private void readBack(Said said, ValueSpan span, int number) {
        for (Words.Word word : said.words()) {
            if (word.start() >= span.end()) {
                boolean behind = word.start() - span.end() <= 1;
                String text = said.turn().text();
                if (behind && word.norm().length() > 3) {
                    book.readBack(word.norm(), span.value(), new Claim.Quote(number, text.substring(span.start(), span.end())));
                }
                return;
            }
        }
    }

    /** A small number of units: “30 days”. */
    private static boolean aside(Said said, ValueSpan span) {
        if (span.type() != ValueSpan.Type.NUMBER && span.type() != ValueSpan.Type.COUNT) {
            return false;
        }
        for (Words.Word word : said.words()) {
            if (word.start() >= span.end()) {
                return UNITS.contains(word.norm());
            }
        }
        return false;
    }

    /** What a value is called, and by what. */
    private record Name(String key, ValueBook.Naming naming) {

        static Name of(String key, ValueBook.Naming naming) {
            return key == null ? null : new Name(key, naming);
        }
    }

    /** Whether a label of this turn stands for more than one value: “invoices 1 and 2”. */
    private boolean listed(String key, int turn) {
        boolean again = !listedKeys.add(key);
        return again && namedKeys.contains(key) && !reading.turnHas(turn, Cue.CORRECTION) && !reading.turnHas(turn, Cue.NO);
    }

    private static Said holder(List<Said> turn, ValueSpan span) {
        for (Said said : turn) {
            if (span.start() >= said.start() && span.start() < said.end()) {
                return said;
            }
        }
        return null;
    }

    private static boolean takenBack(Said said, ValueSpan span) {
        String before = null;
        String twoBefore = null;
        String behind = null;
        for (Words.Word word : said.words()) {
            if (word.end() <= span.start()) {
                twoBefore = before;
                before = word.norm();
            } else if (word.start() >= span.end() && behind == null) {
                behind = word.norm();
            }
        }
        // “nine four four… no”
        return deniedBehind(said.turn().text(), span.end()) || "no".equals(behind) && said.words().getLast().norm().equals("no") || before != null && TAKES_BACK.contains(before)
                || "of".equals(before) && "instead".equals(twoBefore)
                || "than".equals(before) && "rather".equals(twoBefore);
    }

    private static boolean deniedBehind(String text, int from) {
        int i = from;
        while (i < text.length() && " .…,".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        boolean denied = text.regionMatches(true, i, "no", 0, 2) && i + 2 < text.length() && ".,".indexOf(text.charAt(i + 2)) >= 0;
        return otherThing(text, i) || denied && i > from && text.charAt(i - 1) == ' ' && text.substring(from, i).indexOf('.') >= 0;
    }

    /** “… hold on, that’s the date” */
    private static boolean otherThing(String text, int from) {
        String rest = Words.fold(text.substring(from, Math.min(text.length(), from + 40)));
        int at = rest.indexOf("that's the ");
        at = at < 0 ? rest.indexOf("that is the ") : at;
        at = at < 0 ? rest.indexOf("das ist das ") : at;
        at = at < 0 ? rest.indexOf("das ist die ") : at;
        if (at <= 0) {
            return false;
        }
        for (String word : rest.substring(0, at).split("[ ,.…]+")) {
            if (!word.isEmpty() && !STUMBLES.contains(word)) {
                return false;
            }
        }
        return rest.charAt(0) != 't';
    }

    /** A number of the same make earlier in a turn that corrects itself is the one corrected. */
    private ValueSpan correctedHere(ValueSpan span, int number) {
        ValueSpan earlier = null;
        if (span.type() == ValueSpan.Type.CODE && reading.turnHas(number, Cue.CORRECTION)) {
            for (ValueSpan other : spans.get(number - 1)) {
                boolean same = other.type() == span.type() && Math.abs(other.value().length() - span.value().length()) <= 1;
                earlier = other.end() <= span.start() && same ? other : earlier;
            }
        }
        return earlier;
    }

    private Name callersKey(Said said, ValueSpan span, int number) {
        String own = label(said, span, true);
        own = own == null ? askedFor(said, span, number) : own;
        if (own != null) {
            return new Name(own, ValueBook.Naming.WORDS);
        }
        if (reading.turnHas(number, Cue.CORRECTION) || reading.turnHas(number, Cue.NO)) {
            String corrected = book.like(span.value());
            if (corrected != null) {
                return new Name(corrected, ValueBook.Naming.NOUN);
            }
        }
        String noun = noun(said, span);
        noun = noun == null ? askedNoun(said, span, number) : noun;
        if (noun == null && (span.type() == ValueSpan.Type.DATE || span.type() == ValueSpan.Type.TIME) && (DUE.contains(wordBefore(said, span)) || span.type() == ValueSpan.Type.DATE && Words.fold(span.value()).matches("(?:end of|fin de|ende) .*"))) {
            return new Name("Deadline", ValueBook.Naming.FORM);
        }
        if (noun == null && span.type() == ValueSpan.Type.DATE && !span.sure() && (Meaning.of(span.value()).moment() == null || Meaning.of(span.value()).moment().day() == 0 && Meaning.of(span.value()).moment().minutes() < 0)) {
            return null;
        }
        return noun != null ? new Name(noun, ValueBook.Naming.NOUN) : Name.of(Keys.byForm(span), ValueBook.Naming.FORM);
    }

    /** An agent's value counts when it is stated with its name, or read back and confirmed. */
    private Name agentsKey(Said said, ValueSpan span, int number) {
        String own = label(said, span, false);
        if (own != null) {
            return said.question() && !confirmed(number) ? null : new Name(own, ValueBook.Naming.WORDS);
        }
        if (said.question()) {
            return null;
        }
        String noun = noun(said, span);
        Name answered = noun == null ? answered(said, span, number) : new Name(noun, ValueBook.Naming.NOUN);
        boolean stated = answered == null && (span.type() == ValueSpan.Type.MONEY || span.type() == ValueSpan.Type.DATE && span.sure() && !Meaning.of(span).relative());
        return stated ? new Name(Keys.byForm(span), ValueBook.Naming.FORM) : answered;
    }

    /** The agent reads back what was asked for, and the caller’s own words were not understood as a number. */
    private Name answered(Said said, ValueSpan span, int number) {
        boolean code = span.type() == ValueSpan.Type.PHONE || span.type() == ValueSpan.Type.CODE && Keys.comparable(span.value()).length() >= 6;
        if (!code || number < 3 || reading.of(number - 1).isEmpty() || !reading.of(number - 1).getFirst().caller()) {
            return null;
        }
        for (ValueSpan other : spans.get(number - 2)) {
            if (other.type() == ValueSpan.Type.PHONE || other.type() == ValueSpan.Type.CODE) {
                return null;
            }
        }
        String asked = askedFor(said, span, number - 1);
        return Name.of(asked == null ? span.type() == ValueSpan.Type.PHONE ? "Phone number" : null : asked, ValueBook.Naming.NOUN);
    }

    private static String wordBefore(Said said, ValueSpan span) {
        String before = "";
        for (Words.Word word : said.words()) {
            boolean article = word.norm().equals("the") || word.norm().equals("this");
            before = word.end() <= span.start() && !article ? word.norm() : before;
        }
        return before;
    }

    /** The noun before a number that is none of an amount or moment. */
    private static String noun(Said said, ValueSpan span) {
        boolean number = span.type() == ValueSpan.Type.CODE || span.type() == ValueSpan.Type.PHONE;
        return number ? Labels.before(said, span) : null;
    }

    /** The noun of the question just before, where the answer is little more than the value. */
    private String askedNoun(Said said, ValueSpan span, int number) {
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
        return nouns.isEmpty() || namedKeys.contains(nouns.getFirst()) ? null : nouns.getFirst();
    }

    private boolean confirmed(int number) {
        if (number >= reading.call().lastTurn()) {
            return false;
        }
        List<Said> answer = reading.of(number + 1);
        return !answer.isEmpty() && answer.getFirst().caller() && answer.getFirst().has(Cue.YES) && !answer.getFirst().has(Cue.NO);
    }

    /** The label nearest to a value in its sentence that can be its name; one before it is nearer than one behind. */
    private String label(Said said, ValueSpan span, boolean behind) {
        Lexicon.Hit best = null;
        int nearest = Integer.MAX_VALUE;
        for (Lexicon.Hit hit : said.hits()) {
            if (hit.cue() != Cue.KEY || !Keys.takes(hit.argument(), span) || past(said, span, hit.argument())) {
                continue;
            }
            int start = said.words().get(hit.start()).start();
            int end = said.words().get(hit.end() - 1).end();
            if (start >= span.start() && end <= span.end()) {
                continue;
            }
            int length = end - start;
            int distance = end <= span.start() ? span.start() - end : start >= span.end() && behind ? 2 * (start - span.end()) + 8 : Integer.MAX_VALUE;
            // “order number” contains “order”: the longer label is the better one.
            boolean loose = span.type() == ValueSpan.Type.MONEY && (distance > NEAR_MONEY || start >= span.end());
            boolean far = loose || (span.type() == ValueSpan.Type.NUMBER || span.type() == ValueSpan.Type.COUNT) && (distance > CLOSE || start >= span.end());
            if (far || distance < Integer.MAX_VALUE && taken(hit, said, span)) {
                continue;
            }
            if (distance < Integer.MAX_VALUE && distance * 4 - length < nearest) {
                nearest = distance * 4 - length;
                best = hit;
            }
        }
        if (best == null) {
            return null;
        }
        named.put(best, span.end());
        namedKeys.add(best.argument());
        return best.argument();
    }

    /** A label has its value already, and this one is no further item of the same list. */
    private boolean taken(Lexicon.Hit hit, Said said, ValueSpan span) {
        Integer end = named.get(hit);
        if (end == null || end > span.start()) {
            return false;
        }
        return !said.turn().text().substring(end, span.start()).matches("(?i)[,;\\s]*(?:and|or|und|y|then|no|sorry|i mean|wait|make that|,|\\.|…|\\s|-)*[,\\s]*");
    }

    /** “moved from last Tuesday”: a moment that no longer counts. */
    private static boolean past(Said said, ValueSpan span, String key) {
        if (!Keys.moment(key)) {
            return false;
        }
        String before = "";
        for (Words.Word word : said.words()) {
            before = word.end() <= span.start() ? word.norm() : before;
        }
        return PAST.contains(before);
    }

    /** What the agent asked for just before. */
    private String askedFor(Said answer, ValueSpan span, int number) {
        for (int before = number - 1; before >= Math.max(1, number - 4); before--) {
            List<Said> turn = reading.of(before);
            boolean callerAsks = !turn.isEmpty() && turn.getFirst().caller() && turn.stream().anyMatch(Said::question);
            if (turn.isEmpty() || turn.getFirst().caller() && !callerAsks) {
                continue;
            }
            // “your date of birth, to find the appointment”: a moment is asked for only where nothing else is.
            for (boolean moment : new boolean[] {false, true}) {
                for (int i = turn.size() - 1; i >= 0; i--) {
                    String key = asked(turn.get(i), span, moment);
                    boolean asks = !moment || turn.get(i).question() || turn.get(i).has(Cue.REQUEST);
                    if (key != null && asks && !past(answer, span, key)) {
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

    private String asked(Said asks, ValueSpan span, boolean moment) {
        boolean small = span.type() == ValueSpan.Type.NUMBER || span.type() == ValueSpan.Type.COUNT;
        for (int h = asks.hits().size() - 1; h >= 0; h--) {
            Lexicon.Hit hit = asks.hits().get(h);
            if (hit.cue() != Cue.KEY || Keys.moment(hit.argument()) != moment || !Keys.takes(hit.argument(), span)) {
                continue;
            }
            String key = longest(asks, hit, span);
            boolean money = span.type() != ValueSpan.Type.MONEY || asks.question() && asks.words().stream().anyMatch(w -> w.norm().equals("what") || w.norm().equals("much") || w.norm().equals("which"));
            boolean plain = money && !small || asks.question() && asks.words().size() <= 12;
            if (plain && !namedKeys.contains(key)) {
                return key;
            }
        }
        return null;
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
}
