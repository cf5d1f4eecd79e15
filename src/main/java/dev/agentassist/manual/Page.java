package dev.agentassist.manual;

import java.util.List;

/**
 * All there is to say about one command: the source of its help, its manual page and its completions.
 *
 * @param name as it is typed, with the program's and the group's name before it
 * @param summary one line without a full stop
 * @param description paragraphs
 * @param options its own
 * @param globals those that every command takes
 * @param commands its subcommands, for a group
 * @param runs whether it does something without one of them
 */
public record Page(
        String name,
        String summary,
        List<String> description,
        List<Parameter> parameters,
        List<Option> options,
        List<Option> globals,
        List<Subcommand> commands,
        boolean runs,
        List<Example> examples) {

    /** What a value is, so that a shell can complete it. */
    public enum Kind {
        TEXT,
        FILE,
        PROFILE,
        TARGET,
        CONVERSATION
    }

    /**
     * @param label as in the synopsis, {@code TARGET}
     * @param words the values it can have; empty for any
     */
    public record Parameter(String label, boolean required, boolean repeated, Kind kind, List<String> words, String text) {

        /** {@code TARGET}, {@code [FILE]}, {@code FILE…}. */
        public String synopsis() {
            String one = label + (repeated ? "…" : "");
            return required ? one : "[" + one + "]";
        }
    }

    /**
     * @param names the short one first
     * @param label what its value is called, null for an option without one
     * @param words the values it can have; empty for any
     */
    public record Option(List<String> names, String label, Kind kind, List<String> words, String text) {

        /** {@code -h, --help}, {@code --ttl DURATION}. */
        public String synopsis() {
            return String.join(", ", names) + (label == null ? "" : " " + label);
        }

        public String longest() {
            return names.getLast();
        }
    }

    /** A subcommand by its last name. */
    public record Subcommand(String name, String summary) {}

    public record Example(String line, String does) {}

    /** A row of the table of exit codes. */
    public record Exit(int code, String meaning) {}

    /** The description without blank ones. */
    public List<String> paragraphs() {
        return description.stream().filter(p -> !p.isBlank()).toList();
    }

    /** {@code assist token TARGET [OPTION…]}. */
    public String synopsis() {
        var text = new StringBuilder(name);
        if (!runs) {
            return text.append(" COMMAND …").toString();
        }
        parameters.forEach(p -> text.append(' ').append(p.synopsis()));
        return text.append(commands.isEmpty() ? " [OPTION…]" : " [OPTION…] [COMMAND …]").toString();
    }
}
