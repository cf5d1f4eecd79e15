package dev.agentassist.cli;

import dev.agentassist.problem.Closest;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.MaxValuesExceededException;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.OverwrittenOptionException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Words a mistake on the command line in one sentence and what to do about it in another. */
final class UsageMessage {

    private UsageMessage() {}

    static Problem problem(ParameterException e) {
        CommandSpec spec = e.getCommandLine().getCommandSpec();
        String see = "See " + spec.qualifiedName() + " --help.";
        return switch (e) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched.getUnmatched().getFirst(), spec, see);
            case MissingParameterException missing when !missing.getMissing().isEmpty() -> missing(missing, see);
            case OverwrittenOptionException again -> Problem.badInput(name(again.getOverwritten()) + " is given twice.", "Give it once. " + see);
            case MaxValuesExceededException many -> Problem.badInput(sentence(many), see);
            default -> Problem.badInput(sentence(e), see);
        };
    }

    /** A group, or the program, without a command. */
    static Failure commandMissing(CommandSpec spec) {
        return Failure.badInput(
                "“" + spec.qualifiedName() + "” needs a command: " + String.join(", ", names(spec)) + ".",
                "See " + spec.qualifiedName() + " --help.");
    }

    private static List<String> names(CommandSpec spec) {
        return ((Command) spec.userObject())
                .subcommands().stream().map(Command::name).toList();
    }

    private static Problem unmatched(String word, CommandSpec spec, String see) {
        if (word.startsWith("-") && word.length() > 1) {
            String option = word.contains("=") ? word.substring(0, word.indexOf('=')) : word;
            var names = spec.options().stream().flatMap(o -> Arrays.stream(o.names())).toList();
            if (!((Command) spec.userObject()).repeatsWords()) {
                return Problem.badInput("There is an option here that “" + spec.qualifiedName() + "” does not have.", suggestion(option, names) + see);
            }
            boolean group = !names(spec).isEmpty();
            return Problem.badInput(
                    "There is no option “" + option + "”" + (group ? " before the command." : " here."),
                    suggestion(option, names) + see);
        }
        if (!names(spec).isEmpty()) {
            return Problem.badInput("There is no command “" + word + "”.", suggestion(word, names(spec)) + see);
        }
        return Problem.badInput(
                ((Command) spec.userObject()).repeatsWords()
                        ? "“" + word + "” is one argument too many."
                        : "There is an argument too many.",
                see);
    }

    private static String suggestion(String word, List<String> names) {
        Optional<String> closest = Closest.to(word, names);
        return closest.map(n -> "Did you mean " + n + "? ").orElse("");
    }

    private static Problem missing(MissingParameterException e, String see) {
        ArgSpec first = e.getMissing().getFirst();
        if (first instanceof OptionSpec option) {
            // picocli says the same of an option that is required and of one whose value is.
            return Problem.badInput(name(option) + " needs a value (" + option.paramLabel() + ").", see);
        }
        String missing = String.join(" and ", e.getMissing().stream().map(ArgSpec::paramLabel).toList());
        return Problem.badInput(missing + " is missing.", see);
    }

    private static String name(ArgSpec arg) {
        return arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
    }

    private static String sentence(ParameterException e) {
        String message = e.getMessage().lines().findFirst().orElse("The command line cannot be read");
        return message.endsWith(".") ? message : message + ".";
    }
}
