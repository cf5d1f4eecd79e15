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
import java.util.stream.Collectors;

/** Collects what the call gave: from speech, with the label or the agent's question as key, and from tools. */
final class ValueFinder {

    /** As many as are read at a glance. */
    static final int MOST = 8;

    /** Characters between a small number and the label before it. */
    private static final int CLOSE = 12;

    private static final Set<String> PAST = Set.of("last", "from", "since", "letzten", "pasado", "before");

    /** Words before a value that take it back. */
    private static final Set<String> TAKES_BACK = Set.of("not", "nicht", "instead");

    private final Reading reading;
    private final ValueBook book = new ValueBook();

    /** Labels of the turn at hand that have their value, with where that value ends. */
    private final Map<Lexicon.Hit, Integer> named = new HashMap<>();
    private final Set<String> namedKeys = new HashSet<>();
    private final Set<String> listedKeys = new HashSet<>();

    ValueFinder(Reading reading) {
        this.reading = reading;
    }

    List<Draft.Value> find() {
        int tool = 0;
        List<ToolUse> tools = reading.tools();
        for (int turn = 0; turn <= reading.call().lastTurn(); turn++) {
            if (turn > 0) {
                speech(turn);
            }
            while (tool < tools.size() && tools.get(tool).answeredAfter() <= turn) {
                tool(tools.get(tool++));
            }
        }
        cite();
        return book.values(MOST);
    }

    private void tool(ToolUse use) {
        if (use.outcome() != ToolUse.Outcome.OK) {
            return;
        }
        String source = "tool " + use.name();
        if (use.arguments() != null) {
            for (ToolValues.Named named : ToolValues.of(use.arguments(), null, use)) {
                if (spoken(named.value())) {
                    book.put(named.key(), named.value(), ValueBook.Rank.ARGUMENT, source, List.of(), false);
                }
            }
        }
        Set<String> given = use.arguments() == null ? Set.of() : ToolValues.of(use.arguments(), null, use).stream().map(ToolValues.Named::value).collect(Collectors.toSet());
        for (ToolValues.Named named : ToolValues.of(use.result(), use.output(), use)) {
            // What comes back as it was put in is no result.
            if (given.contains(named.value()) && !spoken(named.value())) {
                continue;
            }
            book.put(named.key(), named.value(), ValueBook.Rank.RESULT, source, List.of(), false);
        }
    }

    /** What an agent made up as an argument is no information; what stands in the call is. */
    private boolean spoken(String value) {
        return book.holds(value);
    }

    private void speech(int number) {
        List<Said> turn = reading.of(number);
        if (turn.isEmpty()) {
            return;
        }
        namedKeys.clear();
        listedKeys.clear();
        String text = turn.getFirst().turn().text();
        boolean caller = turn.getFirst().caller();
        var words = new ArrayList<Words.Word>();
        turn.forEach(s -> words.addAll(s.words()));
        named.clear();
        for (ValueSpan span : ValueScanner.scan(text, words)) {
            Said said = holder(turn, span);
            if (said == null) {
                continue;
            }
            if (caller && takenBack(said, span)) {
                book.withdraw(span.value());
                continue;
            }
            String key = caller ? callersKey(said, span, number) : agentsKey(said, span, number);
            var quote = new Claim.Quote(number, text.substring(span.start(), span.end()));
            if (key != null) {
                book.put(key, span.value(), ValueBook.Rank.SPEECH, null, List.of(quote), (said.has(Cue.ANOTHER) || listed(key, number)) && !said.has(Cue.CORRECTION));
            } else if (span.type() != ValueSpan.Type.COUNT && book.holds(span.value())) {
                book.mention(span.value(), quote);
            }
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
        for (Words.Word word : said.words()) {
            if (word.end() <= span.start()) {
                twoBefore = before;
                before = word.norm();
            }
        }
        return before != null && TAKES_BACK.contains(before)
                || "of".equals(before) && "instead".equals(twoBefore)
                || "than".equals(before) && "rather".equals(twoBefore);
    }

    private String callersKey(Said said, ValueSpan span, int number) {
        String own = label(said, span, true);
        if (own != null) {
            return own;
        }
        String asked = askedFor(said, span, number);
        if (asked != null) {
            return asked;
        }
        if (reading.turnHas(number, Cue.CORRECTION) || reading.turnHas(number, Cue.NO)) {
            String corrected = book.like(span.value());
            if (corrected != null) {
                return corrected;
            }
        }
        return Keys.byForm(span);
    }

    /** An agent's value counts when it is stated with its name, or read back and confirmed. */
    private String agentsKey(Said said, ValueSpan span, int number) {
        String own = label(said, span, false);
        if (own == null) {
            return null;
        }
        return said.question() && !confirmed(number) ? null : own;
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
            boolean far = (span.type() == ValueSpan.Type.NUMBER || span.type() == ValueSpan.Type.COUNT) && (distance > CLOSE || start >= span.end());
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
            boolean plain = !small || asks.question() && asks.words().size() <= 12;
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

    /** Values of tools that were also spoken cite where. */
    private void cite() {
        var open = new ArrayList<>(book.values(MOST));
        open.removeIf(v -> !v.claim().turns().isEmpty() || Keys.comparable(v.claim().text()).length() < 4);
        for (int number = 1; number <= reading.call().lastTurn() && !open.isEmpty(); number++) {
            String plain = Keys.comparable(reading.call().turn(number).text());
            int turn = number;
            open.removeIf(v -> {
                boolean said = plain.contains(Keys.comparable(v.claim().text()));
                if (said) {
                    book.mention(v.claim().text(), new Claim.Quote(turn, v.claim().text()));
                }
                return said;
            });
        }
    }
}
