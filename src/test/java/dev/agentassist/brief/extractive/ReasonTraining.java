package dev.agentassist.brief.extractive;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.brief.AgentAssistPortal;
import dev.agentassist.brief.CallMaterial;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Fits the weights of {@link ReasonTrait} to gold calls and says how often the turn that they choose is right, on calls that
 * they were not fitted to:
 *
 * <pre>mvn -q test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *   -Dexec.args="-cp %classpath dev.agentassist.brief.extractive.ReasonTraining FOLDER…"</pre>
 *
 * The model is a conditional logit: the likelihood of a turn among those of its call is proportional to the exponential of
 * its weighted traits, and what is maximised is the mean logarithm of the likelihoods of its gold turns, less half of
 * {@link #RIDGE} times the squared weights. From weights of 0, by gradient steps of a fixed number: the same calls give the same weights.
 */
final class ReasonTraining {

    /** How strongly weights are held near 0: the best by leaving one out, of 1, 2, 4 and 8. */
    private static final double RIDGE = 4;

    private static final int STEPS = 400;

    /** A call's turns that can be chosen, and which of them are gold. */
    record Sample(String source, String name, Reading reading, Set<Integer> reason, Set<Integer> human, int[] turns, double[][] traits, boolean[] gold) {

        /** By the rule of the gold calls’ page. */
        boolean right(double[] weights) {
            ReasonFinder.Reason found = new ReasonFinder(reading, weights).find();
            Set<Integer> cited = found.claim() == null ? Set.of() : Set.copyOf(found.claim().turns());
            return reason.isEmpty() ? cited.isEmpty() : cited.stream().anyMatch(reason::contains) && cited.stream().allMatch(t -> reason.contains(t) || human.contains(t));
        }
    }

    private ReasonTraining() {}

    public static void main(String[] args) throws IOException {
        var samples = new ArrayList<Sample>();
        for (String folder : args) {
            samples.addAll(read(Path.of(folder)));
        }
        System.out.printf(Locale.ROOT, "%d calls, %d traits, ridge %.1f%n", samples.size(), ReasonTrait.values().length, RIDGE);
        double[] all = fit(samples);
        report("fitted", samples, samples.stream().map(s -> all).toList());
        report("leave one out", samples, samples.stream().map(s -> fit(samples.stream().filter(o -> o != s).toList())).toList());
        for (String source : args) {
            List<Sample> out = samples.stream().filter(s -> s.source().equals(source)).toList();
            List<Sample> in = samples.stream().filter(s -> !s.source().equals(source)).toList();
            if (!in.isEmpty()) {
                double[] weights = fit(in);
                report("without " + source, out, out.stream().map(s -> weights).toList());
            }
        }
        for (ReasonTrait trait : ReasonTrait.values()) {
            System.out.printf(Locale.ROOT, "    %s(%.2f),%n", trait, all[trait.ordinal()]);
        }
    }

    static List<Sample> read(Path folder) throws IOException {
        List<Path> files;
        try (Stream<Path> list = Files.list(folder)) {
            files = list.filter(p -> p.toString().endsWith(".json")).sorted().toList();
        }
        var samples = new ArrayList<Sample>();
        for (Path file : files) {
            JsonNode json = Json.MAPPER.readTree(file.toFile());
            Set<Integer> gold = numbers(json.path("gold").path("reason_turns"));
            Set<Integer> human = numbers(json.path("gold").path("human_turns"));
            samples.add(sample(folder.toString(), file.getFileName().toString(), material(json.path("call")), gold, human));
        }
        return samples;
    }

    private static Set<Integer> numbers(JsonNode node) {
        var numbers = new HashSet<Integer>();
        node.forEach(n -> numbers.add(n.asInt()));
        return numbers;
    }

    /** The call as an engine gets it. */
    static CallMaterial material(JsonNode call) {
        var material = new CallMaterial[1];
        var engine = new ExtractiveEngine();
        new AgentAssistPortal(engine, () -> Instant.EPOCH).brief(new AgentAssistPortal.Found(ConversationJson.read(call), null), read -> {
            material[0] = read;
            return engine.draft(read);
        });
        return material[0];
    }

    private static Sample sample(String source, String name, CallMaterial call, Set<Integer> gold, Set<Integer> human) {
        Reading reading = Reading.of(call, new Lexicons());
        var traits = new TurnTraits(reading);
        var turns = new ArrayList<Integer>();
        for (int t = 1; t <= call.lastTurn(); t++) {
            if (traits.candidate(t, true) || traits.candidate(t, false)) {
                turns.add(t);
            }
        }
        int n = turns.size();
        var values = new double[n][ReasonTrait.values().length];
        var right = new boolean[n];
        for (int i = 0; i < n; i++) {
            for (ReasonTrait trait : ReasonTrait.values()) {
                values[i][trait.ordinal()] = traits.value(trait, turns.get(i));
            }
            right[i] = gold.contains(turns.get(i));
        }
        return new Sample(source, name, reading, gold, human, turns.stream().mapToInt(Integer::intValue).toArray(), values, right);
    }

    static double[] fit(List<Sample> samples) {
        int n = ReasonTrait.values().length;
        var weights = new double[n];
        var speed = new double[n];
        for (int step = 0; step < STEPS; step++) {
            var slope = new double[n];
            for (int j = 0; j < n; j++) {
                slope[j] = -RIDGE * weights[j];
            }
            for (Sample s : samples) {
                if (s.reason().isEmpty()) {
                    continue;
                }
                double[] p = likelihoods(s, weights);
                int gold = 0;
                for (boolean is : s.gold()) {
                    gold += is ? 1 : 0;
                }
                for (int i = 0; i < p.length; i++) {
                    double pull = (s.gold()[i] ? 1.0 / gold : 0) - p[i];
                    for (int j = 0; j < n; j++) {
                        slope[j] += pull * s.traits()[i][j];
                    }
                }
            }
            for (int j = 0; j < n; j++) {
                speed[j] = 0.9 * speed[j] + 0.1 * slope[j] / (RIDGE + 6);
                weights[j] += speed[j];
            }
        }
        return weights;
    }

    private static double[] likelihoods(Sample s, double[] weights) {
        var p = new double[s.turns().length];
        double most = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < p.length; i++) {
            for (int j = 0; j < weights.length; j++) {
                p[i] += weights[j] * s.traits()[i][j];
            }
            most = Math.max(most, p[i]);
        }
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            p[i] = Math.exp(p[i] - most);
            sum += p[i];
        }
        for (int i = 0; i < p.length; i++) {
            p[i] /= sum;
        }
        return p;
    }

    private static void report(String how, List<Sample> samples, List<double[]> weights) {
        int right = 0;
        var wrong = new StringBuilder();
        for (int k = 0; k < samples.size(); k++) {
            Sample s = samples.get(k);
            if (s.right(weights.get(k))) {
                right++;
            } else {
                var claim = new ReasonFinder(s.reading(), weights.get(k)).find().claim();
                wrong.append(String.format("  %s: %s, not %s%n", s.name(), claim == null ? "nothing" : claim.turns() + " " + claim.text(), s.reason()));
            }
        }
        System.out.printf(Locale.ROOT, "%s: right %.3f (%d of %d)%n%s", how, (double) right / samples.size(), right, samples.size(), wrong);
    }
}
