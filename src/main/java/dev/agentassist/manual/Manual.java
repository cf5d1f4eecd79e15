package dev.agentassist.manual;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The whole manual.
 *
 * @param pages the program's own first, then each command's, a group before its commands
 * @param environment variables and what they do
 * @param files and what they hold
 */
public record Manual(List<Page> pages, List<Page.Exit> exits, List<Row> environment, List<Row> files) {

    /** A name and what it is. */
    public record Row(String name, String text) {}

    /** The program's name. */
    public String program() {
        return pages.getFirst().name();
    }

    /** A page's name without the program's: empty for the program itself, {@code conversations list}. */
    String path(Page page) {
        return page.name().equals(program()) ? "" : page.name().substring(program().length() + 1);
    }

    /** Every option anywhere that is followed by its value. */
    Set<String> optionsWithValue() {
        var names = new TreeSet<String>();
        for (Page page : pages) {
            page.options().stream().filter(o -> o.label() != null).forEach(o -> names.addAll(o.names()));
            page.globals().stream().filter(o -> o.label() != null).forEach(o -> names.addAll(o.names()));
        }
        return names;
    }
}
