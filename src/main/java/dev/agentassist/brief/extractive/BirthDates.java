package dev.agentassist.brief.extractive;

import dev.agentassist.brief.text.Numerals;
import dev.agentassist.brief.text.Words;
import java.util.List;

/** Reads a birthday that was said as three numbers, where one was asked for: “eleven twenty two fifty eight”. */
final class BirthDates {

    private BirthDates() {}

    /** Puts it in place of what else those numbers look like. */
    static void in(List<Said> asked, List<Said> answer, List<ValueSpan> spans) {
        if (asked.isEmpty() || answer.isEmpty() || asked.getFirst().caller() || !answer.getFirst().caller() || !asks(asked)) {
            return;
        }
        for (Said said : answer) {
            ValueSpan date = date(said);
            if (date != null) {
                spans.removeIf(s -> s.overlaps(date));
                spans.add(date);
                spans.sort((a, b) -> Integer.compare(a.start(), b.start()));
                return;
            }
        }
    }

    private static boolean asks(List<Said> asked) {
        for (Said said : asked) {
            for (Lexicon.Hit hit : said.hits()) {
                if (hit.cue() == Cue.KEY && hit.argument().equals("Date of birth")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static ValueSpan date(Said said) {
        List<Words.Word> words = said.words();
        String text = said.turn().text();
        for (int i = 0; i < words.size(); i++) {
            int[] a = part(text, words, i);
            int[] b = a == null ? null : part(text, words, a[1]);
            int[] c = b == null ? null : part(text, words, b[1]);
            boolean end = c != null && (c[1] == words.size() || part(text, words, c[1]) == null);
            if (end && a[0] >= 1 && b[0] >= 1 && Math.min(a[0], b[0]) <= 12 && Math.max(a[0], b[0]) <= 31 && (c[0] >= 10 && c[0] < 100 || c[0] >= 1900 && c[0] < 2100)) {
                int from = words.get(i).start();
                int to = words.get(c[1] - 1).end();
                return new ValueSpan(ValueSpan.Type.DATE, a[0] + "/" + b[0] + "/" + c[0], from, to, true);
            }
        }
        return null;
    }

    /** A number and the word behind it, or null. */
    private static int[] part(String text, List<Words.Word> words, int i) {
        if (i >= words.size()) {
            return null;
        }
        String norm = words.get(i).norm();
        if (Character.isDigit(norm.charAt(0))) {
            return norm.length() <= 4 && norm.chars().allMatch(Character::isDigit) ? new int[] {Integer.parseInt(norm), i + 1} : null;
        }
        Numerals.Found found = Numerals.value(norm) < 0 ? null : Numerals.at(text, words, i);
        return found == null || found.value() > 2100 ? null : new int[] {(int) found.value(), found.end()};
    }
}
