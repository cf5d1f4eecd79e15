package dev.agentassist.brief.extractive;

import dev.agentassist.brief.Claim;
import dev.agentassist.brief.Draft;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gathers values under their keys as the call goes on. What a tool returned stands above what was said, and what was
 * said last above what was said before.
 */
final class ValueBook {

    /** Entries beyond which no further value is taken up: a call of hours stays linear. */
    private static final int FULL = 400;

    /** Characters from which a part of an identifier is known again. */
    private static final int PART = 3;

    /** How far a source is to be trusted, the least first. */
    enum Rank {
        SPEECH,
        ARGUMENT,
        RESULT
    }

    /** How far a name is to be trusted, the least first. */
    enum Naming {
        /** By the value’s form alone. */
        FORM,
        /** By a noun near it. */
        NOUN,
        /** By words that are known to name such a value. */
        WORDS,
        /** By the name that a tool gives it. */
        TOOL
    }

    private final List<ValueEntry> entries = new ArrayList<>();
    private final Map<String, List<ValueEntry>> byKey = new HashMap<>();
    private final Map<String, List<ValueEntry>> byPlain = new HashMap<>();

    /**
     * A value under a name.
     *
     * @param source null for speech
     * @param another it is a further value of its kind, none that corrects
     */
    record Item(String key, Naming naming, String value, Meaning meaning, Rank rank, String source, List<Claim.Quote> quotes, boolean another, boolean correcting) {}

    void put(Item item) {
        Meaning meaning = item.meaning();
        if (meaning.plain().isEmpty()) {
            return;
        }
        String canonical = family(Keys.canonical(item.key()));
        List<ValueEntry> under = byKey.getOrDefault(canonical, List.of());
        for (ValueEntry entry : under) {
            if (entry.meaning.same(meaning)) {
                join(entry, item, meaning);
                return;
            }
        }
        ValueEntry known = meaning.small() ? null : find(meaning);
        known = known == null ? whole(meaning, item) : known;
        if (known != null) {
            join(known, item, meaning);
            return;
        }
        ValueEntry part = part(meaning, item);
        if (part != null) {
            replace(part, item, meaning);
            join(part, item, meaning);
            return;
        }
        ValueEntry last = under.isEmpty() ? null : under.getLast();
        boolean further = last == null || item.another() || Keys.plural(last.key) || !corrects(last, item, meaning);
        if (further) {
            if (entries.size() < FULL) {
                add(canonical, item, meaning);
            }
        } else if (item.rank().compareTo(last.rank) >= 0 || item.rank() == Rank.SPEECH && last.rank == Rank.ARGUMENT) {
            replace(last, item, meaning);
            last.cite(item.quotes());
        }
    }

    /** Puts a value in place of one that was said just before; whether that one was there. */
    boolean replace(String earlier, String value, Claim.Quote quote) {
        ValueEntry entry = find(Meaning.of(earlier));
        if (entry == null || entry.rank != Rank.SPEECH) {
            return false;
        }
        replace(entry, new Item(entry.key, entry.naming, value, Meaning.of(value), Rank.SPEECH, null, List.of(quote), false, true), Meaning.of(value));
        entry.cite(List.of(quote));
        return true;
    }

    private void replace(ValueEntry entry, Item item, Meaning meaning) {
        byPlain.getOrDefault(entry.meaning.plain(), new ArrayList<>()).remove(entry);
        entry.set(item.value(), meaning, item.rank(), item.source());
        byPlain.computeIfAbsent(meaning.plain(), p -> new ArrayList<>()).add(entry);
    }

    /** The identifier of which a spoken one is only a part: “the tag ending 9018”. */
    private ValueEntry whole(Meaning meaning, Item item) {
        String plain = meaning.plain();
        if (item.rank() != Rank.SPEECH || !meaning.identifier() || plain.length() < PART) {
            return null;
        }
        for (ValueEntry entry : entries) {
            String whole = entry.meaning.plain();
            if (entry.meaning.identifier() && whole.length() > plain.length() && (whole.endsWith(plain) || whole.startsWith(plain))) {
                return entry;
            }
        }
        return null;
    }

    /** The part of an identifier that was entered before the whole was known. */
    private ValueEntry part(Meaning meaning, Item item) {
        String plain = meaning.plain();
        if (!meaning.identifier() || plain.length() <= PART) {
            return null;
        }
        for (ValueEntry entry : entries) {
            String part = entry.meaning.plain();
            if (entry.rank == Rank.SPEECH && entry.meaning.identifier() && part.length() >= PART && part.length() < plain.length() && (plain.endsWith(part) || plain.startsWith(part))) {
                return entry;
            }
        }
        return null;
    }

