package dev.agentassist.brief.extractive;

import dev.agentassist.brief.Claim;
import dev.agentassist.conversation.Direction;
import java.util.List;
import java.util.Optional;

/** Finds why the call needs a human: where the caller asks for one, and what the caller called about. */
final class ReasonFinder {

    /** Caller's turns among which the issue is looked for before the first one with any content is taken. */
    private static final int FIRST_TURNS = 6;

    private final Reading reading;

    ReasonFinder(Reading reading) {
        this.reading = reading;
    }

    /**
     * @param issue the sentence that says what the call is about, or null
     * @param human the sentence that asks for a human, or null
     * @param claim null when nothing was said that could be one
     */
    record Reason(Said issue, Said human, Claim claim) {}

    Reason find() {
        Said issue = issue();
        Said human = human();
        return new Reason(issue, human, claim(issue, human));
    }

    private Claim claim(Said issue, Said human) {
        if (issue == null) {
            return human == null ? null : Quotes.around("Caller asks for a person: ", human, Quotes.LONG, "");
        }
        Claim about = issue.caller()
                ? Quotes.around("Caller: ", issue, Quotes.LONG, "")
                : Quotes.around("The agent called: ", issue, Quotes.LONG, "");
        if (human == null || human.turnNumber() == issue.turnNumber()) {
            return about;
        }
        Claim asks = Quotes.around("", human, Quotes.SHORT, "");
        return Quotes.joined(about.text() + " – then asks for a person: " + asks.text(), List.of(about, asks));
    }

    /** The first plain request for a human. */
    Said human() {
        for (Said said : reading.sentences()) {
            if (said.caller() && said.has(Cue.HUMAN)) {
                return said;
            }
        }
        return null;
    }

    private Said issue() {
        Optional<Said> restated = reading.sentences().stream()
                .filter(s -> s.caller() && s.has(Cue.REASON) && restates(s))
                .findFirst();
        if (restated.isPresent()) {
            return restated.get();
        }
        int callerTurns = 0;
        Said first = null;
        for (List<Said> turn : reading.byTurn()) {
            if (turn.isEmpty() || !turn.getFirst().caller()) {
                continue;
            }
            Said best = best(turn);
            if (best == null) {
                continue;
            }
            callerTurns++;
            if (first == null) {
                first = best;
            }
            if (strength(best) >= 2) {
                return best;
            }
            if (callerTurns == FIRST_TURNS) {
                break;
            }
        }
        boolean outbound = reading.call().info().direction() == Direction.OUTBOUND;
        if (outbound || first == null) {
            Optional<Said> agent = reading.sentences().stream()
                    .filter(s -> !s.caller() && s.has(Cue.REASON) && s.substantial())
                    .findFirst();
            if (agent.isPresent()) {
                return agent.get();
            }
        }
        return first;
    }

    /** “The real reason I am calling …” later in the call stands above how it began. */
    private static boolean restates(Said said) {
        String text = said.text().toLowerCase(java.util.Locale.ROOT);
        return text.contains("real reason") || text.contains("actual reason") || text.contains("reason i'm really");
    }

    private static Said best(List<Said> turn) {
        Said best = null;
        for (Said said : turn) {
            if (said.substantial() && (best == null || strength(said) > strength(best))) {
                best = said;
            }
        }
        return best;
    }

    /** How plainly a sentence states an issue; from 2 up it does. */
    private static double strength(Said said) {
        double strength = 0;
        strength += said.has(Cue.REASON) ? 1.5 : 0;
        strength += said.has(Cue.PROBLEM) ? 1.5 : 0;
        strength += said.has(Cue.REQUEST) ? 1 : 0;
        strength += Math.min(1, said.content().length / 6.0);
        strength -= said.has(Cue.HUMAN) ? 1 : 0;
        strength -= said.has(Cue.NAME) ? 1.5 : 0;
        return strength;
    }
}
