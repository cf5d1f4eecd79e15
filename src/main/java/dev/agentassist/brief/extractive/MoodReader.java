package dev.agentassist.brief.extractive;

import dev.agentassist.brief.Brief.Sentiment.Level;
import dev.agentassist.brief.Claim;
import dev.agentassist.brief.Draft;
import java.util.ArrayList;
import java.util.List;

/**
 * How the caller feels, by the words for it. Anger weighs 2, annoyance 1, shouting and repeated demands for a human 1;
 * what was said in the last third of the call weighs half as much again. From 1 up the caller is slightly frustrated,
 * from 3 up frustrated.
 */
final class MoodReader {

    private static final double SLIGHT = 1;
    private static final double FULL = 3;

    private final Reading reading;

    MoodReader(Reading reading) {
        this.reading = reading;
    }

    /** @param heated the sentences that show it, the strongest first */
    record Found(Draft.Mood mood, List<Said> heated) {}

    Found read() {
        var heated = new ArrayList<Said>();
        double sum = 0;
        int humans = 0;
        for (Said said : reading.sentences()) {
            if (!said.caller()) {
                continue;
            }
            double weight = weight(said);
            if (said.has(Cue.HUMAN) && ++humans > 1) {
                weight += 1;
            }
            if (weight > 0) {
                heated.add(said);
                sum += weight * (said.turnNumber() * 3 > reading.call().lastTurn() * 2 ? 1.5 : 1);
            }
        }
        heated.sort((a, b) -> Double.compare(weight(b), weight(a)));
        return new Found(mood(sum, heated), heated);
    }

    private Draft.Mood mood(double sum, List<Said> heated) {
        if (heated.isEmpty() || sum < SLIGHT) {
            return new Draft.Mood(Level.CALM, Claim.ofRecord(calm()));
        }
        Level level = sum >= FULL ? Level.FRUSTRATED : Level.SLIGHTLY_FRUSTRATED;
        String before = level == Level.FRUSTRATED ? "Frustrated: " : "Slightly frustrated: ";
        return new Draft.Mood(level, Quotes.around(before, heated.getFirst(), Quotes.SHORT, ""));
    }

    private String calm() {
        boolean spoke = reading.sentences().stream().anyMatch(Said::caller);
        if (!spoke) {
            return "The caller said nothing.";
        }
        return reading.lexicons().isEmpty() ? "The mood cannot be read in this language." : "Calm throughout.";
    }

    private static double weight(Said said) {
        double weight = (said.has(Cue.ANGRY) ? 2 : 0) + (said.has(Cue.ANNOYED) ? 1 : 0);
        return shouted(said) ? weight + 1 : weight;
    }

    private static boolean shouted(Said said) {
        String text = said.text();
        int letters = 0;
        int capitals = 0;
        for (int i = 0; i < text.length(); i++) {
            letters += Character.isLetter(text.charAt(i)) ? 1 : 0;
            capitals += Character.isUpperCase(text.charAt(i)) ? 1 : 0;
        }
        return said.words().size() >= 3 && letters >= 12 && capitals > letters * 0.7;
    }
}