    /**
     * Two values of one name: the later one corrects, unless it is of another make than a tool’s, or both are tools’ and none is a
     * state that moves on.
     */
    private static boolean corrects(ValueEntry last, Item item, Meaning meaning) {
        if (last.rank == Rank.RESULT && item.rank() == Rank.RESULT) {
            return Keys.state(last.key) || item.source().equals(last.source) || Keys.canonical(last.key).equals("appointment");
        }
        boolean tool = last.rank == Rank.RESULT && item.rank() == Rank.SPEECH;
        if (last.meaning.moment() != null && meaning.identifier() || last.meaning.identifier() && meaning.moment() != null) {
            // The appointment’s number is not its day.
            return false;
        }
        if (last.meaning.identifier() && meaning.identifier() && !item.correcting() && !Contradictions.alike(last.meaning.plain(), meaning.plain())) {
            return false;
        }
        return !tool || Contradictions.alike(last.meaning.plain(), meaning.plain()) || last.meaning.moment() != null || last.meaning.money() || last.meaning.small();
    }

    private void add(String canonical, Item item, Meaning meaning) {
        var entry = new ValueEntry();
        entry.key = item.key();
        entry.naming = item.naming();
        entry.spoken = !item.quotes().isEmpty() && !Keys.comparable(item.quotes().getFirst().text()).equals(meaning.plain()) || !item.quotes().isEmpty() && item.quotes().getFirst().text().strip().indexOf(' ') > 0;
        entry.set(item.value(), meaning, item.rank(), item.source());
        entry.cite(item.quotes());
        entries.add(entry);
        byKey.computeIfAbsent(canonical, k -> new ArrayList<>()).add(entry);
        byPlain.computeIfAbsent(meaning.plain(), p -> new ArrayList<>()).add(entry);
    }

    /** The same value again: the better name, the better source and all places stay. */
    private void join(ValueEntry entry, Item item, Meaning meaning) {
        if (Keys.fuller(entry.key, item.key()) && item.naming().compareTo(entry.naming) > 0) {
            entry.naming = item.naming();
        }
        boolean renames = (item.naming().compareTo(entry.naming) > 0 || Keys.plural(entry.key)) && !Keys.fuller(entry.key, item.key());
        if (renames && !Keys.plural(item.key())) {
            byKey.getOrDefault(family(Keys.canonical(entry.key)), new ArrayList<>()).remove(entry);
            entry.key = item.key();
            entry.naming = item.naming();
            byKey.computeIfAbsent(family(Keys.canonical(item.key())), k -> new ArrayList<>()).add(entry);
        }
        boolean whole = meaning.plain().length() >= entry.meaning.plain().length() || entry.meaning.same(meaning);
        if (item.rank().compareTo(entry.rank) > 0 && whole) {
            entry.rank = item.rank();
            entry.source = item.source();
            entry.value = item.value();
            entry.meaning = meaning;
        } else if (entry.rank == Rank.SPEECH && item.rank() == Rank.SPEECH && meaning.moment() != null && meaning.clearer(entry.meaning)) {
            entry.value = item.value();
            entry.meaning = meaning;
        }
        entry.cite(item.quotes());
    }

    /** Whether something was said under a name. */
    boolean has(String key) {
        return !byKey.getOrDefault(family(Keys.canonical(key)), List.of()).isEmpty();
    }

    /** Whether a tool has given another value under this name already. */
    boolean settled(String key, String value, String source) {
        Meaning meaning = Meaning.of(value);
        for (ValueEntry entry : byKey.getOrDefault(family(Keys.canonical(key)), List.of())) {
            if (entry.rank == Rank.RESULT && !entry.meaning.same(meaning) && (!Keys.state(key) || !source.equals(entry.source))) {
                return true;
            }
        }
        return false;
    }

    /** Whether something that was said is nearly the same. */
    boolean resembles(String value) {
        String plain = Keys.comparable(value);
        for (ValueEntry entry : entries) {
            String other = entry.meaning.plain();
            if (entry.rank == Rank.SPEECH && plain.length() >= 5 && other.length() == plain.length() && Contradictions.shared(plain, other) >= plain.length() - 2) {
                return true;
            }
        }
        return false;
    }

    private ValueEntry find(Meaning meaning) {
        List<ValueEntry> plain = byPlain.get(meaning.plain());
        if (plain != null && !plain.isEmpty()) {
            return plain.getFirst();
        }
        for (ValueEntry entry : entries) {
            if (!entry.meaning.small() && entry.meaning.same(meaning)) {
                return entry;
            }
        }
        return null;
    }

