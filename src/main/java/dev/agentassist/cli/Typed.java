package dev.agentassist.cli;

import dev.agentassist.problem.Closest;
import dev.agentassist.problem.Failure;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/**
 * What was typed: the command with its own options, and the global ones, which stand behind it or before it
 * ({@code assist --demo brief …}) but not in both places.
 */
record Typed(List<ParseResult> levels) {

    static Typed of(ParseResult root) {
        var levels = new ArrayList<ParseResult>();
        levels.add(root);
        while (levels.getLast().hasSubcommand()) {
            levels.add(levels.getLast().subcommand());
        }
        return new Typed(List.copyOf(levels));
    }

    /** The command that was named. */
    ParseResult command() {
        return levels.getLast();
    }

    boolean has(String option) {
        return levels.stream().anyMatch(level -> level.hasMatchedOption(option));
    }

    /** The value that was given, or null. */
    String value(String option) {
        for (ParseResult level : levels.reversed()) {
            if (level.hasMatchedOption(option)) {
                return level.matchedOption(option).getValue();
            }
        }
        return null;
    }

    boolean helpRequested() {
        return levels.stream().anyMatch(ParseResult::isUsageHelpRequested);
    }

    boolean versionRequested() {
        return levels.stream().anyMatch(ParseResult::isVersionHelpRequested);
    }

    /** Refuses what picocli lets pass. */
    void check() {
        for (ParseResult level : levels) {
            for (OptionSpec option : level.matchedOptions()) {
                checkOnce(option.longestName());
                checkWord(option);
            }
        }
    }

    /** Before and behind the command: which of the two holds would be a guess. */
    private void checkOnce(String name) {
        if (levels.stream().filter(level -> level.hasMatchedOption(name)).count() > 1) {
            throw Failure.badInput(name + " is given twice.", "Give it once, before or after the command.");
        }
    }

    private static void checkWord(OptionSpec option) {
        if (option.completionCandidates() == null || !(option.getValue() instanceof String value)) {
            return;
        }
        var words = new ArrayList<String>();
        option.completionCandidates().forEach(words::add);
        if (!words.contains(value)) {
            throw Failure.badInput(
                    "“" + value + "” is no value of " + option.longestName() + ".",
                    Closest.to(value, words).map(w -> "Did you mean " + w + "? ").orElse("")
                            + "Use one of " + String.join(", ", words) + ".");
        }
    }
}
