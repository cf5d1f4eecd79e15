package dev.agentassist.brief.extractive;

import dev.agentassist.brief.Brief;
import dev.agentassist.brief.BriefEngine;
import dev.agentassist.brief.CallMaterial;
import dev.agentassist.brief.Claim;
import dev.agentassist.brief.Draft;
import dev.agentassist.brief.ToolUse;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * Says what a call was about in the call's own words: deterministic, without a network, in time linear in the call's
 * length. It quotes rather than paraphrases, so that it can leave things out but not say them wrongly.
 */
public final class ExtractiveEngine implements BriefEngine {

    public static final String NAME = "extractive";

    /** Turns from which a call has four bullets, and five. */
    private static final int FOUR_BULLETS = 10;
    private static final int FIVE_BULLETS = 20;

    private final SentenceSelector selector = new SentenceSelector();

    @Override
    public Draft draft(CallMaterial call) {
        Reading reading = Reading.of(call);
        if (reading.sentences().stream().noneMatch(Said::substantial)) {
            return nothing(new MoodReader(reading).read().mood());
        }
        var reason = new ReasonFinder(reading).find();
        List<Draft.Concern> flags = new FlagFinder(reading).find();
        MoodReader.Found mood = new MoodReader(reading).read();
        List<Draft.Value> values = new ValueFinder(reading).find();
        Claim name = new NameFinder(reading).find();
        return new Draft(
                NAME,
                null,
                name,
                mood.mood(),
                reason.claim(),
                bullets(reading, reason),
                values,
                new StepFinder(reading, reason, flags).find(),
                flags,
                new MarkerPlacer(reading).place(reason, flags, mood.heated(), values),
                List.of());
    }

    private static Draft nothing(Draft.Mood mood) {
        return new Draft(NAME, null, null, mood, null, List.of(), List.of(), List.of(), List.of(), Map.of(), List.of());
    }

    private List<Claim> bullets(Reading reading, ReasonFinder.Reason reason) {
        int turns = reading.call().lastTurn();
        int count = turns >= FIVE_BULLETS ? Brief.MOST_BULLETS : turns >= FOUR_BULLETS ? 4 : Brief.LEAST_BULLETS;
        var bullets = new ArrayList<Claim>();
        for (ToolUse use : reading.tools()) {
            if (use.outcome() == ToolUse.Outcome.FAILED && bullets.isEmpty()) {
                bullets.add(ToolTalk.failure(reading, use));
            }
        }
        List<Said> known = Stream.of(reason.issue(), reason.human()).filter(Objects::nonNull).toList();
        selector.select(reading.sentences(), count - bullets.size(), known).forEach(s -> bullets.add(Quotes.bullet(s)));
        bullets.sort(Comparator.comparingInt(c -> c.turns().isEmpty() ? 0 : c.turns().getFirst()));
        return bullets;
    }
}
