package dev.agentassist.brief.extractive;

import dev.agentassist.brief.Claim;
import dev.agentassist.brief.injection.InstructionScreen;
import dev.agentassist.brief.text.Words;
import dev.agentassist.conversation.Direction;
import java.util.List;
import java.util.Set;

/**
 * Finds why the call needs a human: the one turn that says so most plainly, and where the caller asks for a person.
 *
 * <p>That turn is mostly the caller’s first full statement, but people begin with a greeting, an aside or an answer, come to
 * the matter late or say it better later; and often the agent says best what it may not do and who may. So each turn is
 * weighed by its {@link ReasonTrait}s. One turn alone is named: a second one that is not to the point would mislead.
 * Only what no weighing should decide is a rule: danger stands above all, and where nothing was said there is no reason.
 */
final class ReasonFinder {

    /** So many times the agent hears nothing before nothing was said. */
    private static final int UNHEARD = 2;

    /** Turns of a call in which a wrong number is all there is. */
    private static final int SHORT = 8;

    /** So few words that carry meaning do not set a call’s matter against why the agent called. */
    private static final int LITTLE = 10;

    /** By so much an agent’s turn must be ahead to stand for what the caller said. */
    private static final double MARGIN = 0.2;

    private static final Set<String> IF = Set.of("if", "should", "wenn", "falls", "si", "se", "als");

    private static final Set<String> REFUSES_CALLS = Set.of("do_not_call", "regulator_complaint", "legal_threat");

    private final Reading reading;
    private final double[] weights;

    ReasonFinder(Reading reading) {
        this(reading, null);
    }

    /** @param weights of the {@link ReasonTrait}s in place of their own, or null */
    ReasonFinder(Reading reading, double[] weights) {
        this.reading = reading;
        this.weights = weights;
    }

    /**
     * @param issue the sentence that says what the call is about, the caller’s where there is one, or null
     * @param human the sentence that asks for a human, or null
     * @param claim null when nothing was said that could be one
     * @param told the sentences that the claim quotes
     */
    record Reason(Said issue, Said human, Claim claim, List<Said> told) {}

    Reason find() {
        Said human = human();
        if (nothingHeard()) {
            return new Reason(null, human, human == null ? null : asks(human), human == null ? List.of() : List.of(human));
        }
        Said plain = plain();
        if (plain != null) {
            return reason(plain, plain, human);
        }
        var traits = new TurnTraits(reading);
        int caller = best(traits, true);
        int agent = best(traits, false);
        Said issue = caller == 0 ? null : sentence(caller);
        Said calls = calls();
        if (calls != null && (issue == null || !issue.has(Cue.PROBLEM) && !issue.has(Cue.REASON) && issue.content().length < LITTLE)) {
            return reason(calls, calls, human);
        }
        if (caller == 0) {
            return reason(null, null, human);
        }
        if (agent != 0 && traits.score(agent, weights) > traits.score(caller, weights) + MARGIN) {
            return reason(issue, sentence(agent), human);
        }
        return reason(issue, issue, human);
    }

    /** The turn that is weighed highest, or 0. */
    private int best(TurnTraits traits, boolean callers) {
        int best = 0;
        double most = Double.NEGATIVE_INFINITY;
        for (int turn = 1; turn <= reading.call().lastTurn(); turn++) {
            if (traits.candidate(turn, callers)) {
                double score = traits.score(turn, weights);
                if (score > most && !InstructionScreen.instructs(reading.call().turn(turn).text())) {
                    best = turn;
                    most = score;
                }
            }
        }
        return best;
    }

    /** What the agent says that it calls about, in the first two turns in which it says anything; or null. */
    private Said calls() {
        if (reading.call().info().direction() != Direction.OUTBOUND) {
            return null;
        }
        int turns = 0;
        for (List<Said> turn : reading.byTurn()) {
            if (turn.isEmpty() || turn.getFirst().caller()) {
                continue;
            }
            for (Said said : turn) {
                if (said.has(Cue.REASON) && said.substantial() && !said.has(Cue.SORRY) && !said.has(Cue.FORM)) {
                    return matter(said);
                }
            }
            if (++turns == 2) {
                return null;
            }
        }
        return null;
    }

    private Reason reason(Said issue, Said why, Said human) {
        if (why == null) {
            return new Reason(issue, human, human == null ? null : asks(human), human == null ? List.of() : List.of(human));
        }
        boolean calls = !why.caller() && reading.call().info().direction() == Direction.OUTBOUND && why.has(Cue.REASON);
        String before = why.caller() ? "Caller: " : calls ? "The agent called: " : "Agent: ";
        List<Said> told = why.caller() || calls ? List.of(why) : passage(why);
        Claim about = Quotes.around(before, told, Quotes.LONG);
        if (human == null || human.turnNumber() == why.turnNumber()) {
            return new Reason(issue, human, about, told);
        }
        Claim asks = Quotes.around("", human, Quotes.SHORT, "");
        Claim both = Quotes.joined(about.text() + (human.turnNumber() > why.turnNumber() ? " – then asks for a person: " : " – and asks for a person: ") + asks.text(), List.of(about, asks));
        return new Reason(issue, human, both, java.util.stream.Stream.concat(told.stream(), java.util.stream.Stream.of(human)).toList());
    }

