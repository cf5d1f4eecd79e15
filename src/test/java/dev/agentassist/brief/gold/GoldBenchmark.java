package dev.agentassist.brief.gold;

import dev.agentassist.brief.AgentAssistPortal;
import dev.agentassist.brief.Brief;
import dev.agentassist.brief.BriefEngine;
import dev.agentassist.brief.extractive.ExtractiveEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measures briefs against the gold calls: those that the engine's rules were made with, and those that were written
 * without a look at it, where there are any, apart.
 *
 * <pre>mvn -q test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *   -Dexec.args="-cp %classpath dev.agentassist.brief.gold.GoldBenchmark"</pre>
 *
 * {@code --faults} also lists what is wrong; a folder's name measures the calls in it, and {@code opened:even} or
 * {@code opened:odd} every second one of them: a rule that was made with one half should hold on the other.
 */
public final class GoldBenchmark {

    static final Path FOLDER = Path.of("src/test/resources/gold");

    private GoldBenchmark() {}

    public static void main(String[] args) throws IOException {
        List<String> given = List.of(args);
        List<String> named = given.stream().filter(a -> !a.startsWith("--")).toList();
        for (String half : named.isEmpty() ? List.of("dev", "opened", "blind") : named) {
            GoldFigures figures = measure(new ExtractiveEngine(), half);
            if (figures.calls > 0) {
                System.out.println("Gold calls “" + half + "”, the extractive engine");
                System.out.println(figures.table());
                if (given.contains("--faults")) {
                    figures.faults.forEach(System.out::println);
                }
            }
        }
    }

    /** The figures of an engine on one part of the calls, as {@code assist brief} would use it; none where there are no calls. */
    static GoldFigures measure(BriefEngine engine, String part) throws IOException {
        var portal = new AgentAssistPortal(engine, () -> Instant.parse("2026-11-24T16:00:00Z"));
        var figures = new GoldFigures();
        for (GoldCall gold : calls(part)) {
            Brief brief = portal.brief(new AgentAssistPortal.Found(gold.conversation(), null), engine);
            figures.add(gold, brief);
        }
        return figures;
    }

    private static List<GoldCall> calls(String part) throws IOException {
        int colon = part.indexOf(':');
        Path folder = FOLDER.resolve(colon < 0 ? part : part.substring(0, colon));
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        List<GoldCall> calls = GoldCall.read(folder);
        int first = part.endsWith(":odd") ? 1 : 0;
        return colon < 0 ? calls : IntStream.range(0, calls.size()).filter(i -> i % 2 == first).mapToObj(calls::get).toList();
    }
}
