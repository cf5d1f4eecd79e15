package dev.agentassist.brief.extractive;

import java.util.List;
import java.util.function.Predicate;

/** Which of the collected values do not hold beside the others. */
final class Contradictions {

    /** Days by which people err. */
    private static final int NEAR_DAYS = 2;

    /** Characters from which a part of an identifier is known again. */
    private static final int PART = 3;

    private final List<ValueEntry> entries;

    Contradictions(List<ValueEntry> entries) {
        this.entries = entries;
    }

    /** Drops what only the caller said and nobody took up, where a tool gives another amount or another day of that month. */
    void drop(Predicate<List<Integer>> takenUp) {
        entries.removeIf(this::outdated);
        entries.removeIf(e -> e.rank == ValueBook.Rank.SPEECH && (misheard(e) || fragment(e)));
        entries.removeIf(e -> e.rank == ValueBook.Rank.SPEECH && e.key.equals("Location") && e.naming == ValueBook.Naming.FORM && !takenUp.test(List.copyOf(e.turns)));
        entries.removeIf(e -> e.rank == ValueBook.Rank.SPEECH && e.naming == ValueBook.Naming.FORM && (Keys.loose(e.key, e.meaning) || e.meaning.identifier() && e.spoken) && !takenUp.test(List.copyOf(e.turns)));
        entries.removeIf(e -> e.rank == ValueBook.Rank.SPEECH && (e.naming == ValueBook.Naming.FORM || e.key.equals("Date")) && (e.meaning.money() || e.meaning.moment() != null) && !takenUp.test(List.copyOf(e.turns)) && contradicted(e));
    }

    /** All but a character or two of it are those of a tool’s value. */
    private boolean misheard(ValueEntry said) {
        String plain = said.meaning.plain();
        if (plain.length() < 5 || said.meaning.money() || said.meaning.moment() != null) {
            return false;
        }
        for (ValueEntry entry : entries) {
            String other = entry.meaning.plain();
            boolean near = entry.rank == ValueBook.Rank.RESULT && other.length() == plain.length() && !other.equals(plain) && shared(plain, other) >= plain.length() - 2;
            if (near) {
                return true;
            }
        }
        return false;
    }

    /** It is the beginning or the end of a longer number, which was read back or looked up. */
    private boolean fragment(ValueEntry said) {
        String part = said.meaning.plain();
        if (!said.spoken || !said.meaning.identifier() || part.length() < PART) {
            return false;
        }
        for (ValueEntry entry : entries) {
            String whole = entry.meaning.plain();
            if (entry != said && whole.length() > part.length() && entry.meaning.identifier() && (whole.endsWith(part) || whole.startsWith(part))) {
                return true;
            }
        }
        return false;
    }

    private boolean contradicted(ValueEntry said) {
        for (ValueEntry entry : entries) {
            if (entry.rank != ValueBook.Rank.RESULT) {
                continue;
            }
            Moments.Moment a = said.meaning.moment();
            Moments.Moment b = entry.meaning.moment();
            boolean days = a != null && b != null && a.day() > 0 && b.day() > 0 && !said.key.equals("Deadline");
            boolean month = days && (a.month() > 0 && a.month() == b.month() || (a.month() == 0 || b.month() == 0) && Math.abs(a.day() - b.day()) <= NEAR_DAYS);
            if (said.meaning.money() && entry.meaning.money() || month) {
                return true;
            }
        }
        return false;
    }

    static boolean alike(String a, String b) {
        return Math.abs(a.length() - b.length()) <= 1 && b.length() >= 3 && a.length() >= 2
                && Character.isDigit(a.charAt(0)) == Character.isDigit(b.charAt(0)) && shared(a, b) * 2 >= b.length();
    }

    static int shared(String a, String b) {
        int same = 0;
        for (int i = 0; i < Math.min(a.length(), b.length()); i++) {
            same += a.charAt(i) == b.charAt(i) ? 1 : 0;
        }
        return same;
    }

    /** A mail address on record that nobody spoke of, where the caller gives another. */
    private boolean outdated(ValueEntry known) {
        boolean silent = known.rank == ValueBook.Rank.RESULT && known.turns.isEmpty() && known.value.indexOf('@') > 0;
        for (ValueEntry entry : entries) {
            if (silent && entry != known && !entry.turns.isEmpty() && entry.value.indexOf('@') > 0) {
                return true;
            }
        }
        return false;
    }
}
