package dev.agentassist.brief.extractive;

import dev.agentassist.brief.Brief;
import dev.agentassist.brief.Claim;
import dev.agentassist.brief.ToolUse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Tells what happened. What must not be lost comes first: what failed, what was tried, refused and promised, each kind in
 * one bullet; the {@link SentenceSelector} fills up the rest. All in the order of the call.
 */
final class BulletFinder {

    /** Turns from which a call has four bullets, and five. */
    private static final int FOUR_BULLETS = 10;
    private static final int FIVE_BULLETS = 20;

    /** Statements of one kind that a bullet holds. */
    private static final int TOGETHER = 2;

    private static final SentenceSelector SELECTOR = new SentenceSelector();

    private final Reading reading;
    private final List<Claim> bullets = new ArrayList<>();

    /** What the reader is told already, here or elsewhere in the brief. */
    private final List<Said> told;

    BulletFinder(Reading reading, List<Said> told) {
        this.reading = reading;
        this.told = new ArrayList<>(told);
    }

    List<Claim> find() {
        for (ToolUse use : reading.tools()) {
            if (use.outcome() == ToolUse.Outcome.FAILED && bullets.isEmpty()) {
                bullets.add(ToolTalk.failure(reading, use));
            }
        }
        together("Already tried: ", first(s -> s.has(Cue.TRIED) && !s.question() && s.content().length >= 2 && !denies(s)));
        together("Agent refused: ", first(BulletFinder::isRefusal));
        together("Agent promised: ", last(StepFinder::isPromise));
        int turns = reading.call().lastTurn();
        int usual = turns >= FIVE_BULLETS ? Brief.MOST_BULLETS : turns >= FOUR_BULLETS ? 4 : Brief.LEAST_BULLETS;
        int count = Math.min(Brief.MOST_BULLETS, Math.max(usual, bullets.size() + 1));
        SELECTOR.select(reading.sentences(), count - bullets.size(), told).forEach(s -> bullets.add(Quotes.bullet(s)));
        bullets.sort(Comparator.comparingInt(c -> c.turns().isEmpty() ? 0 : c.turns().getFirst()));
        return bullets;
    }

    static boolean isRefusal(Said said) {
        return !said.caller() && said.has(Cue.REFUSAL) && !said.question() && said.content().length >= 2;
    }

    /** “I did not try that.” */
    private static boolean denies(Said said) {
        return said.has(Cue.PROMISE) && said.caller() && !said.has(Cue.PROBLEM) && said.has(Cue.REQUEST);
    }

    private List<Said> first(Predicate<Said> kind) {
        return take(reading.sentences(), kind);
    }

    private List<Said> last(Predicate<Said> kind) {
        return take(reading.sentences().reversed(), kind).reversed();
    }

    /** One a turn. */
    private List<Said> take(List<Said> from, Predicate<Said> kind) {
        var taken = new ArrayList<Said>();
        Set<Integer> turns = new HashSet<>();
        for (Said said : from) {
            if (kind.test(said) && !told.contains(said) && turns.add(said.turnNumber())) {
                taken.add(said);
                if (taken.size() == TOGETHER) {
                    break;
                }
            }
        }
        return taken;
    }

    private void together(String before, List<Said> said) {
        if (said.isEmpty()) {
            return;
        }
        int length = said.size() == 1 ? Quotes.LONG : Quotes.SHORT;
        List<Claim> parts = said.stream().map(s -> Quotes.around("", s, length, "")).toList();
        bullets.add(Quotes.joined(before + String.join(" ", parts.stream().map(Claim::text).toList()), parts));
        told.addAll(said);
    }
}
