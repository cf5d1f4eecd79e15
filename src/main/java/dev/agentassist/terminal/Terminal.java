package dev.agentassist.terminal;

/** The one place that knows about colour, width and what must not reach a terminal. */
public final class Terminal {

    /** When to use colour. */
    public enum Color {
        AUTO,
        ALWAYS,
        NEVER
    }

    /** What a piece of text is, not how it looks. */
    public enum Style {
        HEADING("1"),
        GOOD("32"),
        WARNING("33"),
        BAD("31"),
        FAINT("2"),
        CALLER("36"),
        AGENT("35"),
        CALL_1("94"),
        CALL_2("92"),
        CALL_3("95"),
        CALL_4("93"),
        CALL_5("96"),
        CALL_6("91");

        private final String code;

        Style(String code) {
            this.code = code;
        }
    }

    private static final int DEFAULT_WIDTH = 80;

    private final Io io;
    private final Color color;
    private final boolean quiet;

    public Terminal(Io io, Color color, boolean quiet) {
        this.io = io;
        this.color = color;
        this.quiet = quiet;
    }

    /** Whether what goes to stdout is coloured. */
    public boolean outColored() {
        return colored(io.outIsTerminal());
    }

    /** Whether what goes to stderr is coloured. */
    public boolean errColored() {
        return colored(io.errIsTerminal());
    }

    private boolean colored(boolean terminal) {
        return switch (color) {
            case ALWAYS -> true;
            case NEVER -> false;
            case AUTO -> terminal && io.variable("NO_COLOR") == null && !dumb();
        };
    }

    private boolean dumb() {
        return "dumb".equals(io.environment().get("TERM"));
    }

    /** Columns to lay out for: {@code COLUMNS} where it is set, else 80. */
    public int width() {
        String columns = io.variable("COLUMNS");
        if (columns != null && columns.matches("\\d{1,4}")) {
            return Math.max(40, Integer.parseInt(columns));
        }
        return DEFAULT_WIDTH;
    }

    /** Text for stdout in a style, plain where there is no colour. */
    public String paint(Style style, String text) {
        return outColored() ? color(style, text) : text;
    }

    private static String color(Style style, String text) {
        return "\u001b[" + style.code + "m" + text + "\u001b[0m";
    }

    /** A sentence on stderr that the user should see; {@code --quiet} drops it. */
    public void note(String sentence) {
        if (!quiet) {
            io.err().println("assist: " + printable(sentence));
        }
    }

    /** A warning on stderr; {@code --quiet} does not drop it. */
    public void warn(String sentence) {
        String text = "assist: " + printable(sentence);
        io.err().println(errColored() ? color(Style.WARNING, text) : text);
    }

    /** An error on stderr with its hint on a second line. */
    public void error(String detail, String hint) {
        String text = "assist: " + printable(detail);
        io.err().println(errColored() ? color(Style.BAD, text) : text);
        if (hint != null) {
            io.err().println("        " + printable(hint));
        }
    }

    /** Whether a question can be asked: somebody reads stderr and can type an answer. */
    public boolean canAsk() {
        return io.inIsTerminal() && io.errIsTerminal();
    }

    /** Asks on stderr; only an answer that begins with y is a yes. */
    public boolean confirm(String question) {
        io.err().print(printable(question) + " [y/N] ");
        io.err().flush();
        try {
            var answer = new StringBuilder();
            for (int c = io.in().read(); c >= 0 && c != '\n'; c = io.in().read()) {
                answer.append((char) c);
            }
            return answer.toString().strip().toLowerCase(java.util.Locale.ROOT).startsWith("y");
        } catch (java.io.IOException e) {
            return false;
        }
    }

    /** Whether progress may be shown: stderr is a terminal that can rewrite a line. */
    public boolean showsProgress() {
        return !quiet && io.errIsTerminal() && !dumb();
    }

    /** Whether a line of stdout can be rewritten. */
    public boolean rewritesOut() {
        return io.outIsTerminal() && !dumb();
    }

    /** Rewrites the progress line; an empty text removes it. */
    public void progress(String text) {
        if (showsProgress()) {
            io.err().print("\r\u001b[K" + clip(printable(text), width() - 1));
            io.err().flush();
        }
    }

    private static String clip(String text, int columns) {
        return text.length() <= columns ? text : text.substring(0, columns - 1) + "…";
    }

    /**
     * Untrusted text made harmless for a terminal: control characters (escape sequences with them) and the marks that
     * reorder what is read become U+FFFD; line feeds and tabs stay.
     */
    public static String printable(String text) {
        StringBuilder clean = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean bad = c < 0x20 && c != '\n' && c != '\t'
                    || c >= 0x7f && c < 0xa0
                    || c >= 0x202a && c <= 0x202e
                    || c >= 0x2066 && c <= 0x2069
                    || c == 0x200e
                    || c == 0x200f
                    || c == 0x061c;
            if (bad && clean == null) {
                clean = new StringBuilder(text.length()).append(text, 0, i);
            }
            if (clean != null) {
                clean.append(bad ? '\ufffd' : c);
            }
        }
        return clean == null ? text : clean.toString();
    }
}
