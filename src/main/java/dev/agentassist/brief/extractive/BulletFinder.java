package dev.agentassist.brief.extractive;

import dev.agentassist.brief.Brief;
import dev.agentassist.brief.Claim;
import dev.agentassist.brief.ToolUse;
import java.util.ArrayList;
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

    private static final Set<String> TRY = Set.of("tried", "attempted", "versucht", "probiert", "intentado", "probado", "intente");

    private static final SentenceSelector SELECTOR = new SentenceSelector();

    private final Reading reading;
    private final Said issue;
    private final List<Claim> bullets = new ArrayList<>();

    /** What the reader is told already, here or elsewhere in the brief. */
    private final List<Said> told;

    /** @param issue what the caller wants: never left out of what is told, or null */
    BulletFinder(Reading reading, Said issue, List<Said> told) {
        this.reading = reading;
        this.issue = issue;
        this.told = new ArrayList<>(told);
    }

    List<Claim> find() {
        for (ToolUse use : reading.tools()) {
            if (use.outcome() == ToolUse.Outcome.FAILED && bullets.isEmpty()) {
                bullets.add(ToolTalk.failure(reading, use));
            }
        }
        if (issue != null && !told.contains(issue)) {
            bullets.add(Quotes.bullet(issue));
            told.add(issue);
        }
        together("Already tried: ", first(this::wasTried));
        together("Agent refused: ", first(BulletFinder::isRefusal));
        together("Agent promised: ", last(StepFinder::isPromise));
        int turns = reading.call().lastTurn();
        int usual = turns >= FIVE_BULLETS ? Brief.MOST_BULLETS : turns >= FOUR_BULLETS ? 4 : Brief.LEAST_BULLETS;
        int count = Math.min(Brief.MOST_BULLETS, Math.max(usual, bullets.size() + 1));
        SELECTOR.select(reading.sentences(), Math.max(0, count - bullets.size()), told).forEach(s -> bullets.add(Quotes.bullet(s)));
        bullets.sort((a, b) -> Integer.compare(a.firstTurn(), b.firstTurn()));
        return bullets;
    }

    static boolean isRefusal(Said said) {
        return !said.caller() && said.has(Cue.REFUSAL) && !said.question() && said.content().length >= 2;
    }

    /** The caller tells what they did; the agent only where it says that it tried, and no failed tool says so already. */
    private boolean wasTried(Said said) {
        boolean tried = said.has(Cue.TRIED) && !said.question() && said.content().length >= 2;
        if (said.caller()) {
            return tried;
        }
        boolean says = said.words().stream().anyMatch(w -> TRY.contains(w.norm()));
        return tried && says && bullets.stream().noneMatch(b -> b.turns().contains(said.turnNumber()));
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
            if (kind.test(said) && told.stream().noneMatch(t -> t.index() == said.index()) && turns.add(said.turnNumber())) {
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
