package dev.agentassist.manual;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines. */
public final class Wrap {

    private Wrap() {}

    /** Lines of at most {@code width} characters, broken at blanks; a longer word has a line of its own. */
    public static List<String> lines(String text, int width) {
        var lines = new ArrayList<String>();
        for (String paragraph : text.split("\n", -1)) {
            var line = new StringBuilder();
            for (String word : paragraph.split(" ")) {
                if (!line.isEmpty() && line.length() + 1 + word.length() > width) {
                    lines.add(line.toString());
                    line.setLength(0);
                }
                line.append(line.isEmpty() ? "" : " ").append(word);
            }
            lines.add(line.toString());
        }
        return lines;
    }

    /** A term and what it means beside it, or below where the term is too long for its column. */
    static void row(StringBuilder out, String term, String shownTerm, int column, String text, int width) {
        List<String> lines = lines(text, Math.max(20, width - column));
        int next = 0;
        out.append("  ").append(shownTerm);
        if (term.length() + 4 <= column) {
            out.append(" ".repeat(column - 2 - term.length())).append(lines.getFirst());
            next = 1;
        }
        out.append('\n');
        for (String line : lines.subList(next, lines.size())) {
            out.append(" ".repeat(column)).append(line).append('\n');
        }
    }
}
