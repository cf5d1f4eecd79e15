package dev.agentassist.brief.extractive;

import java.util.Map;

/** Vectors over words, as weights by word; a word that is not there weighs nothing. */
final class WordVectors {

    private WordVectors() {}

    static double norm(Map<String, Double> vector) {
        return Math.sqrt(dot(vector, vector));
    }

    static double dot(Map<String, Double> a, Map<String, Double> b) {
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
