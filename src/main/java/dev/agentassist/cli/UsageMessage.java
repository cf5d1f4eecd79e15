package dev.agentassist.cli;

import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Words a mistake on the command line in one sentence. */
final class UsageMessage {

    private UsageMessage() {}

    static String of(ParameterException e) {
        return switch (e) {
            case UnmatchedArgumentException unmatched -> unmatched(unmatched);
            case MissingParameterException missing when !missing.getMissing().isEmpty() -> missing.getMissing().stream()
                            .map(a -> a.isOption()
                                    ? ((picocli.CommandLine.Model.OptionSpec) a).longestName()
                                    : a.paramLabel())
                            .reduce((a, b) -> a + " and " + b)
                            .orElse("")
                    + " is missing.";
            default -> {
                String message = e.getMessage().lines().findFirst().orElse("The command line cannot be read");
                yield message.endsWith(".") ? message : message + ".";
            }
        };
    }

    private static String unmatched(UnmatchedArgumentException e) {
        String first = e.getUnmatched().getFirst();
        if (first.startsWith("-")) {
            return "There is no option “" + first + "” here.";
        }
        boolean group = !e.getCommandLine().getSubcommands().isEmpty();
        return group ? "There is no command “" + first + "”." : "“" + first + "” is one argument too many.";
    }
}
