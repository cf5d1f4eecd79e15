package dev.agentassist.manual;

import java.util.List;

/** Writes the completion of fish (3.1 and later). */
public final class FishCompletion {

    private FishCompletion() {}

    public static String write(Manual manual) {
        var out = new StringBuilder();
        manual.pages().getFirst().globals().forEach(o -> option(out, "", o));
        for (Page page : manual.pages()) {
            String here = " -n " + quote("__assist_at " + quote(manual.path(page)));
            for (Page.Subcommand sub : page.commands()) {
                out.append("complete -c assist").append(here).append(" -a ").append(quote(sub.name())).append(" -d ").append(quote(sub.summary())).append('\n');
            }
            page.options().forEach(o -> option(out, here, o));
            for (int i = 0; i < page.parameters().size(); i++) {
                Page.Parameter p = page.parameters().get(i);
                String place = quote(manual.path(page)) + " " + (p.repeated() ? i + " -" : Integer.toString(i));
                parameter(out, " -n " + quote("__assist_parameter " + place), p);
            }
        }
        return Templates.read("completion.fish")
                .replace("@WITH_VALUE@", String.join(" ", manual.optionsWithValue()))
                .replace("@COMMANDS@", quotes(manual.pages().stream().map(manual::path).filter(p -> !p.isEmpty()).toList()))
                .replace("@COMPLETIONS@\n", out);
    }

    private static void parameter(StringBuilder out, String here, Page.Parameter p) {
        if (p.kind() == Page.Kind.FILE) {
            out.append("complete -c assist").append(here).append(" -F\n");
        } else if (!p.words().isEmpty()) {
            out.append("complete -c assist").append(here).append(" -a ").append(quote(String.join(" ", p.words()))).append('\n');
        } else if (Templates.live(p.kind())) {
            out.append("complete -c assist").append(here).append(" -k -a ").append(quote("(__assist_live " + Templates.kind(p.kind()) + ")")).append('\n');
        }
    }

    private static void option(StringBuilder out, String here, Page.Option option) {
        out.append("complete -c assist").append(here);
        for (String name : option.names()) {
            out.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        if (option.label() != null) {
            if (!option.words().isEmpty()) {
                out.append(" -x -a ").append(quote(String.join(" ", option.words())));
            } else if (option.kind() == Page.Kind.FILE) {
                out.append(" -r -F");
            } else if (Templates.live(option.kind())) {
                out.append(" -x -a ").append(quote("(__assist_live " + Templates.kind(option.kind()) + ")"));
            } else {
                out.append(" -x");
            }
        }
        out.append(" -d ").append(quote(option.text())).append('\n');
    }

    private static String quotes(List<String> words) {
        return String.join(" ", words.stream().map(FishCompletion::quote).toList());
    }

    private static String quote(String text) {
        return "'" + text.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
