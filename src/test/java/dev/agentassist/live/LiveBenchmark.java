package dev.agentassist.live;

import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Parts;
import dev.agentassist.testkit.Program;
import dev.agentassist.token.ListenerClaims;
import io.livekit.server.AccessToken;
import io.livekit.server.CanPublishData;
import io.livekit.server.RoomJoin;
import io.livekit.server.RoomName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.BiFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code assist tail} beside LiveKit's own clients for Node.js and Python, which do the same in the same run: a real server
 * on loopback, one publisher. {@code src/build/benchmark-live} runs it.
 *
 * <pre>LiveBenchmark [PYTHON] (a Python that has livekit; without it that row is left out)</pre>
 */
final class LiveBenchmark {

    private static final Pattern LINE = Pattern.compile("(\\d+)@(\\d{13})");
    private static final int STARTS = 5;

    /** A listener: its command for a room. */
    private record Peer(String name, BiFunction<String, LiveKitServerPart, List<String>> command) {}

    private record Figures(
            double firstLineMillis, double p50, double p99, int swapped, int lost, double cpuSeconds, long peakMegabytes) {}

    /** A line, when it was read, and when it was sent. */
    private record Seen(int number, double latencyMillis) {}

    private LiveBenchmark() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        Path folder = Files.createTempDirectory("live-benchmark");
        try (LiveKitServerPart server = LiveKitServerPart.start()) {
            Files.createSymbolicLink(folder.resolve("node_modules"), Parts.nodeModulesFolder());
            for (String file : new String[] {"publisher.mjs", "tail.mjs", "package.json"}) {
                Files.copy(Path.of("src/test/node", file), folder.resolve(file));
            }
            String assist = Program.installation().resolve("bin/assist").toString();
            var peers = new ArrayList<Peer>();
            peers.add(new Peer("assist tail", (room, s) -> List.of(assist, "tail", "room:" + room, "--quiet")));
            peers.add(new Peer("Node.js", (room, s) -> List.of("node", folder.resolve("tail.mjs").toString(), s.url(), listener(room))));
            if (args.length > 0) {
                peers.add(new Peer("Python", (room, s) -> List.of(
                        args[0], Path.of("src/test/python/tail.py").toAbsolutePath().toString(), s.url(), listener(room))));
            } else {
                out.println("Python is left out: no interpreter with livekit was named.");
            }
            Map<String, Figures> rows = new LinkedHashMap<>();
            for (Peer peer : peers) {
                rows.put(peer.name(), measure(peer, server, folder));
            }
            out.printf("%-12s %12s %9s %9s %14s %9s %9s %9s%n", "", "first line", "p50", "p99", "out of order", "lost", "CPU", "memory");
            rows.forEach((name, f) -> out.printf(
                    "%-12s %9.0f ms %6.1f ms %6.1f ms %14d %9d %7.2f s %6d MB%n",
                    name, f.firstLineMillis(), f.p50(), f.p99(), f.swapped(), f.lost(), f.cpuSeconds(), f.peakMegabytes()));
            out.println("first line: median of " + STARTS + " cold starts; p50, p99: from sending to reading the printed line, 500 segments"
                    + " at 50 a second; the rest: 2,000 segments at 200 a second, start included.");
        } finally {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static Figures measure(Peer peer, LiveKitServerPart server, Path folder) throws Exception {
        double[] starts = new double[STARTS];
        try (var publisher = new Publisher(server, folder, "start-" + peer.name().replaceAll("\\W", ""), 100_000, 100)) {
            for (int i = 0; i < STARTS; i++) {
                starts[i] = firstLine(peer, server, publisher.room);
            }
        }
        Arrays.sort(starts);
        Run calm = run(peer, server, folder, "calm-" + peer.name().replaceAll("\\W", ""), 500, 50);
        Run busy = run(peer, server, folder, "busy-" + peer.name().replaceAll("\\W", ""), 2_000, 200);
        double[] latencies = calm.seen.stream().mapToDouble(Seen::latencyMillis).sorted().toArray();
        int swapped = 0;
        int last = -1;
        for (Seen seen : busy.seen) {
            swapped += seen.number() < last ? 1 : 0;
            last = Math.max(last, seen.number());
        }
        int lost = 2_000 - (int) busy.seen.stream().map(Seen::number).distinct().count();
        return new Figures(
                starts[STARTS / 2],
                latencies[latencies.length / 2],
                latencies[(int) (latencies.length * 0.99)],
                swapped,
                lost,
                busy.cpuSeconds,
                busy.peakMegabytes);
    }

    private static double firstLine(Peer peer, LiveKitServerPart server, String room) throws Exception {
        long begun = System.nanoTime();
        Process process = start(peer, server, room);
        try (var lines = lines(process)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (LINE.matcher(line).find()) {
                    return (System.nanoTime() - begun) / 1e6;
                }
            }
            throw new AssertionError(peer.name() + " printed nothing.");
        } finally {
            process.destroy();
            process.waitFor(10, TimeUnit.SECONDS);
        }
    }

