package dev.agentassist.brief.extractive;

import dev.agentassist.brief.Claim;
import dev.agentassist.brief.Draft;
import dev.agentassist.brief.ToolUse;
import dev.agentassist.brief.text.Words;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Collects what the call gave: from speech, with the label or the agent's question as key, and from tools. */
final class ValueFinder {

    /** As many as are still read. */
    static final int MOST = 24;

    /** Turns from which a call is long. */
    private static final int LONG_CALL = 60;

    /** Before an amount these make it a limit. */
    private static final Set<String> BOUNDS = Set.of("over", "under", "above", "below", "least", "most", "than", "maximum", "minimum", "within", "uber", "unter", "mas", "menos", "plus", "moins", "oltre", "sotto", "acima", "abaixo");

    private static final Set<String> TODAY = Set.of("today", "yesterday", "heute", "gestern", "hoy", "ayer", "oggi", "ieri", "hier", "vandaag", "gisteren", "hoje", "ontem");

    private static final Set<String> UNITS = Set.of(
            "day", "days", "hour", "hours", "minute", "minutes", "week", "weeks", "month", "months", "year", "years", "percent", "feet", "foot", "inch", "inches", "miles", "meters", "times",
            "business", "working", "tage", "tagen", "wochen", "stunden", "prozent", "dias", "horas", "semanas", "jours", "heures", "semaines", "giorni", "ore", "settimane", "megabytes", "second", "seconds");

    private final Reading reading;
    private final ValueBook book = new ValueBook();
    private final List<List<ValueSpan>> spans = new ArrayList<>();
    private final Heard heard;
    private final ValueNames names;

    private final Set<String> given = new HashSet<>();
    private final Set<String> listedKeys = new HashSet<>();

