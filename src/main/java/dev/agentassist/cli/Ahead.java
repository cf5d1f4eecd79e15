package dev.agentassist.cli;

import dev.agentassist.brief.extractive.ExtractiveEngine;
import dev.agentassist.brief.injection.InstructionScreen;
import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * Makes ready in a second thread what a command will need, while the first one reads the command line. Nothing waits for
 * it, and nothing is missing without it: what is not ready yet is made where it is needed. Only classes that need none of
 * those that the first thread is about, so that neither can wait for the other.
 */
final class Ahead {

    /** Whoever says one of these reads no JSON. */
    private static final Set<String> WITHOUT_JSON =
            Set.of("--no-check", "--help", "-h", "--version", "-V", "completion", "config");

    private Ahead() {}

    static void of(String[] args) {
        List<String> words = Arrays.asList(args);
        if (words.stream().anyMatch(WITHOUT_JSON::contains)) {
            return;
        }
        boolean brief = words.contains("brief");
        Thread.ofPlatform().daemon().name("ahead").start(() -> {
            // The JDK multiplies powers of five for 10 ms before the first number of any JSON is read.
            BigDecimal.ONE.signum();
            if (brief) {
                ExtractiveEngine.prepare();
                InstructionScreen.instructs("");
            }
        });
    }
}
