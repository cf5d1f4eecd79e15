package dev.agentassist.manual;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** Writes a page as the help on a terminal. */
public final class HelpText {

    /** No wider than can be read, however wide the terminal is. */
    private static final int WIDEST = 100;

    private static final int NARROWEST = 50;

    /** Terms longer than this have their text below them. */
    private static final int WIDEST_COLUMN = 28;

    private final int width;
    private final UnaryOperator<String> heading;
    private final UnaryOperator<String> term;

    /**
     * @param width columns of the terminal
     * @param heading how a heading is painted
     * @param term how what is typed is painted
     */
    public HelpText(int width, UnaryOperator<String> heading, UnaryOperator<String> term) {
        this.width = Math.clamp(width, NARROWEST, WIDEST);
        this.heading = heading;
        this.term = term;
    }

    public String write(Page page, List<Page.Exit> exits) {
        var out = new StringBuilder();
        for (String paragraph : page.paragraphs()) {
            Wrap.lines(paragraph, width).forEach(line -> out.append(line).append('\n'));
            out.append('\n');
        }
        out.append(heading.apply("Usage:")).append(' ').append(page.synopsis()).append('\n');
        if (!page.parameters().isEmpty()) {
            out.append('\n');
            rows(out, page.parameters().stream().map(p -> new Row(p.label(), p.text())).toList());
        }
        section(out, "Commands", page.commands().stream().map(c -> new Row(c.name(), c.summary())).toList());
        section(out, "Options", options(page.options()));
        section(out, "Settings and output", options(page.globals()));
        if (!page.examples().isEmpty()) {
            out.append('\n').append(heading.apply("Examples:")).append('\n');
            for (Page.Example example : page.examples()) {
                Wrap.lines(example.does() + ":", width - 2).forEach(l -> out.append("  ").append(l).append('\n'));
                out.append("    ").append(term.apply(example.line())).append('\n');
            }
        }
        out.append('\n').append(heading.apply("Exit codes:")).append('\n');
        for (Page.Exit exit : exits) {
            String code = Integer.toString(exit.code());
            Wrap.row(out, code, code, 7, exit.meaning(), width);
        }
        return out.toString();
    }

    private record Row(String term, String text) {}

    private static List<Row> options(List<Page.Option> options) {
        var rows = new ArrayList<Row>();
        for (Page.Option option : options) {
            // Long options line up behind the few short ones.
            String synopsis = option.names().size() == 1 ? "    " + option.synopsis() : option.synopsis();
            rows.add(new Row(synopsis, option.text()));
        }
        return rows;
    }

    private void section(StringBuilder out, String title, List<Row> rows) {
        if (!rows.isEmpty()) {
            out.append('\n').append(heading.apply(title + ":")).append('\n');
            rows(out, rows);
        }
    }

    private void rows(StringBuilder out, List<Row> rows) {
        int longest = rows.stream().mapToInt(r -> r.term.length()).filter(l -> l + 4 <= WIDEST_COLUMN).max().orElse(8);
        rows.forEach(r -> Wrap.row(out, r.term, term.apply(r.term), longest + 4, r.text, width));
    }
}
