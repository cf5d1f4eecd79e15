package dev.agentassist.brief.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts a turn into sentences. */
public final class Sentences {

    /** A piece of a text, without the white space around it. */
    public record Span(int start, int end) {
        public String of(String text) {
            return text.substring(start, end);
        }
    }

    private static final List<String> MONTHS = List.of(
            "januar", "februar", "marz", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "dezember");

    /** A full stop behind these does not end a sentence. */
    private static final Set<String> ABBREVIATIONS = Set.of(
            "mr", "mrs", "ms", "dr", "st", "ave", "no", "vs", "e.g", "i.e", "a.m", "p.m", "apt", "ext", "approx", "sr",
            "sra", "srta", "ud", "uds", "bzw", "z.b", "nr", "str", "ca", "inc", "ltd", "jr", "prof");

    private Sentences() {}

    public static List<Span> of(String text) {
        var spans = new ArrayList<Span>();
        int start = 0;
        for (int i = 0; i < text.length(); i++) {
            if (!ends(text, i)) {
                continue;
            }
            int end = i + 1;
            while (end < text.length() && closing(text.charAt(end))) {
                end++;
            }
            add(spans, text, start, end);
            start = end;
            i = end - 1;
        }
        add(spans, text, start, text.length());
        return spans;
    }

    private static boolean ends(String text, int i) {
        char c = text.charAt(i);
        if (c == '\n' || c == '。' || c == '！' || c == '？' || c == '।') {
            return true;
        }
        if (c != '.' && c != '!' && c != '?' && c != '…') {
            return false;
        }
        int next = i + 1;
        while (next < text.length() && closing(text.charAt(next))) {
            next++;
        }
        if (next < text.length() && !Character.isWhitespace(text.charAt(next))) {
            return false;
        }
        return c != '.' || !abbreviated(text, i);
    }

    private static boolean closing(char c) {
        return c == '.' || c == '!' || c == '?' || c == '…' || c == '"' || c == '”' || c == '’' || c == ')' || c == '»';
    }

    private static boolean abbreviated(String text, int dot) {
        int from = dot;
        while (from > 0 && !Character.isWhitespace(text.charAt(from - 1))) {
            from--;
        }
        String word = Words.fold(text.substring(from, dot));
        // A letter and a full stop are an initial, or a letter that is spelled.
        boolean initial = word.length() == 1 && Character.isLetter(word.charAt(0)) && !word.equals("i");
        boolean ordinal = word.length() <= 2 && !word.isEmpty() && word.chars().allMatch(Character::isDigit) && month(text, dot + 1);
        return dot + 1 < text.length() && (initial || ordinal || ABBREVIATIONS.contains(word) && continues(text, dot + 1));
    }

    /** “31. Dezember” */
    private static boolean month(String text, int from) {
        String next = Words.fold(text.substring(from).strip());
        return MONTHS.stream().anyMatch(next::startsWith);
    }

    private static boolean continues(String text, int from) {
        int i = from;
        while (i < text.length() && Character.isWhitespace(text.charAt(i))) {
            i++;
        }
        if (i == text.length()) {
            return false;
        }
        int end = i;
        while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
            end++;
        }
        // “at 5 p.m. I will …” goes on with a new sentence, “Dr. Chen” and “No. 5” do not.
        String next = text.substring(i, end);
        return !Set.of("I", "The", "We", "You", "It", "Is", "Can", "Do", "And", "But", "So").contains(next);
    }

    private static void add(List<Span> spans, String text, int from, int to) {
        int start = from;
        int end = to;
        while (start < end && Character.isWhitespace(text.charAt(start))) {
            start++;
        }
        while (end > start && Character.isWhitespace(text.charAt(end - 1))) {
            end--;
        }
        if (start < end) {
            spans.add(new Span(start, end));
        }
    }
}
