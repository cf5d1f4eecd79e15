package dev.agentassist.store;

import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.conversation.PhoneNumber;
import dev.agentassist.conversation.Status;
import dev.agentassist.testkit.PostgresPart;
import dev.agentassist.testkit.Program;
import java.io.IOException;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Prints what a store of many conversations does, in this process and with the heap of the packaged program, which it then
 * lets import the same from a file. {@code src/build/benchmark-stores} runs it.
 *
 * <pre>StoreBenchmark sqlite|postgresql COUNT</pre>
 */
final class StoreBenchmark {

    /** Opens the store anew. */
    interface Opener {
        ConversationStore open();
    }

    /** As many as an import hands over at once. */
    private static final int BATCH = 128;

    private StoreBenchmark() {}

    public static void main(String[] args) throws Exception {
        int count = args.length > 1 ? Integer.parseInt(args[1]) : 1_000_000;
        Path folder = Files.createTempDirectory("store-benchmark");
        try {
            if (args[0].equals("postgresql")) {
                String url = PostgresPart.database().url();
                Databases.open(url, Databases.access(folder)).check(true);
                run(count, () -> Databases.open(url, Databases.access(folder)), System.out);
                packaged(folder, count, url + "?table=packaged", System.out);
            } else {
                Path file = folder.resolve("conversations.db");
                run(count, () -> new SqliteStore(new SqliteFile(file, Duration.ofSeconds(10))), System.out);
                System.out.printf("%-32s %8d MB%n", "file", file.toFile().length() >> 20);
                Files.delete(file);
                packaged(folder, count, "sqlite:" + folder.resolve("packaged.db"), System.out);
            }
        } finally {
            delete(folder);
        }
    }

    /** With all that is in it. */
    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path each : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /** The program as a user runs it. */
    private static void packaged(Path folder, int count, String store, PrintStream out) throws Exception {
        Path file = folder.resolve("calls.jsonl");
        write(file, count);
        Program program = new Program(Files.createDirectory(folder.resolve("home"))).within(Duration.ofHours(1));
        program.run("config", "check", "--create", "--store", store);
        out.printf("%-32s %8d MB%n", "JSON Lines", file.toFile().length() >> 20);
        long begin = System.nanoTime();
        Program.Result done = program.run("conversations", "import", file.toString(), "--store", store);
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (done.exit() != 0) {
            throw new IllegalStateException(done.toString());
        }
        out.printf("%-32s %8.1f s   %,10.0f /s%n", "assist conversations import", seconds, count / seconds);
        begin = System.nanoTime();
        program.run("conversations", "list", "--limit", "50", "--store", store);
        out.printf("%-32s %8.0f ms%n", "assist conversations list, 50", (System.nanoTime() - begin) / 1e6);
        begin = System.nanoTime();
        program.shell("assist conversations list --store '" + store + "' | head -1");
        out.printf("%-32s %8.0f ms%n", "its first line, of all", (System.nanoTime() - begin) / 1e6);
    }

    /** To import with the packaged program. */
    private static void write(Path file, int count) throws Exception {
        try (var out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < count; i++) {
                out.append(ConversationJson.write(ManyCalls.call(i)).toString()).append('\n');
            }
        }
    }

    private static void run(int count, Opener opener, PrintStream out) {
        rate(out, "make them, without a store", count, () -> make(count));
        rate(out, "make and put, one transaction", count, () -> fill(opener, count));
        int again = Math.min(count, 200_000);
        rate(out, "make and put again, unchanged", again, () -> fill(opener, again));

        try (ConversationStore store = opener.open()) {
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

    static void fill(Opener opener, int count) {
        try (ConversationStore store = opener.open(); ConversationStore.Writer writer = store.write()) {
            for (int i = 0; i < count; i += BATCH) {
                writer.putAll(IntStream.range(i, Math.min(i + BATCH, count)).mapToObj(ManyCalls::call).toList());
            }
            writer.commit();
        }
    }
}
