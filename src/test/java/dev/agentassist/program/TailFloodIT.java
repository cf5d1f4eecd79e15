package dev.agentassist.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Participant;
import dev.agentassist.testkit.Parts;
import dev.agentassist.testkit.Program;
import io.livekit.server.AccessToken;
import io.livekit.server.CanPublishData;
import io.livekit.server.RoomJoin;
import io.livekit.server.RoomName;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code assist tail} when somebody says more than anybody can read, or nobody reads. */
@Tag("slow")
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class TailFloodIT extends OnServer {

    private static final Pattern LINE = Pattern.compile("^\\S.*?(\\d+)@\\d{13}");
    /** The heap's own limit is 256 MB. */
    private static final long MOST_MEGABYTES = 360;

    private Path folder;

    @BeforeEach
    void scripts() throws IOException {
        folder = Files.createDirectory(home.resolve("node"));
        Files.createSymbolicLink(folder.resolve("node_modules"), Parts.nodeModulesFolder());
        for (String file : new String[] {"publisher.mjs", "package.json"}) {
            Files.copy(Path.of("src/test/node", file), folder.resolve(file));
        }
    }

    /** What the tail of a room prints, read only when this is asked to; its stderr goes to a file. */
    private final class Tailed implements AutoCloseable {
        private final Process process;
        private final BufferedReader lines;
        private final Path err = home.resolve("err");
        private final Participant agent;
        private int next;
        private int shown;
        private long characters;
        private long leftOut;

        Tailed(String room) throws IOException {
            agent = people.join(room, Join.agent("agent"));
            var builder = new ProcessBuilder(Program.installation().resolve("bin/assist").toString(), "tail", "room:" + room)
                    .redirectError(err.toFile());
            builder.environment().clear();
            builder.environment().putAll(assist.environment());
            process = builder.start();
            lines = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            Await.until("it listens", () -> server.participants(room).stream().anyMatch(p ->
                    p.getPermission().getHidden()
                            && p.getState() == livekit.LivekitModels.ParticipantInfo.State.ACTIVE));
        }

        /** Publishes to the end: so many segments, a second, of a size. */
        void flood(String room, int count, int rate, int size) throws Exception {
            var token = new AccessToken(LiveKitServerPart.KEY, LiveKitServerPart.SECRET);
            token.setIdentity("speaker");
            token.addGrants(new RoomJoin(true), new RoomName(room), new CanPublishData(true));
            Process speaker = new ProcessBuilder(
                            "node", folder.resolve("publisher.mjs").toString(), server.url(), token.toJwt(), "" + count, "" + rate, "" + size)
                    .redirectError(ProcessBuilder.Redirect.INHERIT)
                    .start();
            try (var out = new BufferedReader(new InputStreamReader(speaker.getInputStream(), StandardCharsets.UTF_8))) {
                for (String line = out.readLine(); !"@done".equals(line); line = out.readLine()) {
                    assertTrue(line != null, "the speaker goes on to the end");
                }
                // What it has sent is on its way; it leaves in order.
                speaker.getOutputStream().close();
                assertTrue(speaker.waitFor(2, TimeUnit.MINUTES));
            } finally {
                speaker.destroyForcibly();
            }
        }

        /** Reads so many lines, or to the end; each comes once, in order. */
        void read(int most) throws IOException {
            for (int i = 0; i < most; i++) {
                String line = lines.readLine();
                if (line == null) {
                    return;
                }
                Matcher left = Pattern.compile("(\\d+) lines were (left out|lost)").matcher(line);
                if (left.find()) {
                    leftOut += Long.parseLong(left.group(1));
                    continue;
                }
                Matcher said = LINE.matcher(line);
                if (said.find()) {
                    int number = Integer.parseInt(said.group(1));
                    assertTrue(number >= next, () -> number + " comes after " + next);
                    next = number + 1;
                    shown++;
                    characters += line.length();
                }
            }
        }

        long peakMegabytes() throws IOException {
            Matcher peak = Pattern.compile("VmHWM:\\s+(\\d+) kB")
                    .matcher(Files.readString(Path.of("/proc/" + process.pid() + "/status")));
            assertTrue(peak.find());
            return Long.parseLong(peak.group(1)) / 1024;
        }

        String err() throws IOException {
            return Files.readString(err);
        }

        int end() throws Exception {
            agent.leave();
            read(Integer.MAX_VALUE);
            assertTrue(process.waitFor(2, TimeUnit.MINUTES), "it ends with the call");
            return process.exitValue();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private static Set<Path> spilled() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
            return files.filter(f -> f.getFileName().toString().matches("assist-tail-.*\\.lines")).collect(Collectors.toSet());
        }
    }

    private static void report(String what, Tailed tail, long peak) {
        System.out.println("TailFloodIT " + what + ": " + tail.shown + " shown, " + tail.leftOut + " left out, " + tail.characters
                + " characters, " + peak + " MB");
    }

    @Test
    void aThousandSegmentsASecondAreShownOnceAndInOrder() throws Exception {
        try (var tail = new Tailed("flood-short")) {
            var reading = Thread.ofPlatform().start(() -> {
                try {
                    tail.read(20_000);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            tail.flood("flood-short", 20_000, 1_000, 0);
            reading.join(120_000);
            long peak = tail.peakMegabytes();
            report("a thousand a second", tail, peak);
            assertEquals(20_000, tail.shown);
            assertTrue(peak < MOST_MEGABYTES, () -> peak + " MB");
            assertEquals(0, tail.end());
        }
    }

    @Test
    void aReaderThatStopsForAMinuteLosesNothing() throws Exception {
        int count = 600;
        int size = 64 * 1024;
        try (var tail = new Tailed("flood-stopped")) {
            // Nobody reads: 38 MB wait, eight of them in memory.
            tail.flood("flood-stopped", count, 20, size);
            TimeUnit.SECONDS.sleep(60);
            long peak = tail.peakMegabytes();
            while (tail.shown + tail.leftOut < count) {
                tail.read(1);
            }
            report("64 KB each, nobody reads for a minute", tail, peak);
            assertEquals(count, tail.shown);
            assertTrue(tail.characters >= (long) count * size, "each is whole");
            assertTrue(peak < MOST_MEGABYTES, () -> peak + " MB");
            assertEquals(0, tail.end());
            assertEquals(0, tail.leftOut);
        }
    }

    @Test
    void whatIsAboveTheDocumentedSizeIsSaid() throws Exception {
        int count = 5_000;
        Set<Path> before = spilled();
        try (var tail = new Tailed("flood-above")) {
            // 320 MB, of which 264 can wait.
            tail.flood("flood-above", count, 200, 64 * 1024);
            TimeUnit.SECONDS.sleep(3);
            long peak = tail.peakMegabytes();
            assertEquals(0, tail.end());
            report("320 MB that nobody reads", tail, peak);
            assertTrue(tail.leftOut > 0, "something was left out");
            assertEquals(count, tail.shown + tail.leftOut);
            assertTrue(peak < MOST_MEGABYTES, () -> peak + " MB");
            assertEquals(before, spilled(), "no file stays behind");
        }
    }

    @Test
    void aReaderThatGoesAwayDuringAFloodEndsItQuietly() throws Exception {
        try (var tail = new Tailed("flood-closed")) {
            var closing = Thread.ofPlatform().start(() -> {
                try {
                    tail.read(100);
                    tail.lines.close();
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            tail.flood("flood-closed", 2_000, 200, 8 * 1024);
            closing.join(60_000);
            assertTrue(tail.process.waitFor(60, TimeUnit.SECONDS), "it ends");
            assertEquals(0, tail.process.exitValue());
            assertEquals("", tail.err());
            tail.agent.leave();
        }
    }
}
