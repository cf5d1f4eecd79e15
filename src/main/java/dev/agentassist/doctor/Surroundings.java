package dev.agentassist.doctor;

import dev.agentassist.check.Finding;
import dev.agentassist.check.Finding.State;
import dev.agentassist.listen.Player;
import dev.agentassist.terminal.Io;
import dev.agentassist.terminal.Terminal;
import java.util.Locale;

/** The terminal and the machine's programs. */
final class Surroundings {

    private Surroundings() {}

    static Finding terminal(Io io, Terminal terminal) {
        String name = io.variable("TERM");
        if (!io.outIsTerminal()) {
            return new Finding("terminal", State.NOT_SET, "Standard output is no terminal: nothing is coloured or rewritten.", null);
        }
        String locale = io.variable("LC_ALL") != null ? io.variable("LC_ALL") : io.variable("LC_CTYPE") != null ? io.variable("LC_CTYPE") : io.variable("LANG");
        boolean utf8 = locale != null && locale.toUpperCase(Locale.ROOT).replace("-", "").contains("UTF8");
        String says = (name == null ? "A terminal without a name (TERM)" : name) + ", " + terminal.width() + " columns, "
                + (terminal.outColored() ? "coloured" : "without colour") + ".";
        if (!utf8) {
            return new Finding("terminal", State.WARNING, says + " Its locale" + (locale == null ? "" : " (" + locale + ")") + " is not UTF-8.", "Set LANG=C.UTF-8, or dashes and quotation marks look odd.");
        }
        return terminal.rewritesOut()
                ? new Finding("terminal", State.OK, says, null)
                : new Finding("terminal", State.WARNING, says + " It cannot rewrite a line: texts that are not final yet are not shown.", "Set TERM to what the terminal is.");
    }

    static Finding player(Io io) {
        String path = io.variable("PATH") == null ? "" : io.variable("PATH");
        return Player.find(path)
                .map(p -> new Finding("player", State.OK, "Calls can be heard: " + p.name() + " plays them.", null))
                .orElseGet(() -> new Finding(
                        "player",
                        State.NOT_SET,
                        "No player is on the PATH (" + String.join(", ", Player.names()) + "): calls can be recorded, not heard at once.",
                        "Install one: apt install ffmpeg, or sox."));
    }
}