    private static Claim asks(Said human) {
        return Quotes.around("Caller asks for a person: ", human, Quotes.LONG, "");
    }

    /** What the agent may not do, and who may: sentences that stand together. */
    private List<Said> passage(Said said) {
        List<Said> turn = reading.of(said.turnNumber());
        int next = said.place() + 1;
        int previous = said.place() - 1;
        if (next < turn.size() && fits(said, turn.get(next), said)) {
            return List.of(said, turn.get(next));
        }
        return previous >= 0 && fits(turn.get(previous), said, said) ? List.of(turn.get(previous), said) : List.of(said);
    }

    private static boolean fits(Said first, Said second, Said told) {
        Said other = first == told ? second : first;
        boolean tells = other.has(Cue.OWNER) || other.has(Cue.REFUSAL) || other.has(Cue.LIMIT);
        return tells && !other.question() && second.end() - first.start() <= Quotes.LONG;
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

    /** The wrong number, or a line on which the agent could make nothing out until the end: nothing was done. */
    private boolean nothingHeard() {
        int unheard = 0;
        int since = 0;
        boolean misdialled = false;
        for (List<Said> turn : reading.byTurn()) {
            boolean agents = !turn.isEmpty() && !turn.getFirst().caller();
            boolean missed = false;
            for (Said said : turn) {
                missed |= agents && said.has(Cue.UNHEARD);
                misdialled |= !agents && said.has(Cue.MISDIAL);
                if (agents && (said.has(Cue.HANDOVER) || said.question() && said.has(Cue.NAME))) {
                    return false;
                }
            }
            unheard += missed ? 1 : 0;
            since = missed ? 0 : since + (agents ? 1 : 0);
        }
        boolean brief = reading.byTurn().size() <= SHORT;
        return reading.tools().isEmpty() && (unheard >= UNHEARD && since < UNHEARD || misdialled && brief);
    }

    /** What is the reason without any weighing, or null. */
    private Said plain() {
        Said danger = danger();
        if (danger != null) {
            return danger;
        }
        boolean outbound = reading.call().info().direction() == Direction.OUTBOUND;
        for (Said said : reading.sentences()) {
            boolean refuses = outbound && said.caller() && said.hits().stream().anyMatch(h -> h.cue() == Cue.FLAG && REFUSES_CALLS.contains(h.argument()));
            if (refuses || said.caller() && said.has(Cue.REASON) && restates(said)) {
                return said;
            }
        }
        return null;
    }

    /** The sentence of a turn that says it. */
    private Said sentence(int turn) {
        List<Said> said = reading.of(turn);
        if (said.getFirst().caller()) {
            Said best = best(said);
            return best == null ? said.getFirst() : best;
        }
        Said limit = null;
        for (Said s : said) {
            if (s.substantial() && !s.question() && (limit == null || limits(s) > limits(limit))) {
                limit = s;
            }
        }
        if (limit == null) {
            return said.getFirst();
        }
        return limit.has(Cue.REASON) && !limit.has(Cue.REFUSAL) ? matter(limit) : limit;
    }

    /** How plainly the agent says what it may not do, or why it calls. */
    private static double limits(Said said) {
        double limits = said.has(Cue.REFUSAL) || said.has(Cue.NO_HUMAN) ? 2 : 0;
        limits += said.has(Cue.OWNER) ? 1 : 0;
        limits += said.has(Cue.LIMIT) ? 0.5 : 0;
        limits += said.has(Cue.PROBLEM) || said.has(Cue.REASON) ? 0.5 : 0;
        return limits + Math.min(1, said.content().length / 12.0) - (said.has(Cue.COURTESY) ? 0.5 : 0);
    }

    /** Danger to somebody displaces whatever the call began with: where the caller says it, or where the agent sends for help. */
    private Said danger() {
        for (Said said : reading.sentences()) {
            boolean flagged = said.caller() && said.hits().stream().anyMatch(h -> h.cue() == Cue.FLAG && (h.argument().equals("self_harm") || h.argument().equals("emergency")));
            if (flagged) {
                return said;
            }
            if (!said.caller() && said.has(Cue.DANGER) && !said.has(Cue.FORM) && said.turnNumber() > 1 && !conditional(said)) {
                return before(said.turnNumber());
            }
        }
        return null;
    }

    /** “If you feel unwell, call 112” is said to be on the safe side. */
    private static boolean conditional(Said said) {
        for (Words.Word word : said.words()) {
            if (IF.contains(word.norm())) {
                return true;
            }
        }
        return false;
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
