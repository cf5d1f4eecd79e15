package dev.agentassist.brief.injection;

import java.util.ArrayList;
import java.util.List;

/**
 * The literal words that regular expressions begin with, so that an expression is tried only where one of its own stands.
 * An expression begins with letters, or with a group {@code (?:one|two …)} of alternatives that do.
 */
final class Heads {

    private static final int LETTERS = 27;

    /**
     * @param text what stands in any text at the place where the pattern matches
     * @param pattern its place in the row of patterns
     */
    record Head(String text, int pattern) {}

    private final List<List<Head>> byFirstTwo = new ArrayList<>();

    Heads(List<String> patterns) {
        for (int i = 0; i < LETTERS * LETTERS; i++) {
            byFirstTwo.add(List.of());
        }
        for (int i = 0; i < patterns.size(); i++) {
            for (String text : of(patterns.get(i))) {
                int slot = slot(text, 0);
                if (byFirstTwo.get(slot).isEmpty()) {
                    byFirstTwo.set(slot, new ArrayList<>());
                }
                byFirstTwo.get(slot).add(new Head(text, i));
            }
        }
    }

    /** Those that may stand at a place. */
    List<Head> at(String text, int from) {
        return byFirstTwo.get(slot(text, from));
    }

    private static int slot(String text, int from) {
        return letter(text, from) * LETTERS + letter(text, from + 1);
    }

    private static int letter(String text, int at) {
        char c = at < text.length() ? text.charAt(at) : ' ';
        return c >= 'a' && c <= 'z' ? c - 'a' + 1 : 0;
    }

    /** @throws IllegalArgumentException when an alternative does not begin with two letters, or a letter and a blank */
    static List<String> of(String pattern) {
        var heads = new ArrayList<String>();
        if (!pattern.startsWith("(?:")) {
            heads.add(head(pattern, false));
            return heads;
        }
        int depth = 0;
        int from = 3;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(' || c == '[') {
                depth++;
            } else if (c == ']' || c == ')') {
                depth--;
            }
            if (c == '|' && depth == 1 || c == ')' && depth == 0) {
                boolean blank = pattern.startsWith(" ", close(pattern) + 1) && !quantified(pattern, close(pattern) + 1);
                heads.add(head(pattern.substring(from, i), blank));
                from = i + 1;
            }
            if (c == ')' && depth == 0) {
                return heads;
            }
        }
        throw new IllegalArgumentException("Not closed: " + pattern);
    }

    private static boolean quantified(String pattern, int at) {
        return at + 1 < pattern.length() && "?*{".indexOf(pattern.charAt(at + 1)) >= 0;
    }

    /** Where the group that a pattern begins with ends. */
    private static int close(String pattern) {
        int depth = 0;
        for (int i = 0; i < pattern.length(); i++) {
            char c = pattern.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '(' || c == '[') {
                depth++;
            } else if ((c == ']' || c == ')') && --depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("Not closed: " + pattern);
    }

    private static String head(String alternative, boolean blank) {
        int end = 0;
        while (end < alternative.length() && (alternative.charAt(end) == ' ' || alternative.charAt(end) >= 'a' && alternative.charAt(end) <= 'z')) {
            end++;
        }
        boolean whole = end == alternative.length();
        if (!whole && "?*{".indexOf(alternative.charAt(end)) >= 0) {
            end--;
        }
        String head = alternative.substring(0, end) + (whole && blank ? " " : "");
        if (head.length() < 2 || head.charAt(0) == ' ') {
            throw new IllegalArgumentException("Begins with no letters of its own: " + alternative);
        }
        return head;
    }
}
