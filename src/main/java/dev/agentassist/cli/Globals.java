package dev.agentassist.cli;

import dev.agentassist.config.Key;
import dev.agentassist.terminal.Terminal.Color;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.OptionSpec;

/** The options that every command takes. */
final class Globals {

    private Globals() {}

    static List<OptionSpec> options() {
        var options = new ArrayList<OptionSpec>();
        for (Key key : Key.values()) {
            if (key.flag() != null) {
                options.add(setting(key));
            }
        }
        options.add(Command.option("--profile", "PROFILE", "Profile of the config file to use ($ASSIST_PROFILE)"));
        options.add(Command.flag("--demo", "Use the bundled sample calls; nothing is read or written elsewhere"));
        options.add(Command.flag("--quiet", "No notes on stderr, only warnings and errors"));
        options.add(Command.flag("--verbose", "Say on stderr what is done, and show the causes of errors"));
        options.add(Command.choice("--color", List.of("auto", "always", "never"), "When to use colour"));
        options.add(OptionSpec.builder("-h", "--help")
                .type(boolean.class)
                .arity("0")
                .usageHelp(true)
                .description("Show this help")
                .build());
        options.add(OptionSpec.builder("-V", "--version")
                .type(boolean.class)
                .arity("0")
                .versionHelp(true)
                .description("Show the version")
                .build());
        return options;
    }

    private static OptionSpec setting(Key key) {
        String text = Character.toUpperCase(key.description().charAt(0)) + key.description().substring(1);
        String label = switch (key) {
            case LIVEKIT_URL, STORE, BASE_URL -> "URL";
            case MODEL -> "NAME";
            case CA_FILE -> "FILE";
            case REGION -> "CC";
            default -> "DURATION";
        };
        return Command.option(
                key.flag(),
                label,
                text + " ($" + key.variable() + ")" + (key.fallback() == null ? "" : " (default: " + key.fallback() + ")"));
    }

    /** The settings among the options that were given. */
    static Map<Key, String> flags(Typed typed) {
        var flags = new EnumMap<Key, String>(Key.class);
        for (Key key : Key.values()) {
            if (key.flag() != null && typed.has(key.flag())) {
                flags.put(key, typed.value(key.flag()));
            }
        }
        return flags;
    }

    static Color color(String word) {
        return switch (word == null ? "auto" : word) {
            case "always" -> Color.ALWAYS;
            case "never" -> Color.NEVER;
            default -> Color.AUTO;
        };
    }

    /** As the words of a command line with a mistake in it say. */
    static Color colorIn(String[] args) {
        for (int i = 0; i < args.length && !args[i].equals("--"); i++) {
            if (args[i].startsWith("--color=")) {
                return color(args[i].substring("--color=".length()));
            }
            if (args[i].equals("--color") && i + 1 < args.length) {
                return color(args[i + 1]);
            }
        }
        return Color.AUTO;
    }
}
