package dev.agentassist.cli;

import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * One subcommand: it declares its options, parses them, calls one use case and hands the result to a renderer. Declared
 * by picocli's programmatic model, because annotations are read by reflection at every start.
 */
abstract class Command {

    /** A command line for the help, and what it does. Every one of them runs in a test. */
    record Example(String line, String does) {}

    /** As it is typed. */
    abstract String name();

    /** One line for the list of commands, without a full stop. */
    abstract String summary();

    /** Paragraphs for this command's own help. */
    List<String> description() {
        return List.of(summary() + ".");
    }

    List<Example> examples() {
        return List.of();
    }

    /** Whether an error may repeat a word that was typed; not where it may be a secret. */
    boolean repeatsWords() {
        return true;
    }

    /** Its subcommands; a command that has any is only a group, unless it {@link #runs}. */
    List<Command> subcommands() {
        return List.of();
    }

    /** Whether it does something by itself. */
    boolean runs() {
        return subcommands().isEmpty();
    }

    /** Adds options and parameters; the global ones are there already. */
    void define(CommandSpec spec) {}

    /** Whether the default format is JSON, so that errors are JSON too. */
    boolean jsonByDefault() {
        return false;
    }

    /** Does it. Returns an {@link ExitCode}; a {@link dev.agentassist.problem.Failure} is told and mapped elsewhere. */
    int run(Invocation in) throws Exception {
        throw new UnsupportedOperationException(name());
    }

    static OptionSpec flag(String name, String description) {
        return OptionSpec.builder(name).type(boolean.class).arity("0").description(description).build();
    }

    static OptionSpec option(String name, String label, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .arity("1")
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** An option with a documented default; {@link Invocation#value} returns it when the option is not given. */
    static OptionSpec option(String name, String label, String fallback, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .arity("1")
                .paramLabel(label)
                .defaultValue(fallback)
                .description(description + " (default: " + fallback + ")")
                .build();
    }

    /** An option that takes one of a few words; the first is the default. */
    static OptionSpec choice(String name, List<String> words, String description) {
        return OptionSpec.builder(name)
                .type(String.class)
                .arity("1")
                .paramLabel(String.join("|", words))
                .completionCandidates(words)
                .defaultValue(words.getFirst())
                .description(description + " (default: " + words.getFirst() + ")")
                .build();
    }

    static PositionalParamSpec parameter(String label, String arity, String description) {
        return PositionalParamSpec.builder()
                .type(arity.contains("*") ? String[].class : String.class)
                .index(arity.contains("*") ? "0..*" : "0")
                .arity(arity)
                .required(!arity.startsWith("0"))
                .paramLabel(label)
                .description(description)
                .build();
    }

    /** The target, described once for all commands. */
    static PositionalParamSpec target() {
        return target("1");
    }

    /** {@code arity} is {@code 0..1} where something else can stand for it. */
    static PositionalParamSpec target(String arity) {
        return parameter(
                "TARGET",
                arity,
                "A caller's number (+14155550132, or tel:… in any spelling of --region), a LiveKit room (room:NAME),"
                        + " or a conversation's id.");
    }
}
