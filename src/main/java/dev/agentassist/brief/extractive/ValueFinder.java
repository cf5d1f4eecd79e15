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
            spans.add(turn.isEmpty() ? List.of() : ValueScanner.scan(turn.getFirst().turn().text(), words));
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
                boolean another = (said.has(Cue.ANOTHER) || number > 1 && reading.turnHas(number - 1, Cue.ANOTHER) || listed(name.key(), number)) && !said.has(Cue.CORRECTION);
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