    ValueFinder(Reading reading) {
        this.reading = reading;
        for (List<Said> turn : reading.byTurn()) {
            var words = new ArrayList<Words.Word>();
            turn.forEach(s -> words.addAll(s.words()));
            List<ValueSpan> found = turn.isEmpty() ? List.of() : ValueScanner.scan(turn.getFirst().turn().text(), words);
            if (!spans.isEmpty() && !turn.isEmpty()) {
                BirthDates.in(reading.byTurn().get(spans.size() - 1), turn, found);
            }
            spans.add(found);
        }
        heard = new Heard(reading.call(), spans);
        names = new ValueNames(reading, book, spans);
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
        names.begin();
        given.clear();
        listedKeys.clear();
        String text = turn.getFirst().turn().text();
        boolean caller = turn.getFirst().caller();
        for (ValueSpan span : spans.get(number - 1)) {
            Said said = holder(turn, span);
            if (said == null) {
                continue;
            }
            if (caller && Retractions.takenBack(said, span)) {
                book.withdraw(span.value());
                continue;
            }
            if (!caller && (span.type() == ValueSpan.Type.NUMBER || span.type() == ValueSpan.Type.COUNT) && !said.question()) {
                readBack(said, span, number);
            }
            if (caller && span.type() == ValueSpan.Type.TIME && said.question() || aside(said, span)) {
                continue;
            }
            if (span.type() == ValueSpan.Type.MONEY && BOUNDS.contains(ValueNames.wordBefore(said, span))) {
                continue;
            }
            if (span.type() == ValueSpan.Type.DATE && fuller(spans.get(number - 1), span)) {
                continue;
            }
            if (span.type() == ValueSpan.Type.DATE && TODAY.contains(Words.fold(span.value()))) {
                continue;
            }
            ValueNames.Name name = caller ? names.callers(said, span, number) : names.agents(said, span, number);
            var quote = new Claim.Quote(number, text.substring(span.start(), span.end()));
            ValueSpan corrected = caller ? Retractions.corrected(reading, spans.get(number - 1), span, number) : null;
            if (corrected != null && book.replace(corrected.value(), span.value(), quote)) {
                continue;
            }
            boolean again = name != null && name.naming() == ValueBook.Naming.WORDS && Keys.moment(name.key()) && !given.add(name.key()) && !said.has(Cue.CORRECTION) && !reading.turnHas(number, Cue.NO);
            if (again) {
                continue;
            }
            if (name != null) {
                boolean another = further(spans.get(number - 1), span) || (said.has(Cue.ANOTHER) || number > 1 && reading.turnHas(number - 1, Cue.ANOTHER) || listed(name.key(), number)) && !said.has(Cue.CORRECTION);
                book.put(new ValueBook.Item(name.key(), name.naming(), span.value(), Meaning.of(span), ValueBook.Rank.SPEECH, null, List.of(quote), another,
                        reading.turnHas(number, Cue.CORRECTION) || reading.turnHas(number, Cue.NO) || name.echo()));
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
                    if (said.words().getFirst().end() >= span.start() && said.words().getFirst().start() <= span.start()) {
                        count(span, number, text.substring(word.start(), word.end()), word.norm());
                    }
                    book.readBack(word.norm(), span.value(), new Claim.Quote(number, text.substring(span.start(), span.end())));
                }
                return;
            }
        }
    }

    /** “Twenty rooms.” after “let's hold twenty for now”: a number of things that the caller gave, too. */
    private void count(ValueSpan span, int number, String noun, String norm) {
        boolean plural = norm.endsWith("s") && !norm.endsWith("ss") && !UNITS.contains(norm) && Character.isLetter(norm.charAt(0));
        if (number < 2 || !plural || Meaning.currency(norm) || reading.of(number - 1).isEmpty() || !reading.of(number - 1).getFirst().caller()) {
            return;
        }
        Meaning meaning = Meaning.of(span);
        String text = reading.of(number).getFirst().turn().text();
        for (ValueSpan other : spans.get(number - 2)) {
            boolean counted = (other.type() == ValueSpan.Type.COUNT || other.type() == ValueSpan.Type.NUMBER) && Meaning.of(other).same(meaning);
            if (counted) {
                String label = Character.toUpperCase(noun.charAt(0)) + noun.substring(1).toLowerCase(java.util.Locale.ROOT);
                String heard = reading.of(number - 1).getFirst().turn().text().substring(other.start(), other.end());
                book.put(new ValueBook.Item(label, ValueBook.Naming.NOUN, span.value(), meaning, ValueBook.Rank.SPEECH, null,
                        List.of(new Claim.Quote(number - 1, heard), new Claim.Quote(number, text.substring(span.start(), span.end()))), false, false));
                return;
            }
        }
    }

    /** “508 555 0136, that's my cell. Or my wife, 508 555 0187”: two telephones in one turn. */
    private static boolean further(List<ValueSpan> turn, ValueSpan span) {
        for (ValueSpan other : turn) {
            if (other.end() <= span.start() && other.type() == ValueSpan.Type.PHONE && other.sure() && span.type() == ValueSpan.Type.PHONE && span.sure()) {
                return true;
            }
        }
        return false;
    }

    /** “Friday, Friday the 27th”: the same weekday follows with its day. */
    private static boolean fuller(List<ValueSpan> turn, ValueSpan span) {
        Moments.Moment moment = Meaning.of(span).moment();
        if (moment == null || moment.day() > 0 || moment.weekday() == 0) {
            return false;
        }
        for (ValueSpan other : turn) {
            Moments.Moment next = other.start() >= span.end() && other.type() == ValueSpan.Type.DATE ? Meaning.of(other).moment() : null;
            if (next != null && next.weekday() == moment.weekday() && next.day() > 0) {
                return true;
            }
        }
        return false;
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

    /** Whether a label of this turn stands for more than one value: “invoices 1 and 2”. */
    private boolean listed(String key, int turn) {
        boolean again = !listedKeys.add(key);
        return again && names.given(key) && !reading.turnHas(turn, Cue.CORRECTION) && !reading.turnHas(turn, Cue.NO);
    }

    private static Said holder(List<Said> turn, ValueSpan span) {
        for (Said said : turn) {
            if (span.start() >= said.start() && span.start() < said.end()) {
                return said;
            }
        }
        return null;
    }
}
