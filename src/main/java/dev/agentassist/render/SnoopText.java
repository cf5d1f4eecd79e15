package dev.agentassist.render;

import java.util.List;

/** The longer texts of the view of one call. */
final class SnoopText {

    /** What a key does. */
    record KeyHelp(String keys, String does) {}

    static final List<KeyHelp> HELP = List.of(
            new KeyHelp("↑ ↓ j k PgUp PgDn", "scroll; g the beginning, G or End the newest"),
            new KeyHelp("/ words Enter", "search; n older, N newer, Esc ends it"),
            new KeyHelp("12 Enter", "show turn 12"),
            new KeyHelp("b", "the brief of the call so far; Tab marks a statement, Enter shows the turn that it stands on"),
            new KeyHelp("m", "sound on and off"),
            new KeyHelp("t", "how to put a human on the line"),
            new KeyHelp("Ctrl-L", "draw the screen anew"),
            new KeyHelp("q Ctrl-C", "leave"));

    static final String UNSEEN = "Nobody in the call is told of you, and you cannot be heard.";

    private SnoopText() {}

    /** A listener is never put on the line: only a transfer does that. */
    static List<String> takeOver(String target) {
        return List.of(
                "",
                "Listening never puts a human on the line: only a warm transfer does. The caller is put on hold, the human is"
                        + " called and briefed, and both are joined once the human accepts.",
                "",
                "Whether it can be done, and what would happen:",
                "    assist transfer " + quoted(target) + " --to NUMBER --dry-run",
                "",
                "To do it, in another terminal:",
                "    assist transfer " + quoted(target) + " --to NUMBER",
                "",
                "What the human should read first:",
                "    assist brief " + quoted(target),
                "",
                "Esc closes this.");
    }

    /** As it can be pasted into a shell, whatever the room is called. */
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9+:._/@-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
