package dev.agentassist.brief.extractive;

import dev.agentassist.brief.BriefEngine;
import dev.agentassist.brief.CallMaterial;
import dev.agentassist.brief.Claim;
import dev.agentassist.brief.Draft;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Says what a call was about in the call's own words: deterministic, without a network, in time linear in the call's
 * length. It quotes rather than paraphrases, so that it can leave things out but not say them wrongly.
 */
public final class ExtractiveEngine implements BriefEngine {

    public static final String NAME = "extractive";

    private final Lexicons lexicons = new Lexicons();

    /** Compiles the patterns of values before a call is there. For any thread. */
    public static void prepare() {
        ValueScanner.scan("", List.of());
    }

    @Override
    public Draft draft(CallMaterial call) {
        Reading reading = Reading.of(call, lexicons);
        if (reading.sentences().stream().noneMatch(s -> s.substantial() && (s.caller() || s.has(Cue.REASON)))) {
            return nothing(new MoodReader(reading).read().mood());
        }
        var reason = new ReasonFinder(reading).find();
        List<Draft.Concern> flags = new FlagFinder(reading).find();
        MoodReader.Found mood = new MoodReader(reading).read();
        Claim name = new NameFinder(reading).find();
        // The name stands at the top of the brief.
        List<Draft.Value> values = new ValueFinder(reading).find().stream()
                .filter(v -> name == null || !Keys.comparable(name.text()).contains(Keys.comparable(v.claim().text())) && !Keys.comparable(v.claim().text()).equals("mrs" + Keys.comparable(name.text())))
                .toList();
        var steps = new StepFinder(reading, reason, flags);
        List<Draft.Step> next = steps.find();
        List<Said> told = Stream.concat(reason.told().stream(), steps.told().stream()).toList();
        return new Draft(
                NAME,
                null,
                name,
                mood.mood(),
                reason.claim(),
                new BulletFinder(reading, reason.issue(), told).find(),
                values,
                next,
                flags,
                new MarkerPlacer(reading).place(reason, flags, mood.heated(), values),
                List.of());
    }

    private static Draft nothing(Draft.Mood mood) {
        return new Draft(NAME, null, null, mood, null, List.of(), List.of(), List.of(), List.of(), Map.of(), List.of());
    }
}