    private record Run(List<Seen> seen, double cpuSeconds, long peakMegabytes) {}

    private static Run run(Peer peer, LiveKitServerPart server, Path folder, String room, int count, int rate) throws Exception {
        try (var publisher = new Publisher(server, folder, room, 0, 1)) {
            Process process = start(peer, server, room);
            var seen = new ArrayList<Seen>();
            try (var lines = lines(process);
                    var load = new Publisher(server, folder, room, -1, 0)) {
                // The listener has to be live before it is measured.
                long end = System.nanoTime() + 60_000_000_000L;
                while (server.participants(room).stream().noneMatch(p -> p.getIdentity().startsWith("listener-")) && System.nanoTime() < end) {
                    Thread.sleep(50);
                }
                Thread.sleep(1_000);
                load.begin(count, rate);
                while (seen.size() < count) {
                    String line = lines.readLine();
                    long at = System.currentTimeMillis();
                    Matcher matcher = line == null ? null : LINE.matcher(line);
                    if (line == null) {
                        break;
                    }
                    if (matcher.find()) {
                        seen.add(new Seen(Integer.parseInt(matcher.group(1)), at - Long.parseLong(matcher.group(2))));
                    }
                }
                return new Run(seen, cpuSeconds(process.pid()), peakMegabytes(process.pid()));
            } finally {
                process.destroy();
                process.waitFor(10, TimeUnit.SECONDS);
            }
        }
    }

    private static Process start(Peer peer, LiveKitServerPart server, String room) throws IOException {
        var builder = new ProcessBuilder(peer.command().apply(room, server)).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(server.environment());
        return builder.start();
    }

    static BufferedReader lines(Process process) {
        return new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    }

    static double cpuSeconds(long pid) throws IOException {
        String[] fields = Files.readString(Path.of("/proc/" + pid + "/stat")).replaceAll("^.*\\) ", "").split(" ");
        return (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / 100.0;
    }

    static long peakMegabytes(long pid) throws IOException {
        Matcher matcher = Pattern.compile("VmHWM:\\s+(\\d+) kB").matcher(Files.readString(Path.of("/proc/" + pid + "/status")));
        return matcher.find() ? Long.parseLong(matcher.group(1)) / 1024 : -1;
    }

    private static String listener(String room) {
        return new ListenerClaims(
                        LiveKitServerPart.KEY, "listener-" + Long.toHexString(System.nanoTime()), room, "{}", Instant.now().plus(Duration.ofMinutes(5)))
                .sign(LiveKitServerPart.SECRET);
    }

    /** A participant that publishes: at once, or when it is told to. */
    private static final class Publisher implements AutoCloseable {
        private final String room;
        private final List<String> command = new ArrayList<>();
        private Process process;

        /** {@code count}: 0 only stays in the room; negative waits for {@link #begin}. */
        Publisher(LiveKitServerPart server, Path folder, String room, int count, int rate) throws IOException {
            this.room = room;
            var token = new AccessToken(LiveKitServerPart.KEY, LiveKitServerPart.SECRET);
            token.setIdentity("publisher" + System.nanoTime());
            token.addGrants(new RoomJoin(true), new RoomName(room), new CanPublishData(true));
            command.addAll(List.of("node", folder.resolve("publisher.mjs").toString(), server.url(), token.toJwt()));
            if (count >= 0) {
                begin(count, rate);
            }
        }

        void begin(int count, int rate) throws IOException {
            command.addAll(List.of("" + count, "" + rate));
            process = new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
            BufferedReader lines = lines(process);
            for (String line = lines.readLine(); line != null && !line.startsWith("@ready"); line = lines.readLine()) {
                // The SDK's own log.
            }
            Thread.ofPlatform().daemon().start(() -> {
                try {
                    while (lines.readLine() != null) {
                        // Drained.
                    }
                } catch (IOException e) {
                    // It ended.
                }
            });
        }

        @Override
        public void close() {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }
}
