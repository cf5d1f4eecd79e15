package dev.agentassist.brief.extractive;

import dev.agentassist.brief.Claim;
import dev.agentassist.brief.injection.InstructionScreen;
import dev.agentassist.conversation.Direction;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds why the call needs a human: where the caller asks for one, and what the caller called about. */
final class ReasonFinder {

    /** Caller's turns among which the issue is looked for before the first one with any content is taken. */
    private static final int FIRST_TURNS = 6;

    /** Turns in which the agent may still ask what the matter is. */
    private static final int TOLD = 16;

    /** Caller's turns after one that only leads up to the matter. */
    private static final int LEAD_UP = 2;

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

    /**
     * People mostly say what they want when they first say anything. What they begin with is passed over only where it is no
     * matter at all: a greeting, an answer, a question about whether one may ask, a question that a plain problem follows.
     */
    private Said issue() {
        Said danger = danger();
        if (danger != null) {
            return danger;
        }
        Said issue = stated();
        if (issue != null && issue.caller() && !issue.has(Cue.PROBLEM) && !issue.has(Cue.REQUEST)) {
            Said told = told(issue.turnNumber());
            return told == null ? issue : told;
        }
        return issue;
    }

    /** Danger to somebody displaces whatever the call began with: where the caller says it, or where the agent sends for help. */
    private Said danger() {
        for (Said said : reading.sentences()) {
            boolean flagged = said.caller() && said.hits().stream().anyMatch(h -> h.cue() == Cue.FLAG && (h.argument().equals("self_harm") || h.argument().equals("emergency")));
            if (flagged) {
                return said;
            }
            if (!said.caller() && said.has(Cue.DANGER) && !said.has(Cue.FORM) && said.turnNumber() > 1) {
                return before(said.turnNumber());
            }
        }
        return null;
    }

    /** The caller’s last statement before a turn, or null. */
    private Said before(int turn) {
        for (int number = turn - 1; number >= Math.max(1, turn - 4); number--) {
            List<Said> said = reading.of(number);
            Said best = said.isEmpty() || !said.getFirst().caller() ? null : best(said);
            if (best != null && best.content().length >= 3) {
                return best;
            }
        }
        return null;
    }

    /** What the caller answers when the agent asks what the matter is, or null. */
    private Said told(int from) {
        for (int number = from + 1; number < Math.min(reading.call().lastTurn(), from + TOLD); number++) {
            List<Said> asks = reading.of(number);
            List<Said> answer = reading.of(number + 1);
            boolean tell = !asks.isEmpty() && !asks.getFirst().caller() && asks.stream().anyMatch(s -> s.has(Cue.TELL)) && asks.stream().noneMatch(s -> s.has(Cue.KEY) || s.has(Cue.NAME));
            if (tell && !answer.isEmpty() && answer.getFirst().caller()) {
                Said best = best(answer);
                if (best != null && best.content().length >= 4) {
                    return best;
                }
            }
        }
        return null;
    }

    private Said stated() {
        Optional<Said> restated = reading.sentences().stream()
                .filter(s -> s.caller() && s.has(Cue.REASON) && restates(s))
                .findFirst();
        if (restated.isPresent()) {
            return restated.get();
        }
        int callerTurns = 0;
        int sinceFirst = 0;
        Said first = null;
        Said answered = null;
        for (List<Said> turn : reading.byTurn()) {
            if (turn.isEmpty() || !turn.getFirst().caller()) {
                continue;
            }
            Said best = best(turn);
            if (best == null || InstructionScreen.instructs(turn.getFirst().turn().text())) {
                continue;
            }
            callerTurns++;
            if (answered == null && best.content().length >= 4) {
                answered = best;
            }
            if (first == null && !answers(best) && !opens(best) && !best.has(Cue.CORRECTION)) {
                first = best;
                if (!side(first)) {
                    break;
                }
            } else if (first != null && !answers(best) && best.has(Cue.PROBLEM) && !best.has(Cue.TRIED) && !best.has(Cue.CORRECTION) && strength(best) > strength(first)) {
                first = best;
                break;
            }
            sinceFirst += first == null ? 0 : 1;
            if (callerTurns == FIRST_TURNS || sinceFirst > LEAD_UP) {
                break;
            }
        }
        boolean outbound = reading.call().info().direction() == Direction.OUTBOUND;
        if (outbound) {
            Optional<Said> refuses = reading.sentences().stream()
                    .filter(s -> s.caller() && s.hits().stream().anyMatch(h -> h.cue() == Cue.FLAG && (h.argument().equals("do_not_call") || h.argument().equals("regulator_complaint") || h.argument().equals("legal_threat"))))
                    .findFirst();
            if (refuses.isPresent()) {
                return refuses.get();
            }
        }
        if (outbound || first == null) {
            Optional<Said> agent = reading.sentences().stream()
                    .filter(s -> !s.caller() && s.has(Cue.REASON) && s.substantial())
                    .findFirst();
            if (agent.isPresent()) {
                return matter(agent.get());
            }
        }
        return first == null ? answered : first;
    }