    private String family(String canonical) {
        if (!byKey.containsKey(canonical)) {
            for (String key : byKey.keySet()) {
                if (Keys.related(key, canonical)) {
                    return key;
                }
            }
        }
        return canonical;
    }

    /** The name of the value that a corrected one stands for: the last one said that looks like it, or null. */
    String like(String value) {
        String plain = Keys.comparable(value);
        String key = null;
        for (ValueEntry entry : entries) {
            if (entry.rank == Rank.SPEECH && Contradictions.alike(entry.meaning.plain(), plain)) {
                key = entry.key;
            }
        }
        return key;
    }

    /** Takes back what was said to be wrong: “not 4417”. */
    void withdraw(String value) {
        Meaning meaning = Meaning.of(value);
        String plain = meaning.plain();
        for (List<ValueEntry> under : byKey.values()) {
            under.removeIf(e -> {
                boolean gone = e.rank == Rank.SPEECH && (e.meaning.same(meaning) || plain.length() >= 4 && e.meaning.plain().startsWith(plain));
                if (gone) {
                    entries.remove(e);
                    byPlain.getOrDefault(e.meaning.plain(), new ArrayList<>()).remove(e);
                }
                return gone;
            });
        }
    }

    /** A further mention of a value that is there already; whether there is one. */
    boolean mention(ValueSpan span, Claim.Quote quote) {
        String value = span.value();
        Meaning meaning = Meaning.of(span);
        ValueEntry entry = meaning.small() || meaning.plain().length() < 3 ? null : find(meaning);
        if (entry != null) {
            if (entry.rank == Rank.SPEECH && meaning.clearer(entry.meaning) && meaning.moment() != null && meaning.moment().month() > 0) {
                entry.value = value;
                entry.meaning = meaning;
            }
            entry.cite(List.of(quote));
        }
        return entry != null;
    }

    /** The agent reads back another number of something than a tool had before: “34 guests”. */
    void readBack(String noun, String value, Claim.Quote quote) {
        String stem = Stems.of(noun);
        for (ValueEntry entry : entries) {
            String[] words = dev.agentassist.brief.text.Words.norms(entry.key);
            boolean named = words.length > 0 && Stems.of(words[words.length - 1]).equals(stem);
            if (named && entry.meaning.small() && !entry.meaning.same(Meaning.of(value))) {
                entry.value = value;
                entry.meaning = Meaning.of(value);
                entry.rank = Rank.SPEECH;
                entry.source = null;
                entry.turns.clear();
                entry.quotes.clear();
            }
            if (named && entry.meaning.same(Meaning.of(value))) {
                entry.cite(List.of(quote));
            }
        }
    }

    /** Drops what only the caller said and nobody took up, and what does not hold beside what a tool gives. */
    void dropContradicted(java.util.function.Predicate<List<Integer>> takenUp) {
        new Contradictions(entries).drop(takenUp);
    }

    /** Everything, in the order in which it came up; several of one name are numbered. */
    List<Draft.Value> values(int most) {
        var count = new LinkedHashMap<String, Integer>();
        var values = new ArrayList<Draft.Value>();
        for (ValueEntry e : best(most)) {
            int number = count.merge(Keys.canonical(e.key), 1, Integer::sum);
            values.add(new Draft.Value(number > 1 ? e.key + " " + number : e.key, new Claim(e.value, List.copyOf(e.turns), e.quotes), e.source));
        }
        return values;
    }

    /** Those that a human needs first, in the order of the call: what was spoken, and what names a thing. */
    private List<ValueEntry> best(int most) {
        if (entries.size() <= most) {
            return entries;
        }
        var order = new ValueEntry[entries.size()];
        entries.toArray(order);
        java.util.Arrays.sort(order, (a, b) -> Integer.compare(worth(b), worth(a)));
        Set<ValueEntry> kept = new java.util.HashSet<>();
        for (int i = 0; i < most; i++) {
            kept.add(order[i]);
        }
        var best = new ArrayList<ValueEntry>();
        for (ValueEntry entry : entries) {
            if (kept.contains(entry)) {
                best.add(entry);
            }
        }
        return best;
    }

    private static int worth(ValueEntry e) {
        String key = Keys.canonical(e.key);
        int worth = e.turns.isEmpty() ? 0 : 5;
        worth += e.rank == Rank.RESULT ? 1 : 0;
        worth += key.endsWith("number") || key.endsWith("reference") || key.equals("email") || key.equals("address") ? 2 : 0;
        worth += key.contains("appointment") || key.contains("refund") || key.contains("due") || key.contains("date of birth") ? 2 : 0;
        worth += e.naming == Naming.FORM ? 0 : 1;
        return worth + Math.min(2, e.turns.size() / 2);
    }
}
