package dev.agentassist.cli;

import dev.agentassist.manual.Page;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/** Reads the pages of the manual off the command model. */
final class Pages {

    private Pages() {}

    static Page of(CommandSpec spec) {
        var command = (Command) spec.userObject();
        Set<String> global = Globals.options().stream().map(OptionSpec::longestName).collect(Collectors.toSet());
        var own = new ArrayList<Page.Option>();
        var globals = new ArrayList<Page.Option>();
        for (OptionSpec option : spec.options()) {
            (global.contains(option.longestName()) ? globals : own).add(option(option));
        }
        return new Page(
                spec.qualifiedName(),
                command.summary(),
                command.description(),
                spec.positionalParameters().stream().filter(p -> !p.hidden()).map(Pages::parameter).toList(),
                own,
                globals,
                command.subcommands().stream()
                        .map(c -> new Page.Subcommand(c.name(), c.summary()))
                        .toList(),
                command.runs(),
                command.examples().stream().map(e -> new Page.Example(e.line(), e.does())).toList());
    }

    /** This command's page and those of all below it, in the order of the help. */
    static List<Page> all(CommandSpec spec) {
        var pages = new ArrayList<Page>();
        pages.add(of(spec));
        spec.subcommands().values().forEach(sub -> pages.addAll(all(sub.getCommandSpec())));
        return pages;
    }

    static List<Page.Exit> exits() {
        return ExitCode.TABLE.stream().map(r -> new Page.Exit(r.code(), r.meaning())).toList();
    }

    private static Page.Option option(OptionSpec option) {
        boolean takesValue = option.arity().max() > 0;
        return new Page.Option(
                Arrays.stream(option.names()).toList(),
                takesValue ? option.paramLabel() : null,
                kind(option),
                words(option),
                text(option));
    }

    private static Page.Parameter parameter(PositionalParamSpec parameter) {
        return new Page.Parameter(
                parameter.paramLabel(),
                parameter.arity().min() > 0,
                parameter.arity().max() > 1,
                kind(parameter),
                words(parameter),
                text(parameter));
    }

    private static String text(ArgSpec arg) {
        return String.join(" ", arg.description());
    }

    private static List<String> words(ArgSpec arg) {
        var words = new ArrayList<String>();
        if (arg.completionCandidates() != null) {
            arg.completionCandidates().forEach(words::add);
        }
        return words;
    }

    /** A label says what stands for it. */
    private static Page.Kind kind(ArgSpec arg) {
        return switch (arg.paramLabel()) {
            case "TARGET" -> Page.Kind.TARGET;
            case "ID" -> arg.isPositional() ? Page.Kind.CONVERSATION : Page.Kind.TEXT;
            case "PROFILE" -> Page.Kind.PROFILE;
            case "FILE", "FILE|-", "PATH" -> Page.Kind.FILE;
            default -> Page.Kind.TEXT;
        };
    }
}
