package dev.agentassist.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code assist audit}, packaged, on its own store. */
class AuditIT {

    @TempDir
    Path home;

    private Program program;

    @BeforeEach
    void program() {
        program = new Program(home);
    }

    private static String call(int n) {
        String said = n % 10 == 3 ? "Well, that is your own problem." : "It is on its way.";
        return ("{\"id\":\"c%06d\",\"status\":\"completed\",\"direction\":\"inbound\",\"channel\":\"telephone\",\"user_id\":\"+1415555%04d\","
                + "\"created_at\":\"2026-11-%02dT10:%02d:%02dZ\",\"duration\":60,\"conversation\":{\"items\":["
                + "{\"type\":\"message\",\"role\":\"assistant\",\"content\":[\"Hello, you are speaking with the virtual assistant.\"]},"
                + "{\"type\":\"message\",\"role\":\"user\",\"content\":[\"Where is my parcel?\"]},"
                + "{\"type\":\"message\",\"role\":\"assistant\",\"content\":[\"%s\"]}]}}")
                .formatted(n, n % 10_000, 1 + n / 3600 % 20, n / 60 % 60, n % 60, said);
    }

    private void store(int calls) {
        var lines = new StringBuilder();
        for (int n = 0; n < calls; n++) {
            lines.append(call(n)).append('\n');
        }
        assertEquals(0, program.reading(lines.toString()).run("conversations", "import", "-").exit());
    }

    private static List<String> lines(Path file) throws IOException {
        return Files.readAllLines(file);
    }

    private static TreeSet<String> ids(List<String> lines) {
        var ids = new TreeSet<String>();
        lines.forEach(l -> ids.add(l.replaceAll("^\\{\"conversation_id\":\"([^\"]*)\".*", "$1")));
        return ids;
    }

    @Test
    void isQuietWhenAllIsWellAndClosesTheGateWhenNot() {
        store(3);
        var well = program.run("audit", "--since", "2026-11-01");
        assertEquals(0, well.exit(), well.toString());
        assertEquals(3, well.out().lines().count());
        assertEquals("assist: 3 calls: 3 pass, 0 fail.\n", well.err());
        assertEquals("", program.run("audit", "--since", "2026-11-01", "--quiet").err());
        store(4);
        var not = program.run("audit", "--since", "2026-11-01");
        assertEquals(7, not.exit(), not.toString());
        assertEquals(0, program.run("audit", "--since", "2026-11-01", "--fail-on", "high").exit());
        assertEquals(0, program.run("audit", "--since", "2026-11-01", "--fail-on", "never").exit());
        var none = program.run("audit", "--since", "2026-11-23");
        assertEquals(0, none.exit());
        assertEquals("", none.out());
    }

    @Test
    void namesAPolicysMistakeBeforeItLooksAtAnything() throws IOException {
        Files.writeString(home.resolve("p.yaml"), "version: 1\nname: p\nrules:\n  - {id: a, must_sya: hello}\n");
        var refused = program.run("audit", "--policy", "p.yaml");
        assertEquals(2, refused.exit());
        assertTrue(refused.err().startsWith("{\"error\":{\"code\":2,\"status\":null,\"detail\":\"p.yaml, line 4: “must_sya” is no key of a rule.\""), refused.err());
        assertTrue(refused.err().contains("Did you mean must_say?"), refused.err());
        assertEquals("", refused.out());
        var missing = program.run("audit", "--policy", "nowhere.yaml", "--format", "csv");
        assertEquals(2, missing.exit());
        assertTrue(missing.err().contains("There is no file nowhere.yaml."), missing.err());
    }

    @Test
    void examinesExactlyTheCallsThatAreNamed() throws IOException {
        store(20);
        Files.writeString(home.resolve("ids"), "c000003\n# a remark\nc000007\nc999999\n");
        var named = program.run("audit", "--conversation", "ids");
        assertEquals(7, named.exit(), named.toString());
        assertEquals(List.of("c000003", "c000007", "c999999"), List.copyOf(ids(named.out().lines().toList())));
        assertTrue(named.out().contains("There is no such conversation"), named.out());
        Files.writeString(home.resolve("ids"), "c999999\n");
        assertEquals(6, program.run("audit", "--conversation", "ids").exit(), "a row with an error");
        Files.writeString(home.resolve("numbers"), "+14155550004\n+14155550008\n");
        var numbers = program.run("audit", "--since", "2026-11-01", "--phone", "numbers");
        assertEquals(List.of("c000004", "c000008"), List.copyOf(ids(numbers.out().lines().toList())));
        Files.writeString(home.resolve("numbers"), "# known\n\n+14155550004\nfour\n");
        var wrong = program.run("audit", "--since", "2026-11-01", "--phone", "numbers");
        assertTrue(wrong.exit() == 2 && wrong.err().contains("numbers, line 4: this is not a telephone number."), wrong.toString());
        var both = program.run("audit", "--conversation", "ids", "--agent", "a");
        assertEquals(2, both.exit());
    }

