package dev.agentassist.brief.extractive;

import dev.agentassist.brief.Claim;
import dev.agentassist.brief.Draft;
import java.util.ArrayList;
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

    /** How far a source is to be trusted, the least first. */
    enum Rank {
        RECORD,
        SPEECH,
        ARGUMENT,
        RESULT
    }

    private static final class Entry {
        private final String key;
        private String value;
        private Rank rank;
        private String source;
        private final Set<Integer> turns = new LinkedHashSet<>();
        private final List<Claim.Quote> quotes = new ArrayList<>();

        Entry(String key) {
            this.key = key;
        }

        void set(String value, Rank rank, String source) {
            this.value = value;
            this.rank = rank;
            this.source = source;
            turns.clear();
            quotes.clear();
        }
    }

    private final Map<String, List<Entry>> entries = new LinkedHashMap<>();

    /**
     * @param another it was named as a further value of its kind
     * @param source null for speech
     */
    void put(String key, String value, Rank rank, String source, List<Claim.Quote> quotes, boolean another) {
        if (knownOtherwise(key, value, rank, source, quotes)) {
            return;
        }
        List<Entry> under = entries.computeIfAbsent(family(Keys.canonical(key)), k -> new ArrayList<>());
        for (Entry entry : under) {
            if (same(entry.value, value)) {
                if (rank.compareTo(entry.rank) > 0) {
                    entry.rank = rank;
                    entry.source = source;
                    entry.value = value;
                }
                cite(entry, quotes);
                return;
            }
        }
        Entry last = under.isEmpty() ? null : under.getLast();
        if (last == null || another || Keys.plural(last.key) && rank == Rank.SPEECH) {
            var entry = new Entry(key);
            entry.set(value, rank, source);
            cite(entry, quotes);
            under.add(entry);
        } else if (rank.compareTo(last.rank) >= 0 || rank == Rank.SPEECH && last.rank == Rank.ARGUMENT) {
            last.set(value, rank, source);
            cite(last, quotes);
        }
    }

    private String family(String canonical) {
        return entries.containsKey(canonical)
                ? canonical
                : entries.keySet().stream().filter(k -> Keys.related(k, canonical)).findFirst().orElse(canonical);
    }

    /** The name of the value that a corrected one stands for: the last one said that looks like it, or null. */
    String like(String value) {
        String plain = Keys.comparable(value);
        String key = null;
        for (List<Entry> under : entries.values()) {
            for (Entry entry : under) {
                String other = Keys.comparable(entry.value);
                boolean alike = entry.rank == Rank.SPEECH && Math.abs(other.length() - plain.length()) <= 1 && plain.length() >= 3
                        && Character.isDigit(other.charAt(0)) == Character.isDigit(plain.charAt(0)) && shared(other, plain) * 2 >= plain.length();
                key = alike ? entry.key : key;
            }
        }
        return key;
    }

    private static int shared(String a, String b) {
        int same = 0;
        for (int i = 0; i < Math.min(a.length(), b.length()); i++) {
            same += a.charAt(i) == b.charAt(i) ? 1 : 0;
        }
        return same;
    }

    /** The same value under another name: the more telling name stays. */
    private boolean knownOtherwise(String key, String value, Rank rank, String source, List<Claim.Quote> quotes) {
        boolean money = !value.isEmpty() && "$€£".indexOf(value.charAt(0)) >= 0;
        if (Keys.comparable(value).length() < (money ? 2 : 4)) {
            return false;
        }
        for (var under : entries.entrySet()) {
            for (Entry entry : under.getValue()) {
                if (under.getKey().equals(Keys.canonical(key)) || !same(entry.value, value)) {
                    continue;
                }
                if (Keys.plural(entry.key) && !Keys.plural(key)) {
                    under.getValue().remove(entry);
                    put(key, value, rank, source, entry.quotes, false);
                } else if (rank.compareTo(entry.rank) > 0) {
                    entry.rank = rank;
                    entry.source = source;
                }
                mention(value, quotes);
                return true;
            }
        }
        return false;
    }

    private void mention(String value, List<Claim.Quote> quotes) {
        quotes.forEach(q -> mention(value, q));
    }

    private static boolean same(String a, String b) {
        String left = Keys.comparable(a);
        String right = Keys.comparable(b);
        return left.equals(right)
                || left.length() >= 10 && right.length() >= 10 && (left.endsWith(right) || right.endsWith(left));
    }

    private static void cite(Entry entry, List<Claim.Quote> quotes) {
        for (Claim.Quote quote : quotes) {
            if (entry.turns.add(quote.turn())) {
                entry.quotes.add(quote);
            }
        }
    }

    /** Takes back what was said to be wrong: “not 4417”. */
    void withdraw(String value) {
        for (List<Entry> under : entries.values()) {
            under.removeIf(e -> e.rank == Rank.SPEECH && (same(e.value, value) || begins(e.value, value)));
        }
    }

    private static boolean begins(String whole, String part) {
        String plain = Keys.comparable(part);
        return plain.length() >= 4 && Keys.comparable(whole).startsWith(plain);
    }

    boolean holds(String value) {
        return entries.values().stream().flatMap(List::stream).anyMatch(e -> same(e.value, value));
    }

    /** A further mention of a value that is there already. */
    void mention(String value, Claim.Quote quote) {
        for (List<Entry> under : entries.values()) {
            for (Entry entry : under) {
                if (same(entry.value, value)) {
                    cite(entry, List.of(quote));
                }
            }
        }
    }

    List<Draft.Value> values(int most) {
        var values = new ArrayList<Draft.Value>();
        for (List<Entry> under : entries.values()) {
            for (int i = 0; i < under.size(); i++) {
                Entry e = under.get(i);
                boolean numbered = under.size() > 1 && !Keys.plural(e.key);
                var claim = new Claim(e.value, List.copyOf(e.turns), e.quotes);
                values.add(new Draft.Value(numbered ? e.key + " " + (i + 1) : e.key, claim, e.source));
            }
        }
        return values.size() <= most ? values : best(values, most);
    }

    /** Those that a human needs first, in the order of the call: what was spoken, and what names a thing. */
    private static List<Draft.Value> best(List<Draft.Value> values, int most) {
        List<Draft.Value> kept = values.stream().sorted((a, b) -> Integer.compare(worth(b), worth(a))).limit(most).toList();
        // By identity: a record's own equals is made anew at every start of the program.
        return values.stream().filter(v -> kept.stream().anyMatch(k -> k == v)).toList();
    }

    private static int worth(Draft.Value value) {
        String key = Keys.canonical(value.key());
        int worth = value.claim().turns().isEmpty() ? 0 : 3;
        worth += key.endsWith("number") || key.endsWith("reference") || key.equals("email") || key.equals("address") ? 2 : 0;
        worth += key.contains("appointment") || key.contains("refund") || key.contains("due") || key.contains("date of birth") ? 2 : 0;
        worth += key.endsWith("status") || key.contains("amount") || key.contains("slot") || key.contains("delivery") || key.contains("balance") ? 1 : 0;
        return worth;
    }
}
