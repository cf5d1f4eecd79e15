package dev.agentassist.brief.extractive;

import java.util.ArrayList;
import java.util.List;

/**
 * A cue phrase as a row of words. In the files a word is {@code talk|speak} (one of these), {@code real?} (may be
 * missing), {@code _} (any one word) or {@code *} (up to three words). {@code ^} and {@code $} tie the phrase to the
 * sentence's beginning and end.
 *
 * @param argument the name of a key or flag, or null
 */
record Phrase(Cue cue, String argument, String[][] words, boolean[] optional, boolean fromStart, boolean toEnd) {

    private static final String[] ANY = {"_"};
    private static final String[] GAP = {"*"};
    private static final int LONGEST_GAP = 3;

    static Phrase parse(Cue cue, String argument, String line) {
        boolean fromStart = line.startsWith("^ ");
        boolean toEnd = line.endsWith(" $");
        String[] parts = split(line.substring(fromStart ? 2 : 0, line.length() - (toEnd ? 2 : 0)), ' ').toArray(String[]::new);
        var words = new String[parts.length][];
        var optional = new boolean[parts.length];
        for (int i = 0; i < parts.length; i++) {
            String part = parts[i];
            if (part.length() > 1 && part.endsWith("?")) {
                optional[i] = true;
                part = part.substring(0, part.length() - 1);
            }
            words[i] = part.equals("_") ? ANY : part.equals("*") ? GAP : part.indexOf('|') < 0 ? new String[] {part} : split(part, '|').toArray(String[]::new);
        }
        return new Phrase(cue, argument, words, optional, fromStart, toEnd);
    }

    /** The word, or the words of which one, that a line begins with. */
    static String firstWord(String line) {
        int from = line.startsWith("^ ") ? 2 : 0;
        int end = line.indexOf(' ', from);
        end = end < 0 ? line.length() : end;
        return line.substring(from, end > from + 1 && line.charAt(end - 1) == '?' ? end - 1 : end);
    }

    /** Without regular expressions: thousands of lines are read before a first brief. */
    static List<String> split(String text, char at) {
        var parts = new ArrayList<String>();
        for (int from = 0; from < text.length(); ) {
            int end = text.indexOf(at, from);
            end = end < 0 ? text.length() : end;
            if (end > from) {
                parts.add(text.substring(from, end));
            }
            from = end + 1;
        }
        return parts;
    }

    /** The index behind the match that begins at {@code from}, or -1. */
    int match(String[] norms, int from) {
        return fromStart && from > 0 ? -1 : match(0, norms, from);
    }

    private int match(int at, String[] norms, int i) {
        if (at == words.length) {
            return toEnd && i < norms.length ? -1 : i;
        }
        if (words[at] == GAP) {
            for (int skip = 0; skip <= LONGEST_GAP && i + skip <= norms.length; skip++) {
                int end = match(at + 1, norms, i + skip);
                if (end >= 0) {
                    return end;
                }
            }
            return -1;
        }
        if (i < norms.length && fits(words[at], norms[i])) {
            int end = match(at + 1, norms, i + 1);
            if (end >= 0) {
                return end;
            }
        }
        return optional[at] ? match(at + 1, norms, i) : -1;
    }

    private static boolean fits(String[] alternatives, String norm) {
        if (alternatives == ANY) {
            return true;
        }
        for (String alternative : alternatives) {
            if (alternative.equals(norm)) {
                return true;
            }
        }
        return false;
    }
}
