package dev.agentassist.manual;

import java.util.List;

/** Writes the completion of zsh, on its own {@code _arguments}. */
public final class ZshCompletion {

    private ZshCompletion() {}

    public static String write(Manual manual) {
        var out = new StringBuilder();
        for (Page page : manual.pages()) {
            function(out, manual, page);
        }
        return Templates.read("completion.zsh").replace("@FUNCTIONS@\n", out);
    }

    private static void function(StringBuilder out, Manual manual, Page page) {
        String name = functionName(page);
        out.append(name).append("() {\n");
        if (!page.commands().isEmpty()) {
            out.append("    local curcontext=\"$curcontext\" state line ret=1\n    typeset -A opt_args\n");
        }
        out.append("    _arguments ").append(page.commands().isEmpty() ? "-s -S" : "-C").append(" \\\n");
        page.options().forEach(o -> option(out, o));
        page.globals().forEach(o -> option(out, o));
        if (page.commands().isEmpty()) {
            for (int i = 0; i < page.parameters().size(); i++) {
                Page.Parameter p = page.parameters().get(i);
                String place = p.repeated() ? "*" : Integer.toString(i + 1);
                String optional = p.required() || p.repeated() ? ":" : "::";
                out.append("        ").append(quote(place + optional + escape(p.label()) + ":" + action(p.kind(), p.words()))).append(" \\\n");
            }
            out.append("        && return 0\n    return 1\n}\n\n");
            return;
        }
        out.append("        '1:command:").append(name).append("_commands' \\\n        '*:::command:->command' && ret=0\n");
        // _arguments takes the first word for the command itself.
        out.append("    if [[ $state == command ]]; then\n        words=($line[1] \"${words[@]}\")\n        (( CURRENT += 1 ))\n        case $line[1] in\n");
        for (Page.Subcommand sub : page.commands()) {
            out.append("            ").append(sub.name()).append(") ").append(name).append("_").append(sub.name()).append(" && ret=0 ;;\n");
        }
        out.append("        esac\n    fi\n    return ret\n}\n\n");
        out.append(name).append("_commands() {\n    local -a commands=(\n");
        for (Page.Subcommand sub : page.commands()) {
            out.append("        ").append(quote(sub.name() + ":" + sub.summary().replace("\\", "\\\\").replace(":", "\\:"))).append('\n');
        }
        out.append("    )\n    _describe -t commands command commands\n}\n\n");
    }

    private static String functionName(Page page) {
        return "_" + page.name().replace(' ', '_');
    }

    private static void option(StringBuilder out, Page.Option option) {
        String alone = option.names().size() > 1 ? "(" + String.join(" ", option.names()) + ")" : "";
        for (String name : option.names()) {
            String value = option.label() == null ? "" : ":" + escape(option.label()) + ":" + action(option.kind(), option.words());
            String spec = alone + name + (option.label() != null && name.startsWith("--") ? "=" : "") + "[" + escape(option.text()) + "]" + value;
            out.append("        ").append(quote(spec)).append(" \\\n");
        }
    }

    private static String action(Page.Kind kind, List<String> words) {
        if (!words.isEmpty()) {
            return "(" + String.join(" ", words.stream().map(ZshCompletion::escape).toList()) + ")";
        }
        if (kind == Page.Kind.FILE) {
            return "_files";
        }
        return Templates.live(kind) ? " _assist_live " + Templates.kind(kind) : " ";
    }

    private static String escape(String text) {
        return text.replaceAll("([\\\\:\\[\\]])", "\\\\$1");
    }

    private static String quote(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