    @Test
    void fourShardsAtOnceHaveEveryCallOnce() throws IOException {
        store(400);
        var running = new ArrayList<Running>();
        for (int i = 1; i <= 4; i++) {
            running.add(program.start("audit", "--since", "2026-11-01", "--fail-on", "never", "--shard", i + "/4", "--output", "night.jsonl", "--prometheus", "night.prom"));
        }
        var ids = new ArrayList<String>();
        for (int i = 1; i <= 4; i++) {
            var end = running.get(i - 1).await();
            assertEquals(0, end.exit(), end.toString());
            ids.addAll(ids(lines(home.resolve("night." + i + "-of-4.jsonl"))));
            String gate = "agent_assist_audit_gate_holds{policy=\"starter\",shard=\"" + i + "/4\"} 1";
            assertTrue(lines(home.resolve("night." + i + "-of-4.prom")).contains(gate), "series of its own");
        }
        assertEquals(400, ids.size());
        assertEquals(400, new TreeSet<>(ids).size());
    }

    /** Killed at random moments and resumed until it is through: every call once, in order, as if nothing had been. */
    @Test
    void survivesBeingKilled() throws IOException {
        kill(5, 3000);
    }

    @Test
    @Tag("slow")
    void survivesBeingKilledAHundredTimes() throws IOException {
        kill(100, 20_000);
    }

    private void kill(int times, int calls) throws IOException {
        store(calls);
        String[] command = {"audit", "--since", "2026-11-01", "--fail-on", "never", "--output", "night.jsonl", "--resume"};
        assertEquals(0, program.run("audit", "--since", "2026-11-01", "--fail-on", "never", "--output", "whole.jsonl").exit());
        var random = new Random(11);
        Path journal = home.resolve(".night.jsonl.journal");
        for (int i = 0; i < times; i++) {
            long before = Files.exists(journal) ? Files.size(journal) : 0;
            long until = before + 1 + random.nextInt(200_000);
            try (Running run = program.start(command)) {
                while (run.isAlive() && (!Files.exists(journal) || Files.size(journal) < until)) {
                    Thread.onSpinWait();
                }
                // It may be through by now.
                ProcessHandle.of(run.pid()).ifPresent(ProcessHandle::destroyForcibly);
                run.await();
            }
            if (Files.exists(home.resolve("night.jsonl"))) {
                // It was through before it was killed: once more from the start.
                assertEquals(lines(home.resolve("whole.jsonl")), lines(home.resolve("night.jsonl")));
                Files.delete(home.resolve("night.jsonl"));
            }
        }
        assertEquals(0, program.run(command).exit());
        assertEquals(lines(home.resolve("whole.jsonl")), lines(home.resolve("night.jsonl")));
        assertFalse(Files.exists(journal));
    }

    /** What was done on a disk that was full is not done again, and nothing half written is taken for a result. */
    @Test
    void survivesAFullDisk() throws IOException {
        store(3000);
        assertEquals(0, program.run("audit", "--since", "2026-11-01", "--fail-on", "never", "--output", "whole.jsonl").exit());
        Path disk = Files.createDirectory(home.resolve("disk"));
        // A small disk of its own, seen by one process alone.
        String mount = "unshare -m bash -c 'mount -t tmpfs -o size=3m none " + disk + " && ";
        if (program.shell(mount + "true'").exit() != 0) {
            // Only root can, and not in every container.
            return;
        }
        String audit = "assist audit --since 2026-11-01 --fail-on never --output " + disk + "/night.jsonl --resume";
        var run = program.shell(mount
                + "head -c 2900000 /dev/zero > " + disk + "/ballast; " + audit + "; echo code $?; ls " + disk + "; "
                + "rm " + disk + "/ballast; " + audit + "; echo code $?; cmp " + disk + "/night.jsonl whole.jsonl && echo same; ls " + disk + "'");
        assertEquals("code 2\nballast\ncode 0\nsame\nnight.jsonl\n", run.out(), run.toString());
        assertTrue(run.err().contains("No space left on device") && run.err().contains("--resume"), run.err());
    }

