package dev.agentassist.brief.extractive;

import dev.agentassist.brief.text.Words;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Says what a value is called: by a label or a noun near it, by the question that it answers, by what is promised for that
 * moment, or by its form alone.
 */
final class ValueNames {

    /** Characters between a small number and the label before it. */
    private static final int CLOSE = 12;

    /** Characters between an amount and its name. */
    private static final int NEAR_MONEY = 30;

    private static final Set<String> PAST = Set.of("last", "from", "since", "letzten", "pasado", "before");

    /** Before a moment these say by when. */
    private static final Set<String> DUE = Set.of("by", "before", "bis", "spatestens", "antes", "entro", "avant", "uiterlijk", "ate");

    /** Who says so does not know. */
    private static final Set<String> HEDGES = Set.of("around", "about", "maybe", "perhaps", "roughly", "vielleicht", "quizas", "peut", "forse", "talvez", "misschien", "not", "or", "supposed", "should", "meant");

    /**
     * What a value is called, and by what.
     *
     * @param echo it is read back in full, what the caller said before being a part
     */
    record Name(String key, ValueBook.Naming naming, boolean echo) {

        Name(String key, ValueBook.Naming naming) {
            this(key, naming, false);
        }

        static Name of(String key, ValueBook.Naming naming) {
            return key == null ? null : new Name(key, naming);
        }

        static Name echo(String key) {
            return key == null ? null : new Name(key, ValueBook.Naming.NOUN, true);
        }
    }

    private final Reading reading;
    private final ValueBook book;
    private final List<List<ValueSpan>> spans;
    private final Questions questions;

    /** Labels of the turn at hand that have their value, with where that value ends. */
    private final Map<Lexicon.Hit, Integer> named = new HashMap<>();
    private final Set<String> namedKeys = new HashSet<>();

    /** @param spans what looks like a value in each turn */
    ValueNames(Reading reading, ValueBook book, List<List<ValueSpan>> spans) {
        this.reading = reading;
        this.book = book;
        this.spans = spans;
        this.questions = new Questions(reading);
    }

    /** A turn begins. */
    void begin() {
        named.clear();
        namedKeys.clear();
    }

    /** Whether a label of this turn has its value. */
    boolean given(String key) {
        return namedKeys.contains(key);
    }

    /** The name of a value that the caller gives, or null. */
    Name callers(Said said, ValueSpan span, int number) {
        String own = label(said, span, true);
        own = own == null ? questions.askedFor(said, span, number, namedKeys) : own;
        if (own == null && span.type() == ValueSpan.Type.MONEY && span.value().indexOf('£') >= 0 && pounds(said, span) && questions.ofWeight(number)) {
            return new Name("Weight", ValueBook.Naming.NOUN);
        }
        if (own != null) {
            return new Name(own, ValueBook.Naming.WORDS);
        }
        if (reading.turnHas(number, Cue.CORRECTION) || reading.turnHas(number, Cue.NO)) {
            String corrected = book.like(span.value());
            if (corrected != null) {
                return new Name(corrected, ValueBook.Naming.NOUN);
            }
        }
        boolean moment = span.type() == ValueSpan.Type.DATE || span.type() == ValueSpan.Type.TIME;
        if (moment) {
            return callersMoment(said, span, number);
        }
        if (span.type() == ValueSpan.Type.ADDRESS) {
            return new Name(span.sure() ? "Address" : "Location", span.sure() ? ValueBook.Naming.NOUN : ValueBook.Naming.FORM);
        }
        String noun = noun(said, span);
        noun = noun == null ? questions.askedNoun(said, span, number, namedKeys) : noun;
        if (span.type() == ValueSpan.Type.PHONE && span.sure() && (noun == null || !Labels.ofPhone(noun))) {
            return new Name("Phone number", ValueBook.Naming.NOUN);
        }
        return noun != null ? new Name(noun, ValueBook.Naming.NOUN) : Name.of(Keys.byForm(span), ValueBook.Naming.FORM);
    }

