package dev.agentassist.brief.extractive;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Chooses the sentences that tell what a call was about. A sentence's score is how close its words are to those of the
 * whole call (cosine of TF-IDF vectors with the call's centroid), and what its place, its speaker, its length and its
 * cue phrases add or take; of two that say the same only the better is chosen (maximal marginal relevance).
 *
 * <p>Linear in the length of the call; deterministic.
 */
final class SentenceSelector {

    /** How much each trait counts. */
    record Weights(
            double centrality, double position, double caller, double length, double cue, double form, double redundancy) {

        static final Weights STANDARD = new Weights(1.0, 0.35, 0.10, 0.55, 0.30, 0.60, 0.70);
    }

    /** Words that carry meaning, at which a sentence counts as long. */
    private static final int FULL_LENGTH = 10;

    private final Weights weights;

    SentenceSelector(Weights weights) {
        this.weights = weights;
    }

    SentenceSelector() {
        this(Weights.STANDARD);
    }

    /** Sparse vectors of the sentences, normalised to length 1. */
    private record Vectors(List<Map<String, Double>> of, Map<String, Double> centroid) {}

    /** The best {@code count} sentences, in the order of the call. */
    List<Said> select(List<Said> sentences, int count) {
        List<Said> candidates = sentences.stream().filter(Said::substantial).toList();
        Vectors vectors = vectors(candidates);
        double[] scores = scores(candidates, vectors);
        var chosen = new ArrayList<Integer>();
        double[] overlap = new double[candidates.size()];
        while (chosen.size() < Math.min(count, candidates.size())) {
            int best = -1;
            double bestValue = Double.NEGATIVE_INFINITY;
            for (int i = 0; i < candidates.size(); i++) {
                double value = scores[i] - weights.redundancy() * overlap[i];
                if (overlap[i] < 2 && value > bestValue) {
                    best = i;
                    bestValue = value;
                }
            }
            chosen.add(best);
            for (int i = 0; i < candidates.size(); i++) {
                overlap[i] = i == best ? 2 : Math.max(overlap[i], dot(vectors.of().get(i), vectors.of().get(best)));
            }
        }
        return chosen.stream().sorted().map(candidates::get).toList();
    }

    /** The sentences with anything in them, the best first. */
    List<Said> ranked(List<Said> sentences) {
        List<Said> candidates = sentences.stream().filter(Said::substantial).toList();
        double[] scores = scores(candidates, vectors(candidates));
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, Comparator.comparingDouble((Integer i) -> -scores[i]));
        return Arrays.stream(order).map(candidates::get).toList();
    }

    private double[] scores(List<Said> sentences, Vectors vectors) {
        int turns = sentences.isEmpty() ? 1 : sentences.getLast().turnNumber();
        var scores = new double[sentences.size()];
        double norm = Math.sqrt(dot(vectors.centroid(), vectors.centroid()));
        for (int i = 0; i < scores.length; i++) {
            Said s = sentences.get(i);
            double central = norm == 0 ? 0 : dot(vectors.of().get(i), vectors.centroid()) / norm;
            double early = Math.exp(-3.0 * (s.turnNumber() - 1) / Math.max(turns, 6));
            double length = Math.min(1, (double) s.content().length / FULL_LENGTH);
            scores[i] = weights.centrality() * central
                    + weights.position() * early
                    + weights.length() * length
                    + (s.caller() ? weights.caller() : 0)
                    + weights.cue() * cues(s)
                    - (s.has(Cue.FORM) || s.has(Cue.COURTESY) ? weights.form() / (1 + s.content().length / 4) : 0);
        }
        return scores;
    }

    /** What the cue phrases say about a sentence's weight, about 0 to 1.5. */
    private static double cues(Said s) {
        double sum = 0;
        if (s.caller()) {
            sum += s.has(Cue.REASON) ? 0.5 : 0;
            sum += s.has(Cue.PROBLEM) ? 0.5 : 0;
            sum += s.has(Cue.REQUEST) ? 0.3 : 0;
            sum += s.has(Cue.TRIED) ? 0.4 : 0;
            sum += s.has(Cue.HUMAN) ? 0.4 : 0;
            sum += s.has(Cue.ANGRY) ? 0.2 : 0;
        } else {
            sum += s.has(Cue.PROMISE) ? 0.4 : 0;
            sum += s.has(Cue.REFUSAL) ? 0.5 : 0;
            sum += s.has(Cue.RESOLVED) ? 0.5 : 0;
            sum += s.question() ? -0.4 : 0;
        }
        sum += s.has(Cue.FLAG) ? 0.3 : 0;
        return sum;
    }

    private static Vectors vectors(List<Said> sentences) {
        var frequency = new HashMap<String, Integer>();
        for (Said s : sentences) {
            Arrays.stream(s.content()).distinct().forEach(w -> frequency.merge(w, 1, Integer::sum));
        }
        var vectors = new ArrayList<Map<String, Double>>(sentences.size());
        var centroid = new HashMap<String, Double>();
        for (Said s : sentences) {
            var vector = new HashMap<String, Double>();
            for (String word : s.content()) {
                double idf = Math.log(1 + (double) sentences.size() / frequency.get(word));
                vector.merge(word, idf, Double::sum);
            }
            double norm = Math.sqrt(dot(vector, vector));
            if (norm > 0) {
                vector.replaceAll((w, v) -> v / norm);
            }
            vector.forEach((w, v) -> centroid.merge(w, v, Double::sum));
            vectors.add(vector);
        }
        return new Vectors(vectors, centroid);
    }

    private static double dot(Map<String, Double> a, Map<String, Double> b) {
        Map<String, Double> small = a.size() <= b.size() ? a : b;
        Map<String, Double> large = small == a ? b : a;
        double sum = 0;
        for (var entry : small.entrySet()) {
            Double other = large.get(entry.getKey());
            if (other != null) {
                sum += entry.getValue() * other;
            }
        }
        return sum;
    }
}
