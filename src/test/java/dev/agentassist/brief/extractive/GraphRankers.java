package dev.agentassist.brief.extractive;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The two classic rankers of sentences by a graph of their similarity, to compare with. As in the usual package for it
 * (sumy), a sentence is also its own neighbour; function words are left in, without which both rank worse on dialogues.
 */
final class GraphRankers {

    private static final double DAMPING = 0.85;
    private static final int ROUNDS = 100;

    private GraphRankers() {}

    /** TextRank: shared words by the logarithms of the sentences' lengths (Mihalcea and Tarau, 2004). */
    static List<Integer> textRank(List<String> sentences, int count) {
        List<List<String>> words = sentences.stream().map(s -> Arrays.asList(words(s))).toList();
        return best(sentences.size(), count, (i, j) -> {
            double norm = Math.log(words.get(i).size()) + Math.log(words.get(j).size());
            long shared = words.get(i).stream().mapToLong(w -> Collections.frequency(words.get(j), w)).sum();
            return norm > 0 && shared > 0 ? shared / norm : 0;
        });
    }

    /** LexRank: neighbours by the cosine of TF-IDF vectors, from 0.1 (Erkan and Radev, 2004). */
    static List<Integer> lexRank(List<String> sentences, int count) {
        var frequency = new HashMap<String, Integer>();
        List<String[]> words = sentences.stream().map(GraphRankers::words).toList();
        words.forEach(w -> new HashSet<>(Arrays.asList(w)).forEach(x -> frequency.merge(x, 1, Integer::sum)));
        List<Map<String, Double>> vectors = words.stream().map(w -> vector(w, frequency, sentences.size())).toList();
        return best(sentences.size(), count, (i, j) -> {
            double cosine = dot(vectors.get(i), vectors.get(j));
            return i == j || cosine > 0.1 ? 1 : 0;
        });
    }

    private static String[] words(String sentence) {
        return Rouge.tokens(sentence);
    }

    private static Map<String, Double> vector(String[] words, Map<String, Integer> frequency, int sentences) {
        var vector = new HashMap<String, Double>();
        for (String word : words) {
            vector.merge(word, Math.log((double) sentences / frequency.get(word)), Double::sum);
        }
        double norm = Math.sqrt(dot(vector, vector));
        if (norm > 0) {
            vector.replaceAll((w, v) -> v / norm);
        }
        return vector;
    }

    private static double dot(Map<String, Double> a, Map<String, Double> b) {
        return a.entrySet().stream().mapToDouble(e -> e.getValue() * b.getOrDefault(e.getKey(), 0.0)).sum();
    }

    private interface Similarity {
        double of(int i, int j);
    }

    /** The best by PageRank, in the order of the text. */
    private static List<Integer> best(int n, int count, Similarity similarity) {
        var weight = new double[n][n];
        var sums = new double[n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                weight[i][j] = similarity.of(i, j);
                sums[i] += weight[i][j];
            }
        }
        var rank = new double[n];
        Arrays.fill(rank, 1.0 / Math.max(1, n));
        for (int round = 0; round < ROUNDS; round++) {
            var next = new double[n];
            Arrays.fill(next, (1 - DAMPING) / n);
            for (int i = 0; i < n; i++) {
                for (int j = 0; j < n && sums[i] > 0; j++) {
                    next[j] += DAMPING * rank[i] * weight[i][j] / sums[i];
                }
            }
            rank = next;
        }
        double[] ranks = rank;
        return IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparingDouble((Integer i) -> -ranks[i]))
                .limit(count)
                .sorted()
                .toList();
    }
}
