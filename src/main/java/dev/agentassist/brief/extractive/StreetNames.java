package dev.agentassist.brief.extractive;

import dev.agentassist.brief.text.Numerals;
import dev.agentassist.brief.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds addresses by the word for a street, where a pattern of figures does not: “seventeen Orchard Rise”, “Flat 9, Tannery Court”, “Lordswood Road”. */
final class StreetNames {

    /** Nothing else is called so. */
    private static final Set<String> PLAIN = Set.of("street", "road", "avenue", "lane", "boulevard", "terrace", "crescent", "mews", "gardens", "parkway");

    /** Other things are called so, too: only with capitals, or behind a number. */
    private static final Set<String> OTHERS = Set.of("rise", "grove", "court", "close", "way", "drive", "place", "square", "row", "walk", "hill", "green", "quay", "wharf", "parade", "house", "view", "park", "trail", "pike", "loop");

    private static final Set<String> NOT_NAMES = Set.of(
            "the", "a", "an", "this", "that", "my", "your", "our", "his", "her", "their", "of", "on", "in", "at", "to", "from", "and", "or", "is", "it", "by", "other", "same", "which", "what", "every", "each",
            "street", "no", "not", "high", "main", "i", "you", "we", "they", "was", "for", "with", "down", "up", "across", "along", "off", "some", "any");

    private static final int NAMES = 3;

    private StreetNames() {}

    static List<ValueSpan> in(String text, List<Words.Word> words) {
        var found = new ArrayList<ValueSpan>();
        for (int i = 1; i < words.size(); i++) {
            String norm = words.get(i).norm();
            boolean plain = PLAIN.contains(norm);
            if (plain || OTHERS.contains(norm)) {
                ValueSpan span = before(text, words, i, plain);
                if (span != null) {
                    found.add(span);
                }
            }
        }
        return found;
    }

    private static ValueSpan before(String text, List<Words.Word> words, int type, boolean plain) {
        int first = type;
        boolean capitals = capital(text, words.get(type));
        while (first > 0 && type - first < NAMES && space(text, words, first - 1, first) && name(words.get(first - 1)) && (!capitals || capital(text, words.get(first - 1)))) {
            first--;
        }
        if (first == type) {
            return null;
        }
        int number = number(text, words, first);
        // “seventeen orchard rise”, as a recogniser without capitals writes it
        if (!capitals && (number < 0 || type - first > 2)) {
            return null;
        }
        int start = number >= 0 ? number : first;
        int dwelling = dwelling(text, words, start);
        start = dwelling >= 0 ? dwelling : start;
        if (number < 0 && dwelling < 0 && !(plain && capitals)) {
            return null;
        }
        int from = words.get(start).start();
        int to = words.get(type).end();
        return new ValueSpan(ValueSpan.Type.ADDRESS, text.substring(from, to).replace('\n', ' '), from, to, number >= 0 || dwelling >= 0);
    }

    /** Where a house’s number before a name begins, or -1. */
    private static int number(String text, List<Words.Word> words, int first) {
        if (first == 0 || !space(text, words, first - 1, first)) {
            return -1;
        }
        String norm = words.get(first - 1).norm();
        if (Character.isDigit(norm.charAt(0)) && norm.length() <= 6) {
            return first - 1;
        }
        for (int from = Math.max(0, first - 4); from < first; from++) {
            Numerals.Found found = Numerals.at(text, words, from);
            if (found != null && found.end() == first && found.value() > 1) {
                return from;
            }
        }
        return -1;
    }

    /** Where “flat 9” before a street or house begins, or -1. */
    private static int dwelling(String text, List<Words.Word> words, int first) {
        boolean two = first >= 2 && Streets.DWELLINGS.contains(words.get(first - 2).norm()) && (Character.isDigit(words.get(first - 1).norm().charAt(0)) || words.get(first - 1).norm().length() <= 2 || Numerals.value(words.get(first - 1).norm()) > 0);
        String gap = two ? text.substring(words.get(first - 1).end(), words.get(first).start()).strip() : "-";
        return gap.isEmpty() || gap.equals(",") ? first - 2 : -1;
    }

    private static boolean name(Words.Word word) {
        return !NOT_NAMES.contains(word.norm()) && Character.isLetter(word.norm().charAt(0)) && word.norm().length() > 1 && Numerals.value(word.norm()) < 0 && !Streets.DWELLINGS.contains(word.norm());
    }

    private static boolean capital(String text, Words.Word word) {
        return Character.isUpperCase(text.charAt(word.start()));
    }

    private static boolean space(String text, List<Words.Word> words, int before, int after) {
        int from = words.get(before).end();
        return words.get(after).start() == from + 1 && text.charAt(from) == ' ';
    }
}
