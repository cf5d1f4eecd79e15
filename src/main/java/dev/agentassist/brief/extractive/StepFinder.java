package dev.agentassist.brief.extractive;

import dev.agentassist.brief.Brief.Confidence;
import dev.agentassist.brief.Brief.Severity;
import dev.agentassist.brief.Claim;
import dev.agentassist.brief.Draft;
import dev.agentassist.brief.ToolUse;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds what is left to do: what endangers somebody, what the caller asked and nobody answered, what failed, what the
 * agent promised, what it refused. The confidence follows {@link Confidence}'s rule.
 */
final class StepFinder {

    private static final int MOST = 3;

    /** An open question of the caller is looked for among so many last turns. */
    private static final int LAST_TURNS = 2;

    private final Reading reading;
    private final ReasonFinder.Reason reason;
    private final List<Draft.Concern> flags;
    private final List<Draft.Step> steps = new ArrayList<>();
    private final Set<Integer> used = new HashSet<>();
    private final List<Said> told = new ArrayList<>();

    StepFinder(Reading reading, ReasonFinder.Reason reason, List<Draft.Concern> flags) {
        this.reading = reading;
        this.reason = reason;
        this.flags = flags;
    }

    List<Draft.Step> find() {
        danger();
        failedTools();
        promises();
        human();
        openQuestion();
        issue();
        refusals();
        if (steps.isEmpty()) {
            nothingOpen();
        }
        return steps.subList(0, Math.min(MOST, steps.size()));
    }

    private void add(Claim claim, Confidence confidence) {
        if (steps.size() < MOST && (claim.turns().isEmpty() || claim.turns().stream().anyMatch(used::add))) {
            used.addAll(claim.turns());
            steps.add(new Draft.Step(claim, confidence));
        }
    }

    /** The sentences that the steps quote. */
    List<Said> told() {
        return told;
    }

    private void add(String before, Said said, Confidence confidence) {
        int had = steps.size();
        add(Quotes.around(before, said, Quotes.SHORT, ""), confidence);
        if (steps.size() > had) {
            told.add(said);
        }
    }

    private void danger() {
        for (Draft.Concern flag : flags) {
            boolean danger = flag.severity() == Severity.HIGH && Set.of("emergency", "self_harm", "threat").contains(flag.type());
            if (danger && !flag.claim().quotes().isEmpty()) {
                Claim.Quote quote = flag.claim().quotes().getFirst();
                add(Claim.quoting("Make sure that nobody is in danger: " + Quotes.marked(quote.text()), quote.turn(), quote.text()), Confidence.HIGH);
                return;
            }
        }
    }

    private void failedTools() {
        List<ToolUse> tools = reading.tools();
        for (int i = tools.size() - 1; i >= 0 && steps.size() < MOST - 1; i--) {
            ToolUse use = tools.get(i);
            boolean again = tools.subList(i + 1, tools.size()).stream().anyMatch(t -> t.name().equals(use.name()));
            if (again || use.outcome() == ToolUse.Outcome.OK) {
                continue;
            }
            List<Integer> near = ToolTalk.near(reading, use);
            if (use.outcome() == ToolUse.Outcome.FAILED) {
                add(ToolTalk.claim("Do by hand what failed: " + ToolTalk.name(use), use, near), settledAfter(use.answeredAfter()) ? Confidence.MEDIUM : Confidence.HIGH);
            } else {
                add(new Claim("Check whether “" + ToolTalk.name(use) + "” went through: the record has no answer.", near, List.of()), Confidence.MEDIUM);
            }
        }
    }

    private void promises() {
        List<Said> sentences = reading.sentences();
        for (int i = sentences.size() - 1; i >= 0 && steps.size() < MOST - 1; i--) {
            Said said = sentences.get(i);
            if (isPromise(said)) {
                boolean settled = settledAfter(said.turnNumber());
                add("Keep the agent’s word: ", said, settled ? Confidence.MEDIUM : Confidence.HIGH);
                return;
            }
        }
    }

    static boolean isPromise(Said said) {
        return !said.caller() && said.has(Cue.PROMISE) && !said.has(Cue.FORM) && !said.has(Cue.HANDOVER)
                && !said.question() && said.content().length >= 2;
    }

    private void human() {
        Said human = reason.human();
        if (human == null) {
            return;
        }
        boolean handed = reading.sentences().stream()
                .anyMatch(s -> !s.caller() && s.turnNumber() > human.turnNumber() && s.has(Cue.HANDOVER));
        add("Speak with the caller yourself, as asked: ", human, handed ? Confidence.MEDIUM : Confidence.HIGH);
    }

    /** The caller had the last word, and it was a question or a request. */
    private void openQuestion() {
        int last = reading.call().lastTurn();
        for (int number = last; number > Math.max(0, last - LAST_TURNS); number--) {
            for (Said said : reading.of(number)) {
                boolean open = said.caller() && said.substantial() && (said.question() || said.has(Cue.REQUEST) && !said.has(Cue.COURTESY));
                if (open && (number == last || notAnswered(number))) {
                    add("Answer the caller: ", said, number == last ? Confidence.HIGH : Confidence.MEDIUM);
                    return;
                }
            }
        }
    }

    private boolean notAnswered(int number) {
        return reading.sentences().stream()
                .noneMatch(s -> !s.caller() && s.turnNumber() > number && s.substantial() && !s.question() && !s.has(Cue.FORM));
    }

    private void issue() {
        Said issue = reason.issue();
        if (issue == null || settledAfter(issue.turnNumber())) {
            return;
        }
        boolean plain = issue.has(Cue.REQUEST) || issue.has(Cue.PROBLEM) || issue.has(Cue.REASON);
        add(issue.caller() ? "Settle what the caller called about: " : "Settle what the agent called about: ", issue, plain ? Confidence.MEDIUM : Confidence.LOW);
    }

    private void refusals() {
        for (Said said : reading.sentences()) {
            if (!said.caller() && said.has(Cue.REFUSAL) && !said.has(Cue.NO_HUMAN) && !said.question() && steps.size() < MOST) {
                add("Know that the agent said no: ", said, Confidence.MEDIUM);
                return;
            }
        }
    }

    private void nothingOpen() {
        int last = reading.call().lastTurn();
        if (last > 0) {
            add(new Claim("Nothing is left open by the words of the call; ask whether anything is.", List.of(last), List.of()), Confidence.LOW);
        }
    }

    /** The caller's last word, after an answer that is no refusal, is thanks and nothing else. */
    private boolean endsContent(int turn) {
        int last = reading.call().lastTurn();
        while (last > turn && !reading.of(last).isEmpty() && !reading.of(last).getFirst().caller()) {
            last--;
        }
        if (last <= turn + 1 || reading.of(last).isEmpty()) {
            return false;
        }
        List<Said> closing = reading.of(last);
        boolean thanks = closing.stream().anyMatch(s -> s.has(Cue.COURTESY)) && closing.stream().noneMatch(s -> s.content().length > 2 || s.question());
        List<Said> before = reading.of(last - 1);
        return thanks && before.stream().noneMatch(s -> s.has(Cue.REFUSAL) || s.has(Cue.HANDOVER) || s.question() || isPromise(s));
    }

    /** Somebody said later that it is done. */
    private boolean settledAfter(int turn) {
        if (endsContent(turn)) {
            return true;
        }
        return reading.sentences().stream().anyMatch(s -> s.turnNumber() > turn && s.has(Cue.RESOLVED) && !s.has(Cue.REFUSAL) && !s.question());
    }
}
