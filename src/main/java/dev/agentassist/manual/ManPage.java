package dev.agentassist.manual;

import java.util.List;

/**
 * Writes a page in the {@code man} macros (man(7)). ASCII only: other characters are escaped by their code point, so that a
 * page looks the same in every locale.
 */
public final class ManPage {

    private ManPage() {}

    /** {@code assist-conversations-list.1}. */
    public static String fileName(Page page) {
        return title(page) + ".1";
    }

    private static String title(Page page) {
        return page.name().replace(' ', '-');
    }

    public static String write(Manual manual, Page page) {
        var out = new StringBuilder();
        out.append(".\\\" Generated from the command model; do not edit.\n");
        // Without a date: it would say when somebody built the program, not when the page changed.
        out.append(".TH ").append(code(title(page).toUpperCase(java.util.Locale.ROOT))).append(" 1 \"\" \"Agent Assist\" \"Agent Assist\"\n");
        // Neither hyphenated nor justified: commands and options are looked for and copied.
        out.append(".nh\n.ad l\n");
        section(out, "NAME");
        out.append(code(title(page))).append(" \\- ").append(text(page.summary())).append('\n');
        section(out, "SYNOPSIS");
        out.append(".B ").append(code(page.name())).append('\n');
        out.append(code(page.synopsis().substring(page.name().length()).strip())).append('\n');
        section(out, "DESCRIPTION");
        boolean first = true;
        for (String paragraph : page.paragraphs()) {
            out.append(first ? "" : ".PP\n").append(line(paragraph));
            first = false;
        }
        if (!page.parameters().isEmpty()) {
            section(out, "ARGUMENTS");
            page.parameters().forEach(p -> row(out, p.label(), p.text()));
        }
        if (!page.commands().isEmpty()) {
            section(out, "COMMANDS");
            page.commands().forEach(c -> row(out, c.name(), c.summary() + ". See " + title(page) + "-" + c.name() + "(1)."));
        }
        options(out, "OPTIONS", page.options());
        options(out, "SETTINGS AND OUTPUT", page.globals());
        section(out, "EXIT STATUS");
        manual.exits().forEach(e -> row(out, Integer.toString(e.code()), e.meaning()));
        section(out, "ENVIRONMENT");
        manual.environment().forEach(r -> row(out, r.name(), r.text()));
        section(out, "FILES");
        manual.files().forEach(r -> row(out, r.name(), r.text()));
        examples(out, page);
        seeAlso(out, manual, page);
        return out.toString();
    }

    private static void options(StringBuilder out, String title, List<Page.Option> options) {
        if (!options.isEmpty()) {
            section(out, title);
            options.forEach(o -> row(out, o.synopsis(), o.text()));
        }
    }

    private static void examples(StringBuilder out, Page page) {
        if (page.examples().isEmpty()) {
            return;
        }
        section(out, "EXAMPLES");
        boolean first = true;
        for (Page.Example example : page.examples()) {
            out.append(first ? "" : ".PP\n").append(line(example.does() + ":"));
            out.append(".PP\n.RS 4\n.nf\n").append(guarded(code(example.line()))).append("\n.fi\n.RE\n");
            first = false;
        }
    }

    /** The group above, and the neighbours. */
    private static void seeAlso(StringBuilder out, Manual manual, Page page) {
        String parent = page.name().contains(" ") ? page.name().substring(0, page.name().lastIndexOf(' ')) : null;
        var others = manual.pages().stream()
                .filter(p -> !p.name().equals(page.name()))
                .filter(p -> p.name().equals(parent)
                        || parent != null && p.name().startsWith(parent + " ") && p.name().indexOf(' ', parent.length() + 1) < 0
                        || p.name().startsWith(page.name() + " ") && p.name().indexOf(' ', page.name().length() + 1) < 0)
                .toList();
        if (others.isEmpty()) {
            return;
        }
        section(out, "SEE ALSO");
        for (int i = 0; i < others.size(); i++) {
            out.append(".BR ").append(code(title(others.get(i)))).append(" (1)").append(i + 1 < others.size() ? "," : "").append('\n');
        }
    }

    private static void section(StringBuilder out, String title) {
        out.append(".SH ").append(title.contains(" ") ? "\"" + title + "\"" : title).append('\n');
    }

    private static void row(StringBuilder out, String term, String text) {
        out.append(".TP\n.B ").append(code(term)).append('\n').append(line(text));
    }

    /** Short lines, each of them safe to begin with. */
    private static String line(String text) {
        var out = new StringBuilder();
        for (String line : Wrap.lines(text(text), 78)) {
            out.append(guarded(line)).append('\n');
        }
        return out.toString();
    }

    /** A line that begins with . or ' would be a request. */
    private static String guarded(String line) {
        return line.startsWith(".") || line.startsWith("\\(aq") || line.startsWith("'") ? "\\&" + line : line;
    }

    /** Prose: a hyphen stays one between letters, and is a minus where it begins an option. */
    private static String text(String text) {
        return escape(text, false);
    }

    /** What is typed: every hyphen is a minus, so that it can be copied. */
    private static String code(String text) {
        return escape(text, true);
    }

    private static String escape(String text, boolean code) {
        var out = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> out.append("\\e");
                case '-' -> {
                    boolean inWord = !out.isEmpty() && Character.isLetterOrDigit(out.charAt(out.length() - 1));
                    out.append(code || !inWord ? "\\-" : "-");
                }
                case '\'' -> out.append("\\(aq");
                case '`' -> out.append("\\(ga");
                case '^' -> out.append("\\(ha");
                case '~' -> out.append("\\(ti");
                case '"' -> out.append("\\(dq");
                case '\n' -> out.append("\n.br\n");
                default -> {
                    if (c < 0x7f) {
                        out.appendCodePoint(c);
                    } else {
                        out.append(String.format("\\[u%04X]", c));
                    }
                }
            }
        });
        return out.toString();
    }
}
