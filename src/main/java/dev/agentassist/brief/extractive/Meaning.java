package dev.agentassist.brief.extractive;

import dev.agentassist.brief.text.Numerals;
import dev.agentassist.brief.text.Words;
import java.util.List;
import java.util.Set;

/** What a value means apart from how it was put: “two thousand euros” is “2000.00 EUR”, “June 8th” is “2026-06-08”. */
final class Meaning {

    private static final Set<String> CURRENCIES = Set.of(
            "dollar", "dollars", "buck", "bucks", "usd", "cad", "aud", "nzd", "euro", "euros", "eur", "pound", "pounds", "quid", "gbp", "franken", "chf", "yen", "jpy",
            "pesos", "reais", "brl", "inr", "rupees", "mxn", "sek", "nok", "dkk", "pln", "kronor");
    private static final Set<String> CENTS = Set.of("cent", "cents", "pence", "p", "c", "centimes", "centimos", "centesimi", "centavos");

    /** From this an amount is known again without its currency. */
    private static final long LEAST_BARE = 100;

    private final String plain;
    private final long cents;
    private final long number;
    private final Moments.Moment moment;

    private Meaning(String plain, long cents, long number, Moments.Moment moment) {
        this.plain = plain;
        this.cents = cents;
        this.number = number;
        this.moment = moment;
    }

    static Meaning of(String value) {
        List<Words.Word> words = Words.of(value);
        String plain = Keys.comparable(value);
        boolean digits = Words.hasDigit(value);
        long cents = cents(value, words);
        long number = cents < 0 && words.size() <= 4 ? number(value, words) : -1;
        Moments.Moment moment = null;
        if (cents < 0 && words.size() <= 14 && (words.size() > 1 || !digits || value.length() > 3 && plain.length() <= 5)) {
            List<Moments.Moment> moments = Moments.in(value, words);
            boolean whole = moments.size() == 1 && (moments.getFirst().end() - moments.getFirst().start()) * 4 >= value.length() * 3;
            moment = whole ? moments.getFirst() : moments.isEmpty() ? null : range(value, moments.getFirst());
        }
        return new Meaning(plain, cents, number, moment);
    }

    /** “2026-11-27 08:00-12:00”: a day with hours. */
    private static Moments.Moment range(String value, Moments.Moment first) {
        if (first.start() != 0 || first.day() == 0 || first.year() == 0) {
            return null;
        }
        for (int i = first.end(); i < value.length(); i++) {
            if (!Character.isDigit(value.charAt(i)) && " :-–/".indexOf(value.charAt(i)) < 0) {
                return null;
            }
        }
        return new Moments.Moment(first.month(), first.day(), first.year(), 0, -1, 0, value.length());
    }

    /** The same for what was found in a turn: its kind tells that “five” is a time. */
    static Meaning of(ValueSpan span) {
        Meaning meaning = of(span.value());
        boolean time = span.type() == ValueSpan.Type.TIME && meaning.moment == null;
        if (!time) {
            return meaning;
        }
        String text = "at " + span.value();
        List<Moments.Moment> moments = Moments.in(text, Words.of(text));
        return moments.size() == 1 ? new Meaning(meaning.plain, -1, -1, moments.getFirst()) : meaning;
    }

    String plain() {
        return plain;
    }

    Moments.Moment moment() {
        return moment;
    }

    /** The amount, or -1. */
    long hundredths() {
        return cents;
    }

    boolean money() {
        return cents >= 0;
    }

    /** So short that it is met by chance. */
    boolean small() {
        return cents < 0 && moment == null && (plain.length() < 3 || number >= 0 && number < 100);
    }

    /** A number that names a thing: neither an amount nor a moment, with a digit. */
    boolean identifier() {
        return cents < 0 && moment == null && Words.hasDigit(plain) && !small();
    }

    /** “tomorrow”, which is another day on the next. */
    boolean relative() {
        return moment != null && moment.weekday() > 7 && moment.day() == 0;
    }

    /** Of two wordings of one moment, whether this one has figures and the other has not. */
    boolean clearer(Meaning other) {
        if (moment != null && other.moment != null && (moment.month() > 0) != (other.moment.month() > 0)) {
            return moment.month() > 0;
        }
        return Words.hasDigit(plain) && !Words.hasDigit(other.plain);
    }

    /** Whether the other one is only a time of day, and this one’s: “8:37” for “2026-10-01T08:37”. */
    boolean sameClock(Meaning other) {
        return moment != null && other.moment != null && moment.minutes() >= 0 && moment.minutes() == other.moment.minutes() && other.moment.day() == 0 && other.moment.weekday() == 0
                && moment.day() > 0;
    }

