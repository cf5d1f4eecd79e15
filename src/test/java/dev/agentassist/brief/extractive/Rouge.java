package dev.agentassist.brief.extractive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * ROUGE-1, ROUGE-2 and ROUGE-L as F1 (Lin, “ROUGE: A Package for Automatic Evaluation of Summaries”, 2004), cut into words
 * and stemmed as PyPI's {@code rouge-score} does it, with which it agrees to the last digit.
 */
record Rouge(double one, double two, double longest) {

    static Rouge of(String reference, String summary) {
        String[] r = tokens(reference);
        String[] s = tokens(summary);
        return new Rouge(grams(r, s, 1), grams(r, s, 2), f1(common(r, s), r.length, s.length));
    }

    static Rouge mean(List<Rouge> all) {
        return new Rouge(
                all.stream().mapToDouble(Rouge::one).average().orElse(0),
                all.stream().mapToDouble(Rouge::two).average().orElse(0),
                all.stream().mapToDouble(Rouge::longest).average().orElse(0));
    }

    static String[] tokens(String text) {
        var tokens = new ArrayList<String>();
        for (String token : text.toLowerCase(Locale.ROOT).split("[^a-z0-9]+")) {
            if (!token.isEmpty()) {
                tokens.add(token.length() > 3 ? PorterStemmer.stem(token) : token);
            }
        }
        return tokens.toArray(String[]::new);
    }

    private static double grams(String[] r, String[] s, int n) {
        Map<String, Integer> left = count(r, n);
        Map<String, Integer> right = count(s, n);
        int hits = 0;
        for (var entry : left.entrySet()) {
            hits += Math.min(entry.getValue(), right.getOrDefault(entry.getKey(), 0));
        }
        return f1(hits, Math.max(r.length - n + 1, 0), Math.max(s.length - n + 1, 0));
    }

    private static Map<String, Integer> count(String[] tokens, int n) {
        var counts = new HashMap<String, Integer>();
        for (int i = 0; i + n <= tokens.length; i++) {
            counts.merge(String.join(" ", List.of(tokens).subList(i, i + n)), 1, Integer::sum);
        }
        return counts;
    }

    private static int common(String[] r, String[] s) {
        var row = new int[s.length + 1];
        for (String token : r) {
            int diagonal = 0;
            for (int j = 1; j <= s.length; j++) {
                int above = row[j];
                row[j] = token.equals(s[j - 1]) ? diagonal + 1 : Math.max(row[j], row[j - 1]);
                diagonal = above;
            }
        }
        return row[s.length];
    }

    private static double f1(int hits, int reference, int summary) {
        if (hits == 0) {
            return 0;
        }
        double precision = (double) hits / Math.max(1, summary);
        double recall = (double) hits / Math.max(1, reference);
        return 2 * precision * recall / (precision + recall);
    }
}
