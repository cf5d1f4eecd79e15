package dev.agentassist.render;

import dev.agentassist.audit.Explanation;
import dev.agentassist.audit.Finding;
import dev.agentassist.conversation.Turn;
import dev.agentassist.terminal.Terminal;

/** One finding, explained on a terminal. */
public final class AuditExplanationText {

    /** Turns shown of a call in which something is missing. */
    private static final int MOST_TURNS = 12;

    private AuditExplanationText() {}

    public static String write(Explanation e) {
        var text = new StringBuilder();
        text.append("Rule     ").append(e.rule().id()).append(" (").append(e.rule().severity().wire()).append(", line ")
                .append(e.rule().line()).append(" of the policy)\n");
        if (e.rule().title() != null) {
            text.append("         ").append(cell(e.rule().title())).append('\n');
        }
        text.append("Call     ").append(cell(e.call().id())).append(" · ").append(e.call().status().wire().replace('_', ' '))
                .append(" · ").append(e.call().createdAt()).append('\n');
        Finding f = e.finding();
        text.append("Verdict  ").append(e.error() != null ? "not known: " + cell(e.error())
                : f == null ? "holds now, or is not about this call" : "fails: " + cell(f.detail())).append('\n');
        if (f != null && f.accepted() != null) {
            text.append("         let pass until ").append(f.accepted().until()).append(": ").append(cell(f.accepted().reason())).append('\n');
        }
        text.append('\n');
        e.turns().stream().limit(MOST_TURNS).forEach(t -> text.append(turn(t)));
        if (e.turns().size() > MOST_TURNS) {
            text.append("… ").append(e.turns().size() - MOST_TURNS).append(" more turns: assist conversations show ")
                    .append(cell(e.call().id())).append('\n');
        }
        if (f != null && f.accepted() == null) {
            text.append("\nTo let it pass for a time, add to the policy:\n\naccept:\n  - fingerprint: \"").append(e.fingerprint())
                    .append("\"\n    reason: why it is let pass\n    until: YYYY-MM-DD\n");
        }
        return text.toString();
    }

    private static String turn(Turn t) {
        String who = t.speaker() == Turn.Speaker.AGENT ? "Agent" : "Caller";
        return "[" + t.number() + "] " + who + ": " + cell(t.text()) + "\n";
    }

    private static String cell(String text) {
        return Terminal.printable(text).replaceAll("\\s+", " ");
    }
}
