package dev.agentassist.brief.extractive;

import dev.agentassist.brief.text.Numerals;
import dev.agentassist.brief.text.Words;
import java.util.List;

/** Amounts and counts that were said in words: “forty-nine dollars and ninety-nine cents”, “a table for six”. */
final class NumberWords {

    private NumberWords() {}

    /** Amounts with the name of a currency: as they were said where they are in figures, else as one writes them. */
    static void money(String text, List<Words.Word> words, List<ValueSpan> spans) {
        for (int i = 1; i < words.size(); i++) {
            if (!Meaning.currency(words.get(i).norm())) {
                continue;
            }
            int first = figure(text, words, i - 1);
            Numerals.Found whole = first >= 0 ? null : endingAt(text, words, i);
            if (first < 0 && whole == null) {
                continue;
            }
            first = whole == null ? first : whole.first();
            int end = i + 1;
            int from = end < words.size() && Numerals.and(words.get(end).norm()) ? end + 1 : end;
            boolean near = from < words.size() && Numerals.joined(text, words, from);
            Numerals.Found more = near ? Numerals.at(text, words, from) : null;
            boolean figures = near && more == null && words.get(from).norm().length() == 2 && Character.isDigit(words.get(from).norm().charAt(0)) && Character.isDigit(words.get(from).norm().charAt(1));
            int behind = more != null ? more.end() : from + 1;
            if (figures || more != null && more.value() < 100) {
                boolean cents = behind < words.size() && Meaning.cents(words.get(behind).norm());
                boolean plain = from == end && (figures || more.value() >= 10) && (behind == words.size() || !Meaning.currency(words.get(behind).norm()));
                end = cents ? behind + 1 : plain ? behind : end;
            }
            int start = words.get(first).start();
            int stop = words.get(end - 1).end();
            String said = text.substring(start, stop);
            boolean spoken = whole != null || end > i + 1 && more != null;
            long hundredths = spoken ? Meaning.of(said).hundredths() : -1;
            add(spans, new ValueSpan(ValueSpan.Type.MONEY, hundredths < 0 ? said : written(words.get(i).norm(), hundredths), start, stop, true));
        }
    }

    private static String written(String currency, long hundredths) {
        String number = Long.toString(hundredths / 100) + (hundredths % 100 == 0 ? "" : hundredths % 100 < 10 ? ".0" + hundredths % 100 : "." + hundredths % 100);
        return switch (currency) {
            case "dollar", "dollars", "buck", "bucks" -> "$" + number;
            case "euro", "euros" -> "€" + number;
            case "pound", "pounds", "quid" -> "£" + number;
            default -> number + " " + currency;
        };
    }

    /** The first word of an amount in figures that ends with a word, or -1. */
    private static int figure(String text, List<Words.Word> words, int last) {
        int first = last;
        if (!Character.isDigit(words.get(last).norm().charAt(0)) || !figures(words.get(last).norm()) || !Numerals.joined(text, words, last + 1)) {
            return -1;
        }
        while (first > 0 && figures(words.get(first - 1).norm()) && words.get(first).start() == words.get(first - 1).end() + 1 && ".,".indexOf(text.charAt(words.get(first).start() - 1)) >= 0) {
            first--;
        }
        return first;
    }

    private static boolean figures(String norm) {
        for (int i = 0; i < norm.length(); i++) {
            if (norm.charAt(i) < '0' || norm.charAt(i) > '9') {
                return false;
            }
        }
        return true;
    }

    /** The longest number in words that ends right before a word; “a hundred” with its article. */
    private static Numerals.Found endingAt(String text, List<Words.Word> words, int end) {
        Numerals.Found best = null;
        for (int from = end - 1; from >= Math.max(0, end - 9); from--) {
            Numerals.Found found = Numerals.at(text, words, from);
            if (found == null && !words.get(from).norm().equals("and")) {
                break;
            }
            if (found != null && found.end() == end && Numerals.joined(text, words, end)) {
                best = found;
            }
        }
        return best;
    }

    /** Small numbers in words. */
    static void counts(String text, List<Words.Word> words, List<ValueSpan> spans) {
        for (int i = 0; i < words.size(); i++) {
            Numerals.Found found = Numerals.value(words.get(i).norm()) < 0 ? null : Numerals.at(text, words, i);
            if (found == null) {
                continue;
            }
            boolean weak = found.end() - i == 1 && Numerals.weak(words.get(i).norm()) && !words.get(i).norm().equals("six");
            if (found.value() >= 1 && found.value() < 1000 && !weak) {
                int start = words.get(i).start();
                add(spans, new ValueSpan(ValueSpan.Type.COUNT, Long.toString(found.value()), start, words.get(found.end() - 1).end(), false));
            }
            i = found.end() - 1;
        }
    }

    private static void add(List<ValueSpan> spans, ValueSpan span) {
        for (ValueSpan other : spans) {
            if (other.overlaps(span)) {
                return;
            }
        }
        spans.add(span);
    }
}