    boolean same(Meaning other) {
        if (plain.isEmpty() || other.plain.isEmpty()) {
            return false;
        }
        if (cents >= 0 && other.cents >= 0) {
            return cents == other.cents;
        }
        if (cents >= 0 != other.cents >= 0) {
            // “a flywheel at 610”
            long amount = Math.max(cents, other.cents);
            long bare = cents >= 0 ? other.number : number;
            return bare >= LEAST_BARE && bare * 100 == amount;
        }
        if (moment != null && other.moment != null) {
            return moment.agrees(other.moment);
        }
        if (number >= 0 && other.number >= 0) {
            return number == other.number && plain.length() == other.plain.length() || plain.equals(other.plain) || number == other.number && (!Words.hasDigit(plain) || !Words.hasDigit(other.plain));
        }
        return plain.equals(other.plain)
                || plain.length() >= 10 && other.plain.length() >= 10 && Words.hasDigit(plain) && (plain.endsWith(other.plain) || other.plain.endsWith(plain));
    }

    /** An amount in hundredths, or -1. */
    private static long cents(String value, List<Words.Word> words) {
        boolean sign = value.indexOf('$') >= 0 || value.indexOf('€') >= 0 || value.indexOf('£') >= 0 || value.indexOf('¥') >= 0;
        int currency = -1;
        for (int i = 0; i < words.size(); i++) {
            if (CURRENCIES.contains(words.get(i).norm())) {
                currency = i;
            }
        }
        String amount = value.strip();
        boolean bare = !sign && currency < 0 && decimal(amount.startsWith("-") ? amount.substring(1) : amount);
        if (!sign && currency < 0 && !bare || words.size() > 14) {
            return -1;
        }
        long whole = -1;
        long hundredths = 0;
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i).norm();
            if (Character.isDigit(word.charAt(0)) && whole < 0) {
                int end = i + 1;
                while (end < words.size() && Character.isDigit(words.get(end).norm().charAt(0)) && words.get(end).start() == words.get(end - 1).end() + 1 && words.get(end).start() < value.length()
                        && ".,".indexOf(value.charAt(words.get(end).start() - 1)) >= 0) {
                    end++;
                }
                String figures = value.substring(words.get(i).start(), words.get(end - 1).end());
                whole = whole(figures);
                hundredths = hundredths(figures);
                i = end - 1;
            } else if (whole < 0) {
                Numerals.Found found = Numerals.at(value, words, i);
                if (found != null) {
                    whole = found.value();
                    i = found.end() - 1;
                }
            } else if (i > 0 && hundredths == 0) {
                Numerals.Found found = Character.isDigit(word.charAt(0)) && word.length() == 2 ? null : Numerals.at(value, words, i);
                boolean figure = word.length() == 2 && Character.isDigit(word.charAt(0)) && Character.isDigit(word.charAt(1));
                boolean behind = currency >= 0 && i > currency && (i == currency + 1 || Numerals.and(words.get(i - 1).norm()));
                if (behind && (figure || found != null && found.value() < 100 && found.end() >= words.size() - 2)) {
                    hundredths = figure ? Long.parseLong(word) : found.value();
                }
            }
        }
        return whole < 0 ? -1 : whole * 100 + hundredths;
    }

    private static boolean decimal(String value) {
        int n = value.length();
        if (n < 4 || !Character.isDigit(value.charAt(n - 1)) || !Character.isDigit(value.charAt(n - 2)) || ".,".indexOf(value.charAt(n - 3)) < 0) {
            return false;
        }
        for (int i = 0; i < n; i++) {
            if (!Character.isDigit(value.charAt(i)) && ".,".indexOf(value.charAt(i)) < 0) {
                return false;
            }
        }
        return true;
    }

    private static long whole(String figures) {
        String plain = decimal("00" + figures) ? figures.substring(0, figures.length() - 3) : figures;
        long value = 0;
        for (int i = 0; i < plain.length() && value < 1_000_000_000L; i++) {
            char c = plain.charAt(i);
            value = c >= '0' && c <= '9' ? value * 10 + c - '0' : value;
        }
        return value;
    }

    private static long hundredths(String figures) {
        return decimal("00" + figures) ? Long.parseLong(figures.substring(figures.length() - 2)) : 0;
    }

    private static long number(String value, List<Words.Word> words) {
        if (words.isEmpty()) {
            return -1;
        }
        String first = words.getFirst().norm();
        if (words.size() == 1 && first.length() <= 9 && Character.isDigit(first.charAt(0))) {
            for (int i = 0; i < first.length(); i++) {
                if (!Character.isDigit(first.charAt(i))) {
                    return -1;
                }
            }
            return Long.parseLong(first);
        }
        Numerals.Found found = Numerals.at(value, words, 0);
        return found != null && found.end() == words.size() ? found.value() : -1;
    }

    static boolean currency(String norm) {
        return CURRENCIES.contains(norm);
    }

    static boolean cents(String norm) {
        return CENTS.contains(norm);
    }
}
