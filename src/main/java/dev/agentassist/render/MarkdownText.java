package dev.agentassist.render;

import dev.agentassist.terminal.Terminal;
import java.util.ArrayList;
import java.util.List;

/**
 * Lays out Markdown in lines of {@value #WIDTH} columns, from pieces that are ours and pieces that somebody said. What
 * was said cannot become markup: no emphasis, link, image, HTML, heading, list, table, code block or autolink.
 */
final class MarkdownText {

    static final int WIDTH = 80;

    private final StringBuilder out = new StringBuilder();

    /** The pieces of one paragraph or list item. */
    static final class Line {
        private final List<String> words = new ArrayList<>();
        private boolean glue;

        /** Markup of ours, taken as it is. */
        Line own(String markup) {
            for (String word : markup.split(" ")) {
                if (!word.isEmpty()) {
                    add(word);
                }
            }
            return this;
        }

        /** Text of whatever origin, made harmless. */
        Line text(String text) {
            String safe = Terminal.printable(text);
            for (int from = 0; from < safe.length(); ) {
                int end = from;
                while (end < safe.length() && !blank(safe.charAt(end))) {
                    end++;
                }
                if (end > from) {
                    add(escape(safe.substring(from, end)));
                }
                from = end + 1;
            }
            return this;
        }

        private static boolean blank(char c) {
            return c == ' ' || c >= '\t' && c <= '\r' || c >= 0x80 && (c == '\u0085' || c == '\u00a0' || c == '\u2028' || c == '\u2029');
        }

        /** What comes next stands right behind what came last. */
        Line glued() {
            glue = true;
            return this;
        }

        private void add(String word) {
            if (glue && !words.isEmpty()) {
                words.set(words.size() - 1, words.getLast() + word);
            } else {
                words.add(word);
            }
            glue = false;
        }

        boolean isEmpty() {
            return words.isEmpty();
        }
    }

    static Line line() {
        return new Line();
    }

    MarkdownText heading(String marks, Line line) {
        gap();
        // A heading is one line, however long.
        out.append(marks).append(' ').append(String.join(" ", line.words)).append('\n');
        return this;
    }

    MarkdownText paragraph(Line line) {
        gap();
        wrap(line, "", "");
        return this;
    }

    /** An item of a list; the first one of a list follows a blank line. */
    MarkdownText item(String bullet, Line line, boolean first) {
        if (first) {
            gap();
        }
        wrap(line, bullet + " ", " ".repeat(bullet.length() + 1));
        return this;
    }

    MarkdownText quote(Line line) {
        gap();
        wrap(line, "> ", "> ");
        return this;
    }

    private void gap() {
        if (!out.isEmpty()) {
            out.append('\n');
        }
    }

    private void wrap(Line line, String first, String hanging) {
        out.append(first);
        int width = columns(first);
        boolean starts = true;
        for (String word : line.words) {
            int wide = columns(word);
            if (!starts && width + 1 + wide > WIDTH) {
                out.append('\n').append(hanging);
                width = columns(hanging);
                starts = true;
            }
            String shown = starts ? atLineStart(word) : word;
            if (!starts) {
                out.append(' ');
            }
            out.append(shown);
            width += (starts ? 0 : 1) + wide + shown.length() - word.length();
            starts = false;
        }
        out.append('\n');
    }

    private static int columns(String text) {
        return text.codePointCount(0, text.length());
    }

    /** A word that would begin a block is kept from it. */
    private static String atLineStart(String word) {
        char c = word.charAt(0);
        if ("#+-=>:".indexOf(c) >= 0) {
            return "\\" + word;
        }
        int digits = 0;
        while (digits < word.length() && word.charAt(digits) >= '0' && word.charAt(digits) <= '9') {
            digits++;
        }
        boolean numbers = digits > 0 && digits < word.length() && (word.charAt(digits) == '.' || word.charAt(digits) == ')');
        return numbers ? word.substring(0, digits) + "\\" + word.substring(digits) : word;
    }

    /** One word, without white space. */
    static String escape(String word) {
        int start = 0;
        int end = word.length();
        while (start < end && "“\"'(‘".indexOf(word.charAt(start)) >= 0) {
            start++;
        }
        while (end > start && "”\"'),.;:!?’…".indexOf(word.charAt(end - 1)) >= 0) {
            end--;
        }
        String core = word.substring(start, end);
        return linked(core)
                ? escaped(word.substring(0, start)) + code(core) + escaped(word.substring(end))
                : escaped(word);
    }

    /** Whether some reader of Markdown would make a link or a mention of it without being told to. */
    private static boolean linked(String word) {
        if (word.indexOf('@') >= 0 || word.contains("://") || word.regionMatches(true, 0, "www.", 0, 4)
                || word.regionMatches(true, 0, "mailto:", 0, 7) || word.regionMatches(true, 0, "xmpp:", 0, 5)) {
            return true;
        }
        int dot = word.lastIndexOf('.');
        int before = dot - 1;
        int after = dot + 1;
        while (after < word.length() && Character.isLetter(word.charAt(after))) {
            after++;
        }
        return dot > 0 && after - dot > 2 && Character.isLetterOrDigit(word.charAt(before));
    }

    /** As a code span, which is taken literally everywhere. */
    private static String code(String word) {
        int longest = 0;
        int run = 0;
        for (int i = 0; i < word.length(); i++) {
            run = word.charAt(i) == '`' ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        String fence = "`".repeat(longest + 1);
        boolean edge = word.startsWith("`") || word.endsWith("`");
        return edge ? fence + " " + word + " " + fence : fence + word + fence;
    }

    private static String escaped(String text) {
        StringBuilder safe = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean active = "\\`*[]<|~".indexOf(c) >= 0
                    || c == '_' && !(inside(text, i - 1) && inside(text, i + 1))
                    || c == '&' && i + 1 < text.length() && (Character.isLetter(text.charAt(i + 1)) || text.charAt(i + 1) == '#')
                    || c == '!' && i + 1 < text.length() && text.charAt(i + 1) == '[';
            if (active && safe == null) {
                safe = new StringBuilder(text.length() + 8).append(text, 0, i);
            }
            if (safe != null) {
                if (active) {
                    safe.append('\\');
                }
                safe.append(c);
            }
        }
        return safe == null ? text : safe.toString();
    }

    private static boolean inside(String text, int i) {
        return i >= 0 && i < text.length() && Character.isLetterOrDigit(text.charAt(i));
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