    /** A day or an hour that the caller gives: by when, the answer to “when?”, or one of which the form tells. */
    private Name callersMoment(Said said, ValueSpan span, int number) {
        boolean end = Words.fold(span.value()).startsWith("end") || Words.fold(span.value()).startsWith("fin de");
        if (DUE.contains(wordBefore(said, span)) || Promises.due(said, span)) {
            return new Name("Deadline", Promises.needed(said) ? ValueBook.Naming.NOUN : ValueBook.Naming.FORM);
        }
        if (end) {
            return new Name("Date", ValueBook.Naming.FORM);
        }
        if (questions.asksWhen(number) && said.place() <= 1 && !said.question() && !past(said, span, "Appointment") && !hedged(said) && namedKeys.add("when")) {
            return new Name(Keys.byForm(span), ValueBook.Naming.NOUN);
        }
        Moments.Moment moment = Meaning.of(span).moment();
        if (moment != null && moment.day() > 0 && moment.month() == 0 && moment.weekday() == 0 && !said.question() && wordBefore(said, span).equals("on") && !hedged(said)) {
            return new Name(Keys.byForm(span), ValueBook.Naming.NOUN);
        }
        boolean vague = span.type() == ValueSpan.Type.DATE && !span.sure() && (moment == null || moment.day() == 0 && moment.minutes() < 0);
        return vague ? null : Name.of(Keys.byForm(span), ValueBook.Naming.FORM);
    }

    private static boolean hedged(Said said) {
        for (Words.Word word : said.words()) {
            if (HEDGES.contains(word.norm())) {
                return true;
            }
        }
        return false;
    }

    /** “four pounds” in the words themselves. */
    private static boolean pounds(Said said, ValueSpan span) {
        String text = said.turn().text();
        return text.substring(span.start(), span.end()).toLowerCase(java.util.Locale.ROOT).contains("pound");
    }

    /** An agent's value counts when it is stated with its name, promised, or read back and confirmed. */
    Name agents(Said said, ValueSpan span, int number) {
        String own = label(said, span, false);
        boolean moment = span.type() == ValueSpan.Type.DATE || span.type() == ValueSpan.Type.TIME || span.type() == ValueSpan.Type.DURATION;
        if (moment && (own == null || Keys.moment(own)) && !said.question()) {
            String promised = Promises.of(said, span);
            boolean kept = span.type() != ValueSpan.Type.DURATION || "Callback".equals(promised) || "Reply by".equals(promised);
            if (promised != null && kept && (own == null || promised.equals("Callback"))) {
                return new Name(promised, ValueBook.Naming.WORDS);
            }
        }
        if (own != null) {
            return said.question() && !questions.confirmed(number) ? null : new Name(own, ValueBook.Naming.WORDS);
        }
        Name echo = answered(said, span, number);
        if (said.question()) {
            return questions.confirmed(number) ? confirmed(span, echo) : null;
        }
        if (span.type() == ValueSpan.Type.EMAIL) {
            return new Name("Email", ValueBook.Naming.NOUN);
        }
        String noun = noun(said, span);
        if (noun != null && span.type() == ValueSpan.Type.PHONE && !Labels.ofPhone(noun)) {
            noun = null;
        }
        Name answered = noun == null ? echo : new Name(noun, ValueBook.Naming.NOUN);
        boolean stated = answered == null && (span.type() == ValueSpan.Type.MONEY && !offered(said, number) || span.type() == ValueSpan.Type.DATE && span.sure() && !Meaning.of(span).relative());
        return stated ? new Name(Keys.byForm(span), ValueBook.Naming.FORM) : answered;
    }

