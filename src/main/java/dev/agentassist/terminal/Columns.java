package dev.agentassist.terminal;

import java.util.ArrayList;
import java.util.List;
import org.jline.utils.WCWidth;

/** Text measured in columns of a terminal: wide characters take two, combining marks none. */
public final class Columns {

    private Columns() {}

    /** Untrusted text on one line: harmless, and nothing in it that takes no place and that terminals measure differently. */
    public static String clean(String text) {
        var clean = new StringBuilder(text.length());
        int marks = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (c == '\n' || c == '\t' || c == 0x2028 || c == 0x2029) {
                clean.append(' ');
            } else if (c >= 0xd800 && c <= 0xdfff) {
                clean.append('\ufffd');
            } else if (Character.getType(c) != Character.FORMAT && !(c >= 0xfe00 && c <= 0xfe0f)) {
                // A heap of combining marks would grow out of its line.
                marks = width(c) == 0 ? marks + 1 : 0;
                if (marks <= 4) {
                    clean.appendCodePoint(c);
                }
            } else if (reorders(c)) {
                clean.append('\ufffd');
            }
        }
        return Terminal.printable(clean.toString());
    }

    private static boolean reorders(int c) {
        return c >= 0x202a && c <= 0x202e || c >= 0x2066 && c <= 0x2069 || c == 0x200e || c == 0x200f || c == 0x061c;
    }

    private static int width(int c) {
        return Math.max(0, WCWidth.wcwidth(c));
    }

    public static int width(String text) {
        return text.codePoints().map(Columns::width).sum();
    }

    /** At most so many columns, with an ellipsis where something was cut off. */
    public static String clip(String text, int columns) {
        if (width(text) <= columns) {
            return text;
        }
        if (columns <= 0) {
            return "";
        }
        var clipped = new StringBuilder();
        int used = 0;
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (used + width(c) > columns - 1) {
                break;
            }
            used += width(c);
            clipped.appendCodePoint(c);
        }
        return clipped.append('…').toString();
    }

    /** Filled up with spaces to a width, or clipped to it. */
    public static String pad(String text, int columns) {
        String clipped = clip(text, columns);
        return clipped + " ".repeat(Math.max(0, columns - width(clipped)));
    }

    /** Broken into lines of at most so many columns, between words where that can be done. Never empty. */
    public static List<String> wrap(String text, int columns) {
        int most = Math.max(2, columns);
        var lines = new ArrayList<String>();
        var line = new StringBuilder();
        int used = 0;
        for (String word : text.strip().split(" +")) {
            int width = width(word);
            if (used > 0 && used + 1 + width > most) {
                lines.add(line.toString());
                line.setLength(0);
                used = 0;
            }
            if (used > 0) {
                line.append(' ');
                used++;
            }
            for (int i = 0; i < word.length(); ) {
                int c = word.codePointAt(i);
                i += Character.charCount(c);
                if (used + width(c) > most) {
                    lines.add(line.toString());
                    line.setLength(0);
                    used = 0;
                }
                line.appendCodePoint(c);
                used += width(c);
            }
        }
        lines.add(line.toString());
        return lines;
    }
}
