package dev.agentassist.cli;

import dev.agentassist.config.Durations;
import dev.agentassist.config.Settings;
import dev.agentassist.conversation.Target;
import dev.agentassist.problem.Failure;
import dev.agentassist.terminal.Io;
import dev.agentassist.terminal.Terminal;
import java.time.Duration;
import java.util.List;
import picocli.CommandLine.ParseResult;

/** One run of one command: what was typed, and what it may use. */
record Invocation(Typed typed, Settings settings, Io io, Terminal terminal, Wiring wiring) {

    /** The command as picocli parsed it. */
    ParseResult parsed() {
        return typed.command();
    }

    boolean flag(String name) {
        return typed.has(name);
    }

    /** An option's value, its documented default, or null. */
    String value(String name) {
        String value = typed.value(name);
        return value == null ? parsed().commandSpec().findOption(name).defaultValue() : value;
    }

    /** One of the words that {@link Command#choice} declared. */
    String choice(String name) {
        String value = value(name);
        var words = parsed().commandSpec().findOption(name).completionCandidates();
        for (String word : words) {
            if (word.equals(value)) {
                return word;
            }
        }
        throw Failure.badInput(
                "“" + value + "” is no value of " + name + ".", "Use one of " + String.join(", ", words) + ".");
    }

    Duration duration(String name) {
        return Durations.parse(value(name), name);
    }

    /** A whole number from {@code least} up. */
    int number(String name, int least) {
        String value = value(name);
        try {
            int number = Integer.parseInt(value);
            if (number >= least) {
                return number;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw Failure.badInput("“" + value + "” is no value of " + name + ".", "Give a whole number from " + least + " up.");
    }

    /** The first parameter, or null. */
    String argument() {
        return parsed().hasMatchedPositional(0) ? parsed().matchedPositionalValue(0, null) : null;
    }

    /** All parameters of a command that takes several. */
    List<String> arguments() {
        return List.of(parsed().matchedPositionalValue(0, new String[0]));
    }

    Target target() {
        return Target.parse(argument(), settings.region());
    }

    boolean demo() {
        return flag("--demo");
    }

    boolean verbose() {
        return flag("--verbose");
    }
}
