package dev.agentassist.store;

import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.PhoneNumber;
import dev.agentassist.conversation.Status;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Prints what a SQLite store of many conversations does. To run it, with the heap that is promised:
 *
 * <pre>mvn -q test-compile exec:exec -Dexec.executable=java -Dexec.classpathScope=test \
 *   -Dexec.args="-Xmx256m -cp %classpath dev.agentassist.store.StoreBenchmark 1000000"</pre>
 */
final class StoreBenchmark {

    private StoreBenchmark() {}

    public static void main(String[] args) throws Exception {
        int count = args.length > 0 ? Integer.parseInt(args[0]) : 1_000_000;
        Path folder = Files.createTempDirectory("store-benchmark");
        Path file = folder.resolve("conversations.db");
        try {
            run(count, file, System.out);
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path each : files.toList()) {
                    Files.delete(each);
                }
            }
            Files.delete(folder);
        }
    }

    private static void run(int count, Path file, PrintStream out) {
        rate(out, "make them, without a store", count, () -> make(count));
        rate(out, "make and put, one transaction", count, () -> fill(file, count));
        out.printf("%-32s %8d MB%n", "file", file.toFile().length() >> 20);
        int again = Math.min(count, 200_000);
        rate(out, "make and put again, unchanged", again, () -> fill(file, again));

        try (ConversationStore store = open(file)) {
            store.newest(new PhoneNumber(ManyCalls.caller(1)), false);
            timed(out, "newest of a number", 1000, i -> store.newest(new PhoneNumber(ManyCalls.caller(i * 37)), false));
            timed(out, "newest of a number with many", 200, i -> store.newest(new PhoneNumber(ManyCalls.BUSY_CALLER), false));
            timed(out, "newest active of the same", 200, i -> store.newest(new PhoneNumber(ManyCalls.BUSY_CALLER), true));
            timed(out, "by id, with transcript", 1000, i -> store.get(ManyCalls.call(i * 31 % count).id()));
            for (var filter : new ConversationFilter[] {
                ConversationFilter.ALL,
                new ConversationFilter(null, Set.of(Status.COMPLETED, Status.FAILED), null, null, null, 0),
                new ConversationFilter(null, Set.of(Status.IN_PROGRESS, Status.RINGING), null, null, null, 0),
                new ConversationFilter(null, Set.of(), null, null, "nobody", 0),
            }) {
                long start = System.nanoTime();
                try (Stream<ConversationInfo> all = store.list(filter)) {
                    var rows = all.iterator();
                    boolean any = rows.hasNext();
                    double first = (System.nanoTime() - start) / 1e6;
                    int n = 0;
                    for (; any && rows.hasNext(); n++) {
                        rows.next();
                    }
                    out.printf("list %-27s %8.1f ms first, %,9.0f ms for %,d%n", name(filter), first, (System.nanoTime() - start) / 1e6, n);
                }
            }
        }
    }

    private static String name(ConversationFilter filter) {
        return filter.agent() != null ? "of an agent without calls" : filter.statuses().isEmpty() ? "all" : filter.statuses().toString();
    }

    private interface Step {
        void run(int i);
    }

    private static void timed(PrintStream out, String what, int times, Step step) {
        long[] took = new long[times];
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            step.run(i);
            took[i] = System.nanoTime() - start;
        }
        Arrays.sort(took);
        out.printf("%-32s %8.3f ms median, %.3f ms at most%n", what, took[times / 2] / 1e6, took[times - 1] / 1e6);
    }

    /** The processor's time too: on a machine that does other things it tells more than the clock. */
    private static void rate(PrintStream out, String what, int count, Runnable work) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long cpu = threads.getCurrentThreadCpuTime();
        long begin = System.nanoTime();
        work.run();
        double seconds = (System.nanoTime() - begin) / 1e9;
        double busy = (threads.getCurrentThreadCpuTime() - cpu) / 1e9;
        out.printf("%-32s %8.1f s   %,10.0f /s   (%.1f s of CPU, %,.0f /s)%n", what, seconds, count / seconds, busy, count / busy);
    }

    private static void make(int count) {
        long ids = 0;
        for (int i = 0; i < count; i++) {
            ids += ManyCalls.call(i).id().length();
        }
        if (ids == 0) {
            throw new IllegalStateException("Nothing was made.");
        }
    }

    private static ConversationStore open(Path file) {
        return new SqliteStore(new SqliteFile(file, Duration.ofSeconds(10)));
    }

    private static void fill(Path file, int count) {
        try (ConversationStore store = open(file); ConversationStore.Writer writer = store.write()) {
            for (int i = 0; i < count; i++) {
                writer.put(ManyCalls.call(i));
            }
            writer.commit();
        }
    }
}
