package dev.agentassist.brief.extractive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The traits of a call's sentences, and how alike two of them are. Linear in the call's length. */
final class SentenceTraits {

    /** Words that carry meaning, at which a sentence counts as long. */
    static final double FULL_LENGTH = 10;

    /** Place in a turn from which all are equally far back. */
    private static final double FAR = 4;

    /** Stands for the place of a turn before the caller's first. */
    private static final int GREETING = 1000;

    private final List<Said> sentences;
    private final List<Map<String, Double>> vectors = new ArrayList<>();
    private final Map<String, Double> centroid = new HashMap<>();
    private final Map<String, Double> opening = new HashMap<>();
    private final Map<Integer, Integer> order = new HashMap<>();
    private final double centroidNorm;
    private final double openingNorm;
    private int lastAgentTurn;

    SentenceTraits(List<Said> sentences) {
        this.sentences = sentences;
        order();
        vectors();
        centroidNorm = WordVectors.norm(centroid);
        openingNorm = WordVectors.norm(opening);
    }

    /** Each turn's place among its speaker's turns, from 0. */
    private void order() {
        int callers = 0;
        int agents = 0;
        for (Said s : sentences) {
            if (!order.containsKey(s.turnNumber())) {
                // What the agent says before the caller does is a greeting.
                boolean greets = !s.caller() && callers == 0;
                order.put(s.turnNumber(), s.caller() ? callers++ : greets ? GREETING : agents++);
                lastAgentTurn = s.caller() ? lastAgentTurn : s.turnNumber();
            }
        }
    }

    /** TF-IDF vectors of length 1. */
    private void vectors() {
        var frequency = new HashMap<String, Integer>();
        for (Said s : sentences) {
            Arrays.stream(s.content()).distinct().forEach(w -> frequency.merge(w, 1, Integer::sum));
        }
        for (Said s : sentences) {
            var vector = new HashMap<String, Double>();
            for (String word : s.content()) {
                vector.merge(word, Math.log(1 + (double) sentences.size() / frequency.get(word)), Double::sum);
            }
            double norm = WordVectors.norm(vector);
            if (norm > 0) {
                vector.replaceAll((w, v) -> v / norm);
            }
            vector.forEach((w, v) -> centroid.merge(w, v, Double::sum));
            if (s.caller() && order.get(s.turnNumber()) == 0) {
                vector.forEach((w, v) -> opening.merge(w, v, Double::sum));
            }
            vectors.add(vector);
        }
    }

    /** Whether a sentence only opens the call: the agent's before the caller said anything, or one that is all courtesy. */
    boolean greets(int index) {
        Said s = sentences.get(index);
        boolean form = s.has(Cue.FORM) || s.has(Cue.COURTESY);
        return !s.caller() && order.get(s.turnNumber()) == GREETING && !s.has(Cue.REASON) || form && s.content().length <= 2;
    }

    /** How likely a person would choose a sentence, 0 to 1. */
    double likelihood(int index) {
        double sum = 0;
        for (Trait trait : Trait.values()) {
            sum += trait.weight() * value(trait, index);
        }
        return 1 / (1 + Math.exp(-sum));
    }

    private double value(Trait trait, int index) {
        Said s = sentences.get(index);
        boolean caller = s.caller();
        int turn = order.get(s.turnNumber());
        double content = Math.min(1, s.content().length / FULL_LENGTH);
        return switch (trait) {
            case BIAS -> 1;
            case WORDS -> Math.log(1 + s.words().size()) / 4;
            case CONTENT -> content;
            case CENTRAL -> centroidNorm == 0 ? 0 : WordVectors.dot(vectors.get(index), centroid) / centroidNorm;
            case CALLERS_FIRST -> one(caller && turn == 0);
            case CALLERS_SECOND -> one(caller && turn == 1);
            case AGENTS_FIRST -> one(!caller && turn == 0);
            case AGENTS_SECOND -> one(!caller && turn == 1);
            case AGENTS_LAST -> one(s.turnNumber() == lastAgentTurn);
            case FAR_IN_TURN -> Math.min(1, s.place() / FAR);
            case FIRST_OF_TURN -> one(s.place() == 0);
            case CALLERS_FIRST_LONG -> caller && turn == 0 ? content : 0;
            case AGENTS_LONG -> caller ? 0 : content;
            case TAKES_UP -> openingNorm == 0 || caller && turn == 0 ? 0 : WordVectors.dot(vectors.get(index), opening) / openingNorm;
            case AGENT_FORM -> one(!caller && s.has(Cue.FORM));
            case CALLER_FORM -> one(caller && s.has(Cue.FORM));
            case CALLER_REASON -> one(caller && s.has(Cue.REASON));
            case CALLER_REQUEST -> one(caller && s.has(Cue.REQUEST));
            case CALLER_PROBLEM -> one(caller && s.has(Cue.PROBLEM));
            case CALLER_HUMAN -> one(caller && s.has(Cue.HUMAN));
            case AGENT_PROMISE -> one(!caller && s.has(Cue.PROMISE));
            case AGENT_TRIED -> one(!caller && s.has(Cue.TRIED));
            case AGENT_REFUSAL -> one(!caller && s.has(Cue.REFUSAL));
            case AGENT_ASKS_VALUE -> one(!caller && s.has(Cue.KEY));
        };
    }

    /** Cosine of two sentences' words, 0 to 1. */
    double likeness(int a, int b) {
        return WordVectors.dot(vectors.get(a), vectors.get(b));
    }

    private static double one(boolean holds) {
        return holds ? 1 : 0;
    }
}
