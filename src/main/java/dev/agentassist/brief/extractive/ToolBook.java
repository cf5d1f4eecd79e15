package dev.agentassist.brief.extractive;

import dev.agentassist.brief.Claim;
import dev.agentassist.brief.ToolUse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Enters what tools were given and what they returned. What a tool was given counts where it was said, and its name there is
 * the value’s name; what it returned counts as it stands.
 */
final class ToolBook {

    /** Names under which an agent gives a tool its own judgement. */
    private static final Set<String> JUDGED = Set.of(
            "reason", "urgency", "priority", "type", "category", "severity", "kind", "mode", "action", "status", "summary", "description", "issue", "topic", "subject",
            "department", "team", "skill", "queue", "intent", "modality", "scope", "target", "channel", "event", "tags", "tag", "level", "format", "to team", "days", "hours", "minutes", "weeks", "months", "count", "name", "first name",
            "last name", "before", "after", "since", "until", "min", "max", "around", "surname", "full name", "customer name", "caller name", "language");

    /** Characters of a word that a tool was given, from which it is not met by chance. */
    private static final int LONG_WORD = 4;

    private final Reading reading;
    private final Heard heard;
    private final ValueBook book;

    private final Set<String> states = new HashSet<>();

    /** Full names with the keys under which their values stand. */
    private final Map<String, String> shown = new HashMap<>();

    ToolBook(Reading reading, Heard heard, ValueBook book) {
        this.reading = reading;
        this.heard = heard;
        this.book = book;
    }

    void take(ToolUse use) {
        boolean ok = use.outcome() == ToolUse.Outcome.OK && !missed(use);
        Set<String> given = new HashSet<>();
        if (use.arguments() != null) {
            for (ToolValues.Named named : ToolValues.of(use.arguments(), null, use)) {
                given.add(named.value());
                given(use, named, ok);
            }
        }
        if (!ok) {
            return;
        }
        String source = "tool " + use.name();
        for (ToolValues.Named named : ToolValues.of(use.result(), use.output(), use)) {
            List<Integer> turns = turns(named, reading.call().lastTurn());
            if (Heard.wordy(named.value()) && named.value().indexOf(' ') < 0) {
                // A single word is met by chance before the tool gave it.
                boolean echo = given.contains(named.value());
                turns = turns.stream().filter(t -> t > use.answeredAfter() && !echo).toList();
            }
            // What comes back as it was put in is no result, and of several of a kind only what was spoken of matters.
            // One name of several may be anybody’s.
            if (named.several() && named.full().endsWith("name")) {
                continue;
            }
            if (turns.isEmpty() && (named.several() || given.contains(named.value()) && !book.resembles(named.value()) || stamp(named.value()))) {
                continue;
            }
            boolean other = book.settled(named.key(), named.value(), source);
            // Of several states that one answer gives, the first is that of the matter itself.
            if (Keys.state(named.key()) && !states.add(use.name() + " " + Keys.canonical(named.key()))) {
                continue;
            }
            String key = other ? named.full() : named.key();
            key = shown.getOrDefault(Keys.canonical(named.full()), key);
            shown.putIfAbsent(Keys.canonical(named.full()), key);
            book.put(new ValueBook.Item(key, ValueBook.Naming.TOOL, named.value(), heard.meaning(named.value()), ValueBook.Rank.RESULT, source, quotes(named.value(), turns), named.several(), false));
        }
    }

    /** It found nothing. */
    private static boolean missed(ToolUse use) {
        if (use.result() == null) {
            return false;
        }
        for (String field : new String[] {"found", "valid", "exists", "match", "matched"}) {
            if (use.result().path(field).isBoolean() && !use.result().path(field).asBoolean()) {
                return true;
            }
        }
        return false;
    }

    private void given(ToolUse use, ToolValues.Named named, boolean ok) {
        boolean wordy = Heard.wordy(named.value());
        String plain = Keys.comparable(named.value());
        String name = named.key().toLowerCase(java.util.Locale.ROOT);
        if (missed(use)) {
            return;
        }
        boolean moment = !ok && heard.meaning(named.value()).moment() != null;
        // A single word is met by chance.
        boolean single = wordy && named.value().indexOf(' ') < 0 && named.value().indexOf('-') < 0 && named.value().indexOf('_') < 0;
        if (JUDGED.contains(name) || single || moment || wordy && (plain.length() < LONG_WORD || !ok) || !ok && plain.length() < LONG_WORD) {
            return;
        }
        List<Integer> turns = turns(named, Math.min(use.afterTurn(), reading.call().lastTurn()));
        if (!turns.isEmpty()) {
            List<Integer> all = wordy ? turns : turns(named, reading.call().lastTurn());
            book.put(new ValueBook.Item(named.key(), ValueBook.Naming.TOOL, named.value(), heard.meaning(named.value()), ok ? ValueBook.Rank.ARGUMENT : ValueBook.Rank.SPEECH,
                    ok ? "tool " + use.name() : null, quotes(named.value(), all), false, false));
        }
    }

    /** To the second: when a machine did something. */
    private static boolean stamp(String value) {
        return value.length() >= 19 && value.charAt(10) == 'T' && value.charAt(13) == ':' && value.charAt(16) == ':';
    }

    /** The turns that say it; a small number is only meant where its name is near. */
    private List<Integer> turns(ToolValues.Named named, int last) {
        List<Integer> turns = heard.in(named.value(), last);
        if (Keys.comparable(named.value()).length() < 3 && Heard.wordy(named.value())) {
            return List.of();
        }
        List<Integer> clock = heard.clock(named.value(), last);
        boolean small = heard.meaning(named.value()).small();
        if (!small && clock.isEmpty()) {
            return turns;
        }
        var near = new ArrayList<Integer>(small ? List.of() : turns);
        for (int turn : small ? turns : clock) {
            if (names(turn, named.full())) {
                near.add(turn);
            }
        }
        return near;
    }

    private boolean names(int turn, String key) {
        Set<String> stems = new HashSet<>();
        for (String word : dev.agentassist.brief.text.Words.norms(key)) {
            stems.add(Stems.of(word));
        }
        for (Said said : reading.of(turn)) {
            for (var word : said.words()) {
                if (stems.contains(Stems.of(word.norm()))) {
                    return true;
                }
            }
        }
        return false;
    }

    private List<Claim.Quote> quotes(String value, List<Integer> turns) {
        var quotes = new ArrayList<Claim.Quote>();
        for (int turn : turns) {
            quotes.add(new Claim.Quote(turn, heard.quote(value, turn)));
        }
        return quotes;
    }
}