    /** What the agent asked about and the caller said yes to. */
    private Name confirmed(ValueSpan span, Name echo) {
        if (echo != null || span.type() != ValueSpan.Type.PHONE && span.type() != ValueSpan.Type.DATE && span.type() != ValueSpan.Type.EMAIL) {
            return echo;
        }
        Moments.Moment moment = Meaning.of(span).moment();
        if (span.type() == ValueSpan.Type.DATE) {
            return moment != null && (moment.day() > 0 || moment.weekday() > 0 && moment.weekday() < 8) ? new Name(book.has("Callback") ? "Callback" : "Appointment", ValueBook.Naming.WORDS) : null;
        }
        return span.type() == ValueSpan.Type.EMAIL || span.sure() ? new Name(Keys.byForm(span), ValueBook.Naming.NOUN) : null;
    }

    /** “I'd like to turn it on at £10. Is that okay?” – “Make it five.” */
    private boolean offered(Said said, int number) {
        List<Said> turn = reading.of(number);
        boolean asks = turn.getLast() != said && turn.getLast().question() && turn.getLast().words().size() <= 6;
        return asks && !questions.confirmed(number) && said.has(Cue.REQUEST);
    }

    /** The agent reads back what was asked for, where the caller’s own words were not understood as a number, or only in part. */
    private Name answered(Said said, ValueSpan span, int number) {
        String plain = Keys.comparable(span.value());
        boolean code = span.type() == ValueSpan.Type.PHONE || span.type() == ValueSpan.Type.CODE && plain.length() >= 5;
        if (!code || number < 3 || reading.of(number - 1).isEmpty() || !reading.of(number - 1).getFirst().caller() || questions.denied(number)) {
            return null;
        }
        boolean part = false;
        for (ValueSpan other : spans.get(number - 2)) {
            boolean number1 = other.type() == ValueSpan.Type.PHONE || other.type() == ValueSpan.Type.CODE || other.type() == ValueSpan.Type.NUMBER;
            String heard = Keys.comparable(other.value());
            if (number1 && (heard.equals(plain) || heard.length() >= plain.length())) {
                return null;
            }
            part |= number1 && other.type() != ValueSpan.Type.NUMBER;
        }
        if (part && (!leads(said, span) || !sharing(number - 1, plain))) {
            return null;
        }
        if (plain.length() < 6 && !leads(said, span)) {
            return null;
        }
        String asked = questions.askedFor(said, span, number - 1, namedKeys);
        if (asked == null) {
            List<String> nouns = reading.of(number - 2).isEmpty() || reading.of(number - 2).getFirst().caller() ? List.of() : Labels.asked(reading.of(number - 2), span.type());
            asked = leads(said, span) && !nouns.isEmpty() ? nouns.getFirst() : null;
        }
        if (asked == null && span.type() == ValueSpan.Type.CODE && part) {
            return null;
        }
        return Name.echo(asked == null ? span.type() == ValueSpan.Type.PHONE ? "Phone number" : null : asked);
    }

    /** It stands at the head of its turn: “K7RPM2, thank you.” */
    private static boolean leads(Said said, ValueSpan span) {
        int before = 0;
        for (Words.Word word : said.words()) {
            before += word.end() <= span.start() ? 1 : 0;
        }
        return said.place() <= 1 && before <= 3;
    }

    /** Whether the last characters of a number are among those that the caller spoke. */
    private boolean sharing(int number, String plain) {
        String last = plain.substring(plain.length() - 2);
        for (ValueSpan other : spans.get(number - 1)) {
            String heard = Keys.comparable(other.value());
            if (heard.length() >= 2 && (heard.endsWith(last) || plain.startsWith(heard) || plain.contains(heard))) {
                return true;
            }
        }
        return false;
    }

    static String wordBefore(Said said, ValueSpan span) {
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
    static boolean past(Said said, ValueSpan span, String key) {
        if (!Keys.moment(key)) {
            return false;
        }
        String before = "";
        for (Words.Word word : said.words()) {
            before = word.end() <= span.start() ? word.norm() : before;
        }
        return PAST.contains(before);
    }
}
