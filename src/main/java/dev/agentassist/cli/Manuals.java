package dev.agentassist.cli;

import dev.agentassist.config.Key;
import dev.agentassist.manual.Manual;
import java.util.ArrayList;
import java.util.List;

/** The manual of the whole program. */
final class Manuals {

    private Manuals() {}

    static Manual whole() {
        return new Manual(Pages.all(CommandTree.whole().getCommandSpec()), Pages.exits(), environment(), files());
    }

    private static List<Manual.Row> environment() {
        var rows = new ArrayList<Manual.Row>();
        for (Key key : Key.values()) {
            rows.add(new Manual.Row(
                    key.variable(),
                    "Stands above the setting " + key.setting()
                            + (key.flag() == null ? "" : " and below the option " + key.flag()) + ": " + key.description() + "."));
        }
        rows.add(new Manual.Row("ASSIST_PROFILE", "The profile of the config file to use, below the option --profile."));
        rows.add(new Manual.Row("XDG_CONFIG_HOME", "Where the config file's folder is, when not in ~/.config."));
        rows.add(new Manual.Row("XDG_DATA_HOME", "Where the default store's folder is, when not in ~/.local/share."));
        rows.add(new Manual.Row("XDG_STATE_HOME", "Where the listen audit log's folder is, when not in ~/.local/state."));
        rows.add(new Manual.Row("NO_COLOR", "No colour, unless --color always."));
        rows.add(new Manual.Row("COLUMNS", "How wide the terminal is, when not 80 columns."));
        return rows;
    }

    private static List<Manual.Row> files() {
        return List.of(
                new Manual.Row(
                        "~/.config/agent-assist/config",
                        "The settings: [profile] sections of “setting = value” lines, # for comments, and a line “use = profile”"
                                + " above them all. Mode 600."),
                new Manual.Row("~/.local/share/agent-assist/conversations.db", "The store, unless another one is set."),
                new Manual.Row(
                        "~/.local/state/agent-assist/listen.jsonl",
                        "The listen audit log: who asked to listen to which call, why, and what came of it."));
    }
}
