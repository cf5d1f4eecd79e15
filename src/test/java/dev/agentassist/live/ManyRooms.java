package dev.agentassist.live;

import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Program;
import io.livekit.server.AccessToken;
import io.livekit.server.CanPublishData;
import io.livekit.server.RoomJoin;
import io.livekit.server.RoomName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * {@code assist tail --all} over many live calls at once: the packaged program, a real server on loopback, and in each room
 * somebody who speaks. Fails when a line is missing, comes twice, or in another order within its
 * call than it was said. {@code src/build/benchmark-live} runs it.
 *
 * <pre>ManyRooms [ROOMS…] (default: 10 50 200)</pre>
 */
final class ManyRooms {

    private static final Pattern LINE = Pattern.compile("(\\d+):(\\d+)@(\\d{13})");
    /** Of each room, one a second. */
    private static final int SEGMENTS = 30;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(5);

    private record Figures(
            int rooms, double followedMillis, int shown, int missing, int twice, int swapped, double p50, double p99,
            double cpuSeconds, long peakMegabytes, int threads) {}

    private ManyRooms() {}

    public static void main(String[] args) throws Exception {
        PrintStream out = System.out;
        int[] sizes = args.length == 0 ? new int[] {10, 50, 200} : Arrays.stream(args).mapToInt(Integer::parseInt).toArray();
        Path folder = Files.createTempDirectory("many-rooms");
        boolean whole = true;
        try {
            out.printf(
                    "%6s %15s %7s %8s %6s %13s %9s %9s %9s %9s %8s%n",
                    "rooms", "all followed", "lines", "missing", "twice", "out of order", "p50", "p99", "CPU", "memory", "threads");
            for (int rooms : sizes) {
                // A server of its own for each: none has to forget the rooms of the one before.
                try (LiveKitServerPart server = LiveKitServerPart.start()) {
                    Figures f = measure(rooms, server, folder);
                    out.printf(
                            "%6d %12.1f s  %7d %8d %6d %13d %6.1f ms %6.1f ms %7.2f s %6d MB %8d%n",
                            f.rooms(), f.followedMillis() / 1000, f.shown(), f.missing(), f.twice(), f.swapped(), f.p50(), f.p99(),
                            f.cpuSeconds(), f.peakMegabytes(), f.threads());
                    whole &= f.missing() == 0 && f.twice() == 0 && f.swapped() == 0;
                }
            }
            out.println("all followed: from the start of the process until a listener is in every room; p50, p99: from sending to"
                    + " reading the printed line, " + SEGMENTS + " segments in each room, one a second.");
        } finally {
            try (var files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        System.exit(whole ? 0 : 1);
    }

    private static Figures measure(int rooms, LiveKitServerPart server, Path folder) throws Exception {
        Process tail = null;
        try (var agents = new Agents(server, rooms)) {
            long begun = System.nanoTime();
            var builder = new ProcessBuilder(Program.installation().resolve("bin/assist").toString(), "tail", "--all")
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().putAll(server.environment());
            builder.environment().put("XDG_STATE_HOME", folder.resolve("state").toString());
            tail = builder.start();
            Process process = tail;
            var lines = new ArrayList<String>();
            var times = new ArrayList<Long>();
            Thread reader = Thread.ofPlatform().daemon().start(() -> read(process, lines, times));
            // Whatever is said before is not for it.
            var missing = new ArrayList<String>();
            for (int i = 0; i < rooms; i++) {
                missing.add(Agents.name(i));
            }
            while (!missing.isEmpty()) {
                missing.removeIf(room -> server.participants(room).stream().anyMatch(p ->
                        p.getPermission().getHidden() && p.getState() == livekit.LivekitModels.ParticipantInfo.State.ACTIVE));
                check(begun, "not followed: " + missing);
                Thread.sleep(20);
            }
            double followed = (System.nanoTime() - begun) / 1e6;
            agents.say();
            long said = System.nanoTime();
            while (size(lines) < rooms * SEGMENTS && System.nanoTime() - said < TimeUnit.SECONDS.toNanos(20)) {
                Thread.sleep(50);
            }
            double cpu = LiveBenchmark.cpuSeconds(tail.pid());
            long peak = LiveBenchmark.peakMegabytes(tail.pid());
            int threads;
            try (var tasks = Files.list(Path.of("/proc/" + tail.pid() + "/task"))) {
                threads = (int) tasks.count();
            }
            tail.destroy();
            tail.waitFor(20, TimeUnit.SECONDS);
            reader.join(5_000);
            return figures(rooms, followed, lines, times, cpu, peak, threads);
        } finally {
            if (tail != null) {
                tail.destroyForcibly();
            }
        }
    }

    private static Figures figures(
            int rooms, double followed, List<String> lines, List<Long> times, double cpu, long peak, int threads) {
        int[][] seen = new int[rooms][SEGMENTS];
        int[] last = new int[rooms];
        Arrays.fill(last, -1);
        var latencies = new ArrayList<Double>();
        int swapped = 0;
        for (int i = 0; i < lines.size(); i++) {
            Matcher matcher = LINE.matcher(lines.get(i));
            if (matcher.find()) {
                int room = Integer.parseInt(matcher.group(1));
                int number = Integer.parseInt(matcher.group(2));
                seen[room][number]++;
                swapped += number < last[room] ? 1 : 0;
                last[room] = Math.max(last[room], number);
                latencies.add((double) (times.get(i) - Long.parseLong(matcher.group(3))));
            }
        }
        latencies.sort(Comparator.naturalOrder());
        int shown = latencies.size();
        int missing = (int) Arrays.stream(seen).flatMapToInt(Arrays::stream).filter(n -> n == 0).count();
        int twice = (int) Arrays.stream(seen).flatMapToInt(Arrays::stream).filter(n -> n > 1).count();
        return new Figures(
                rooms,
                followed,
                shown,
                missing,
                twice,
                swapped,
                shown == 0 ? -1 : latencies.get(shown / 2),
                shown == 0 ? -1 : latencies.get((int) (shown * 0.99)),
                cpu,
                peak,
                threads);
    }

    private static void read(Process process, List<String> lines, List<Long> times) {
        try (BufferedReader from = LiveBenchmark.lines(process)) {
            for (String line = from.readLine(); line != null; line = from.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                    times.add(System.currentTimeMillis());
                }
            }
        } catch (IOException e) {
            // It was ended.
        }
    }

    private static int size(List<String> lines) {
        synchronized (lines) {
            return lines.size();
        }
    }

    private static void check(long begun, String what) throws TimeoutException {
        if (System.nanoTime() - begun > PATIENCE_NANOS) {
            throw new TimeoutException(what);
        }
    }

    /** An agent in each room. LiveKit's client for Node.js has fifty threads a room: this project's own has three for all. */
    private static final class Agents implements AutoCloseable {
        private final LiveEngine engine = new LiveEngine();
        private final List<LiveProbe> agents = new ArrayList<>();

        Agents(LiveKitServerPart server, int count) throws Exception {
            for (int i = 0; i < count; i++) {
                var token = new AccessToken(LiveKitServerPart.KEY, LiveKitServerPart.SECRET);
                token.setIdentity("agent");
                token.addGrants(new RoomJoin(true), new RoomName(name(i)), new CanPublishData(true));
                LiveProbe agent = LiveProbe.join(engine, server.url(), token.toJwt(), "test");
                agents.add(agent);
                agent.connected().get(2, TimeUnit.MINUTES);
            }
        }

        static String name(int room) {
            return "call-" + room;
        }

        /** To the end: a segment a second in each room, the rooms in turns. */
        void say() throws Exception {
            long begun = System.nanoTime();
            for (int number = 0; number < SEGMENTS; number++) {
                for (int room = 0; room < agents.size(); room++) {
                    long due = begun + TimeUnit.SECONDS.toNanos(number) + TimeUnit.SECONDS.toNanos(room) / agents.size();
                    while (System.nanoTime() < due) {
                        LockSupport.parkNanos(due - System.nanoTime());
                    }
                    agents.get(room).text(
                            "lk.transcription",
                            Map.of("lk.segment_id", "s" + number, "lk.transcription_final", "true"),
                            List.of(room + ":" + number + "@" + System.currentTimeMillis()),
                            Map.of());
                }
            }
        }

        @Override
        public void close() {
            agents.forEach(LiveProbe::close);
            engine.close();
        }
    }
}
