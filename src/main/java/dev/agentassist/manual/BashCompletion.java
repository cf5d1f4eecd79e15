package dev.agentassist.manual;

import java.util.ArrayList;
import java.util.List;

/** Writes the completion of bash (3.2 and later, with or without the bash-completion package). */
public final class BashCompletion {

    private BashCompletion() {}

    public static String write(Manual manual) {
        var commands = new StringBuilder();
        var values = new StringBuilder();
        for (Page page : manual.pages()) {
            command(commands, manual, page);
            page.options().forEach(o -> value(values, manual.path(page) + " ", o));
        }
        var globals = new StringBuilder();
        manual.pages().getFirst().globals().forEach(o -> value(globals, "", o));
        return Templates.read("completion.bash")
                .replace("@COMMANDS@\n", commands)
                .replace("@VALUES@\n", values)
                .replace("@GLOBALS@\n", globals)
                .replace("@WITH_VALUE@", String.join(" ", manual.optionsWithValue()));
    }

    private static void command(StringBuilder out, Manual manual, Page page) {
        var options = new ArrayList<String>();
        page.options().forEach(o -> options.addAll(o.names()));
        page.globals().forEach(o -> options.addAll(o.names()));
        List<String> parameters = page.parameters().stream()
                .map(p -> quote((p.repeated() ? "*" : "") + kind(p.kind(), p.words())))
                .toList();
        out.append("        ").append(quote(manual.path(page))).append(")\n");
        out.append("            commands=").append(quote(String.join(" ", page.commands().stream().map(Page.Subcommand::name).toList()))).append('\n');
        out.append("            options=").append(quote(String.join(" ", options))).append('\n');
        out.append("            parameters=(").append(String.join(" ", parameters)).append(")\n");
        out.append("            ;;\n");
    }

    private static void value(StringBuilder out, String prefix, Page.Option option) {
        if (option.label() != null) {
            out.append("        ").append(quote(prefix + option.longest())).append(") kind=").append(quote(kind(option.kind(), option.words()))).append(" ;;\n");
        }
    }

    private static String kind(Page.Kind kind, List<String> words) {
        if (!words.isEmpty()) {
            return "words " + String.join(" ", words);
        }
        return Templates.kind(kind);
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
