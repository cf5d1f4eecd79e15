package dev.agentassist.store;

import dev.agentassist.testkit.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;

/**
 * Prints how long the packaged program takes to audit many stored calls by rules alone, how much memory it wants for that,
 * and how both grow with the number of calls. {@code src/build/benchmark-audit} runs it.
 *
 * <pre>AuditBenchmark [COUNT…]</pre>
 */
final class AuditBenchmark {

    private AuditBenchmark() {}

    public static void main(String[] args) throws Exception {
        int[] counts = args.length > 0 ? Stream.of(args).mapToInt(Integer::parseInt).toArray() : new int[] {10_000, 100_000, 1_000_000};
        System.out.printf("%9s  %-18s %9s %9s %12s %12s%n", "calls", "output", "s", "calls/s", "CPU, s", "memory, MB");
        for (int count : counts) {
            Path folder = Files.createTempDirectory("audit-benchmark");
            try {
                Path file = folder.resolve("calls.db");
                StoreBenchmark.fill(() -> new SqliteStore(new SqliteFile(file, Duration.ofSeconds(10))), count);
                Program program = new Program(Files.createDirectory(folder.resolve("home"))).within(Duration.ofHours(1));
                measure(program, file, count, "stdout, jsonl", "--fail-on never > /dev/null");
                measure(program, file, count, "--output, jsonl", "--fail-on never --output " + folder.resolve("audit.jsonl"));
            } finally {
                StoreBenchmark.delete(folder);
            }
        }
    }

    private static void measure(Program program, Path file, int count, String what, String options) {
        long begin = System.nanoTime();
        // GNU time counts the processor's seconds and the largest resident set, in KB, of the program itself.
        Program.Result done = program.shell("/usr/bin/time -f 'used %U %S %M' assist audit --since 2025-01-01 --store sqlite:" + file + " " + options);
        double seconds = (System.nanoTime() - begin) / 1e9;
        String used = done.err().lines().filter(line -> line.startsWith("used ")).findFirst().orElse("used 0 0 0");
        if (done.exit() != 0) {
            throw new IllegalStateException(done.toString());
        }
        String[] parts = used.split(" ");
        System.out.printf(
                "%,9d  %-18s %9.1f %,9.0f %12.1f %12d%n",
                count, what, seconds, count / seconds, Double.parseDouble(parts[1]) + Double.parseDouble(parts[2]), Long.parseLong(parts[3]) >> 10);
    }
}
