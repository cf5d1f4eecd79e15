package dev.agentassist.brief.model;

import dev.agentassist.brief.BriefEngine;
import dev.agentassist.brief.extractive.ExtractiveEngine;
import dev.agentassist.model.Answer;
import dev.agentassist.model.ChatModel;
import dev.agentassist.model.Question;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How long a brief takes besides the model itself: the words' own engine, the questions, and the look at each answer. In a
 * warm JVM, with a model that answers at once.
 *
 * <pre>mvn -q test-compile exec:java -Dexec.classpathScope=test -Dexec.mainClass=dev.agentassist.brief.model.ModelBenchmark</pre>
 */
public final class ModelBenchmark {

    private static final int WARM = 40;
    private static final int RUNS = 31;

    private ModelBenchmark() {}

    public static void main(String[] args) {
        PrintStream out = System.out;
        out.println("| brief | median ms |");
        out.println("|---|---|");
        for (int turns : new int[] {12, 300}) {
            List<String> lines = turns == 12 ? Lies.SHOP : call(turns);
            out.printf("| %d turns, from the words alone | %.1f |%n", turns, median(lines, new ExtractiveEngine()));
            var model = new ModelEngine(new Instant(), new ExtractiveEngine(), 128_000, new ModelEngine.Progress() {
                @Override
                public void announce(String sentence) {}

                @Override
                public void step(String text) {}
            });
            out.printf("| %d turns, our own time with a model | %.1f |%n", turns, median(lines, model));
        }
    }

    private static double median(List<String> lines, BriefEngine engine) {
        var times = new double[RUNS];
        for (int i = 0; i < WARM + RUNS; i++) {
            // Another id each time: an engine remembers what it was asked about a call.
            var call = Briefs.call(lines).put("id", "conv_" + i);
            long start = System.nanoTime();
            Briefs.of(call, engine);
            if (i >= WARM) {
                times[i - WARM] = (System.nanoTime() - start) / 1e6;
            }
        }
        Arrays.sort(times);
        return times[RUNS / 2];
    }

    private static List<String> call(int turns) {
        var lines = new ArrayList<String>();
        while (lines.size() < turns) {
            lines.addAll(Lies.BANK);
            lines.addAll(Lies.SHOP.stream().filter(l -> !l.startsWith("tool ")).toList());
        }
        return lines.subList(0, turns);
    }

    /** Answers at once, with items that stand and items that do not. */
    private static final class Instant implements ChatModel {
        @Override
        public String name() {
            return "instant";
        }

        @Override
        public Answer ask(Question question) {
            var answer = Answers.empty();
            Answers.bullet(answer, 2, "my blender arrived broken on Monday");
            Answers.bullet(answer, 2, "I was charged 45 dollars twice on March 3rd");
            Answers.bullet(answer, 6, "nobody said this");
            Answers.value(answer, 4, "It's A-4417.", "Article", "A-4417");
            Answers.step(answer, 2, "I want a replacement");
            return new Answer(answer, 1, 1);
        }
    }
}