    @Test
    void aSecondRunForAnOutputSaysSo() throws IOException {
        store(2000);
        try (Running first = program.start("audit", "--since", "2026-11-01", "--fail-on", "never", "--output", "night.jsonl")) {
            Path journal = home.resolve(".night.jsonl.journal");
            Await.until("the first run is under way", () -> Files.exists(journal));
            first.signal("STOP");
            var second = program.run("audit", "--since", "2026-11-01", "--output", "night.jsonl");
            assertEquals(6, second.exit(), second.toString());
            assertTrue(second.err().contains("Another audit is writing"), second.err());
            assertTrue(second.err().contains("(process " + first.pid() + ")"), second.err());
            first.signal("CONT");
            assertEquals(0, first.await().exit());
        }
        assertEquals(2000, lines(home.resolve("night.jsonl")).size());
    }

    @Test
    void comparesTwoNightsAndExplainsAFinding() throws IOException {
        store(4);
        program.run("audit", "--since", "2026-11-01", "--output", "a.jsonl");
        store(14);
        program.run("audit", "--since", "2026-11-01", "--output", "b.jsonl");
        var diff = program.run("audit", "diff", "a.jsonl", "b.jsonl");
        assertEquals(7, diff.exit(), diff.toString());
        assertTrue(diff.out().matches("new    medium  [0-9a-f]{16}  blames-the-caller  c000013  The agent says “that is your \\* fault\\|problem”\\. \\[3]\n"
                + "still  medium  [0-9a-f]{16}  blames-the-caller  c000003  .*\n"), diff.out());
        assertEquals("assist: 1 new, 0 gone, 1 still there.\n", diff.err());
        assertEquals(0, program.run("audit", "diff", "b.jsonl", "b.jsonl").exit());
        String print = diff.out().replaceAll("(?s)^new    medium  ([0-9a-f]{16}).*", "$1");
        var explained = program.run("audit", "explain", print);
        assertEquals(0, explained.exit(), explained.toString());
        assertTrue(explained.out().contains("Rule     blames-the-caller (medium, line "), explained.out());
        assertTrue(explained.out().contains("[3] Agent: Well, that is your own problem."), explained.out());
        assertTrue(explained.out().contains("fingerprint: \"" + print + "\""), explained.out());
        assertEquals(3, program.run("audit", "explain", "0000000000000000").exit());
        assertEquals(2, program.run("audit", "explain", "xyz").exit());
    }

    @Test
    void writesFiguresForPrometheus() throws IOException {
        store(4);
        program.run("audit", "--since", "2026-11-01", "--format", "junit", "--output", "night.xml", "--prometheus", "night.prom");
        String figures = Files.readString(home.resolve("night.prom"));
        // The collector runs as somebody else; what is told of calls stays its owner's.
        assertEquals("rw-r--r--", program.shell("umask 022; assist audit --since 2026-11-01 --output o --prometheus p; stat -c %A p | cut -c2-").out().strip());
        assertEquals("-rw-------", program.shell("stat -c %A o").out().strip());
        assertTrue(figures.contains("agent_assist_audit_calls{policy=\"starter\",verdict=\"fail\"} 1\n"), figures);
        assertTrue(figures.contains("agent_assist_audit_gate_holds{policy=\"starter\"} 0\n"), figures);
        assertTrue(Files.readString(home.resolve("night.xml")).startsWith("<?xml"));
    }

    @Test
    void aClosedPipeEndsQuietly() {
        store(3000);
        var head = program.shell("assist audit --since 2026-11-01 | head -n 1");
        assertEquals(0, head.exit());
        assertEquals(1, head.out().lines().count());
        assertEquals("", head.err());
    }

    @Test
    void whereNothingCanBeWrittenIsSaidFirst() {
        store(3);
        var nowhere = program.run("audit", "--since", "2026-11-01", "--output", "nowhere/night.jsonl", "--format", "csv");
        assertEquals(2, nowhere.exit(), nowhere.toString());
        assertTrue(nowhere.err().contains("/nowhere/night.jsonl does not exist."), nowhere.err());
        assertEquals(2, program.run("audit", "--resume").exit());
        var figures = program.run("audit", "--since", "2026-11-01", "--prometheus", "nowhere/night.prom");
        assertEquals("", figures.out(), "not after the calls were examined");
        assertTrue(figures.exit() == 2 && figures.err().contains("nowhere/night.prom does not exist."), figures.toString());
    }

    /** Although the policy at hand asks no model. */
    @ParameterizedTest
    @CsvSource({"--rate, fast", "--rate, 0/min", "--max-calls, many", "--max-tokens, 0", "--shard, 5/4", "--concurrency, 0"})
    void anOptionThatMakesNoSenseIsToldBeforeAnything(String option, String value) {
        var run = program.run("audit", "--demo", "--since", "2026-11-01", option, value);
        assertEquals(2, run.exit(), run.toString());
        assertTrue(run.out().isEmpty() && run.err().contains("“" + value + "”"), run.toString());
    }
}