    /** “This is Quillon Motors calling for Theo Marsh. Your car is due.”: the sentence behind says what about. */
    private Said matter(Said calls) {
        boolean about = calls.words().stream().anyMatch(w -> Set.of("about", "regarding", "because", "concerning", "reference", "wegen", "sobre").contains(w.norm()));
        List<Said> turn = reading.of(calls.turnNumber());
        if (!about && calls.place() + 1 < turn.size()) {
            Said next = turn.get(calls.place() + 1);
            if (next.substantial() && !next.question()) {
                return next;
            }
        }
        return calls;
    }

    /** Gives what the agent asked for: a name, a number. */
    private boolean answers(Said said) {
        if (said.turnNumber() < 2 || said.has(Cue.PROBLEM) || said.has(Cue.REASON)) {
            return false;
        }
        List<Said> before = reading.of(said.turnNumber() - 1);
        boolean asked = !before.isEmpty() && !before.getFirst().caller()
                && before.stream().anyMatch(s -> (s.question() || s.has(Cue.REQUEST)) && (s.has(Cue.NAME) || s.has(Cue.KEY)));
        return asked && said.content().length <= 6 || said.has(Cue.NAME) && said.content().length <= 4;
    }

    /** Says only that something is to come: “I hope you can help”, “I have a question”. */
    private static boolean opens(Said said) {
        int content = said.content().length;
        return content <= 2 && !said.has(Cue.PROBLEM) && (!said.has(Cue.REQUEST) || said.has(Cue.HUMAN))
                || content <= 3 && said.has(Cue.COURTESY) && !said.has(Cue.PROBLEM) && !said.has(Cue.REQUEST)
                || said.has(Cue.HUMAN) && content <= 4 && !said.has(Cue.PROBLEM);
    }

    /** May only lead up to the matter: no problem, reason or request is in it. */
    private static boolean side(Said said) {
        return !said.has(Cue.PROBLEM) && !said.has(Cue.REASON) && !said.has(Cue.REQUEST);
    }

    /** “The real reason I am calling …” later in the call stands above how it began. */
    private static boolean restates(Said said) {
        String text = said.text().toLowerCase(java.util.Locale.ROOT);
        return text.contains("real reason") || text.contains("actual reason") || text.contains("reason i'm really");
    }

    private static Said best(List<Said> turn) {
        Said best = null;
        for (Said said : turn) {
            boolean aside = said.hits().stream().anyMatch(h -> h.cue() == Cue.FLAG && (h.argument().equals("recording_refused") || h.argument().equals("instruction_attempt")));
            if (said.substantial() && !aside && (best == null || strength(said) > strength(best))) {
                best = said;
            }
        }
        return best;
    }

    /** How plainly a sentence states an issue. */
    private static double strength(Said said) {
        double strength = 0;
        strength += said.has(Cue.REASON) ? 1.5 : 0;
        strength += said.has(Cue.PROBLEM) ? 1.5 : 0;
        strength += said.has(Cue.REQUEST) ? 1 : 0;
        strength += Math.min(1, said.content().length / 6.0);
        strength -= said.has(Cue.HUMAN) ? 1 : 0;
        strength -= said.has(Cue.NAME) ? 1.5 : 0;
        strength -= said.has(Cue.TRIED) && !said.has(Cue.REASON) ? 1 : 0;
        return strength;
    }
}
