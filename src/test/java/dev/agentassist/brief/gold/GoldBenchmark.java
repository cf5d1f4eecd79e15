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

/**
 * Measures briefs against the gold calls: those that were written along with the engine, and those that were written
 * without a look at it, apart.
 *
 * <pre>mvn -q test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *   -Dexec.args="-cp %classpath dev.agentassist.brief.gold.GoldBenchmark"</pre>
 *
 * {@code --faults} also lists what is wrong; a folder instead of the halves' names measures the calls in it.
 */
public final class GoldBenchmark {

    static final Path FOLDER = Path.of("src/test/resources/gold");

    private GoldBenchmark() {}

    public static void main(String[] args) throws IOException {
        List<String> given = List.of(args);
        List<String> named = given.stream().filter(a -> !a.startsWith("--")).toList();
        for (String half : named.isEmpty() ? List.of("dev", "blind") : named) {
            if (Files.isDirectory(FOLDER.resolve(half))) {
                GoldFigures figures = measure(new ExtractiveEngine(), half);
                System.out.println("Gold calls “" + half + "”, the extractive engine");
                System.out.println(figures.table());
                if (given.contains("--faults")) {
                    figures.faults.forEach(System.out::println);
                }
            }
        }
    }

    /** The figures of an engine on one half of the calls, as {@code assist brief} would use it. */
    static GoldFigures measure(BriefEngine engine, String half) throws IOException {
        var portal = new AgentAssistPortal(engine, () -> Instant.parse("2026-11-24T16:00:00Z"));
        var figures = new GoldFigures();
        for (GoldCall gold : GoldCall.read(FOLDER.resolve(half))) {
            Brief brief = portal.brief(new AgentAssistPortal.Found(gold.conversation(), null), engine);
            figures.add(gold, brief);
        }
        return figures;
    }
}
