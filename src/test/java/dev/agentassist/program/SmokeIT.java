package dev.agentassist.program;

import static dev.agentassist.program.Check.json;
import static dev.agentassist.program.Check.ok;
import static dev.agentassist.program.Check.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.LiveKitOptions;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Participants;
import dev.agentassist.testkit.PlatformFake;
import dev.agentassist.testkit.PostgresPart;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.Running;
import dev.agentassist.testkit.ScriptedModelServer;
import dev.agentassist.testkit.ScriptedModelServer.Reply;
import dev.agentassist.testkit.TerminalPart;
import dev.agentassist.testkit.UnnamedWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code assist smoke} on a real LiveKit server: what it proves, what makes each check fail, and that nothing is left. */
class SmokeIT {

    private static final String PREFIX = "assist-smoke-";

    /** A machine that is busy with other tests is slow. */
    private static final String[] PATIENT = {"--yes", "--timeout", "60s", "--max-connect", "60s", "--max-text", "60s", "--max-sound", "60s"};

    private static LiveKitServerPart server;

    @TempDir
    private Path home;

    private Program assist;

    @BeforeAll
    static void start() {
        server = LiveKitServerPart.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @BeforeEach
    void program() throws IOException {
        // Where a store is made that is thrown away.
        Files.createDirectories(home.resolve("cache/agent-assist"));
        assist = new Program(home).with(server);
    }

    private Program.Result smoke(String... more) {
        return smoke(assist, more);
    }

    private static Program.Result smoke(Program program, String... more) {
        return program.run(Stream.of(new String[] {"smoke"}, PATIENT, more).flatMap(Stream::of).toArray(String[]::new));
    }

    private static Map<String, String> states(String report) {
        var states = new TreeMap<String, String>();
        for (JsonNode check : json(report).get("checks")) {
            states.put(check.get("name").asText(), check.get("state").asText());
        }
        return states;
    }

    private static List<String> canaries() {
        return server.roomNames().stream().filter(n -> n.startsWith(PREFIX)).toList();
    }

    private void nothingIsLeft() throws IOException {
        assertEquals(List.of(), canaries());
        try (Stream<Path> files = Files.list(home.resolve("cache/agent-assist"))) {
            assertEquals(List.of(), files.filter(f -> f.getFileName().toString().startsWith(PREFIX)).toList());
        }
    }

    @Test
    void allIsProvedAndNothingIsLeft() throws IOException {
        Program.Result run = smoke("--format", "json");
        JsonNode report = json(ok(run));
        assertTrue(report.get("ok").asBoolean(), run::toString);
        assertEquals(
                List.of("room", "token", "connect", "text", "sound", "latency", "alone", "publish", "unseen", "ended", "brief", "cleanup"),
                report.get("checks").valueStream().map(c -> c.get("name").asText()).toList());
        assertEquals("1.13.5", report.get("server_version").asText());
        assertTrue(report.get("room").asText().matches(PREFIX + "[0-9a-f]{12}"), run::toString);
        assertTrue(report.at("/figures/text_max_ms").asDouble() > 0 && report.at("/figures/sound_median_ms").asDouble() > 0, run::toString);
        assertEquals("udp", report.at("/figures/media_path").asText());
        nothingIsLeft();
        assertFalse(Files.exists(home.resolve("data/agent-assist/conversations.db")), "no store is made that was not there");
        String log = Files.readString(home.resolve("state/agent-assist/listen.jsonl"));
        assertEquals(2, log.lines().filter(l -> l.contains("\"minted\"") && l.contains("assist smoke")).count(), log);
        assertEquals(1, log.lines().filter(l -> l.contains("\"status\":409")).count(), log);
        assertFalse(run.out().contains("eyJ") || run.err().contains("eyJ"), "no token is shown");
    }

    @Test
    void theStoreThatIsThereIsUsedAndLeftAsItWas() throws IOException {
        ok(assist.reading(ok(assist.run("conversations", "export", "--demo"))).run("conversations", "import", "-"));
        String before = ok(assist.run("conversations", "export"));
        Program.Result run = smoke("--only", "token,ended,brief");
        assertTrue(ok(run).contains("refused with 409.\n"), run::toString);
        assertEquals(before, ok(assist.run("conversations", "export")));
        nothingIsLeft();
    }

    @Test
    void aStoreInPostgresqlIsUsedAndLeftAsItWas() throws IOException {
        Program team = assist.with("ASSIST_STORE", PostgresPart.database().url());
        ok(team.run("config", "check", "--create"));
        Program.Result run = smoke(team, "--only", "ended,brief", "--format", "json");
        assertFalse(ok(run).contains("thrown away"), run::toString);
        assertEquals("", ok(team.run("conversations", "export")));
    }

    @Test
    void aHostedPlatformIsLeftAloneAndAStoreThrownAway() throws IOException {
        try (var platform = new PlatformFake()) {
            Program hosted = assist.with("ASSIST_STORE", platform.url()).with("ASSIST_STORE_KEY", PlatformFake.KEY);
            Program.Result run = smoke(hosted, "--only", "token,ended");
            assertTrue(ok(run).replaceAll("\\s+", " ").contains("kept in a store that is thrown away"), run::toString);
            nothingIsLeft();
        }
    }

    @Test
    void noUnnamedAgentIsSummoned() {
        try (var worker = UnnamedWorker.of(server)) {
            String room = JsonRoom.of(smoke("--only", "alone", "--format", "json"));
            // The same worker is called into a room that does not say whom it wants: it would have been here, too.
            server.createRoom("ordinary-room", 0);
            Await.until("the worker is called into an ordinary room", () -> worker.calledInto().contains("ordinary-room"));
            assertFalse(worker.calledInto().contains(room), worker.calledInto()::toString);
            server.deleteRoom("ordinary-room");
        }
    }

    /** Takes the room's name out of a report in which all is well. */
    private record JsonRoom() {
        static String of(Program.Result run) {
            return json(ok(run)).get("room").asText();
        }
    }

    @Test
    void somebodyElseInTheRoomIsTold() {
        try (var people = Participants.of(server);
                Running run = assist.start(Stream.of(new String[] {"smoke", "--only", "alone,sound", "--format", "json"}, PATIENT)
                        .flatMap(Stream::of)
                        .toArray(String[]::new))) {
            Await.until("the room is there", () -> canaries().size() == 1);
            people.join(canaries().getFirst(), Join.agent("summoned-\u001b[31m"));
            Program.Result result = run.await();
            assertEquals(7, result.exit(), result::toString);
            assertEquals("failed", states(result.out()).get("alone"), result::toString);
            assertTrue(result.out().contains("summoned-"), result::toString);
        }
        Await.until("the room is gone", () -> canaries().isEmpty());
    }

    @ParameterizedTest
    @CsvSource({"--max-connect", "--max-text", "--max-sound"})
    void aLimitThatCannotBeKeptFails(String limit) throws IOException {
        Program.Result run = assist.run("smoke", "--yes", "--timeout", "60s", "--only", "latency", limit, "0ms", "--format", "json");
        assertEquals(7, run.exit(), run::toString);
        assertEquals(Map.of("latency", "failed", "cleanup", "passed"), states(run.out()));
        nothingIsLeft();
    }

    @Test
    void wrongKeysAreToldAsSuch() throws IOException {
        Program.Result run = smoke(assist.with("LIVEKIT_API_SECRET", "another-secret-that-is-long-enough-too"), "--format", "json");
        assertEquals(4, run.exit(), run::toString);
        assertTrue(states(run.out()).values().stream().allMatch("skipped"::equals), run::toString);
        assertEquals(4, json(run.err()).at("/error/code").asInt(), run::toString);
        nothingIsLeft();
    }

    @Test
    void aServerThatIsNotThereIsToldAsSuch() {
        Program.Result run = smoke(assist.with("LIVEKIT_URL", "ws://127.0.0.1:9"), "--format", "junit");
        assertEquals(6, run.exit(), run::toString);
        assertTrue(run.out().contains("errors=\"1\" skipped=\"11\""), run::toString);
    }

    @Test
    void aServerThatHangsInTheMiddleEndsItSoonAndIsTold() {
        try (var hanging = LiveKitServerPart.start();
                Running run = new Program(home).with(hanging).start("smoke", "--yes", "--timeout", "3s", "--format", "json")) {
            Await.until("its participants are there", () -> hanging.roomNames().stream().anyMatch(r -> hanging.participants(r).size() >= 3));
            hanging.freeze();
            Program.Result result = run.await();
            hanging.resume();
            assertEquals(7, result.exit(), result::toString);
            Map<String, String> states = states(result.out());
            assertEquals("failed", states.get("cleanup"), result::toString);
            assertFalse(json(result.out()).get("ok").asBoolean());
            // The server itself closes what is left.
            Await.until("the room is gone", () -> hanging.roomNames().isEmpty());
        }
    }

    /** Either limit ends the wait for media, and the one of the whole run says so; after some 15 s the server gives up itself. */
    @ParameterizedTest
    @Tag("slow")
    @CsvSource({"10s, 5m, ' within 10 s.'", "10m, 10s, ' within 10 s, which the whole run may take (--within).'", "10m, 5m, ': the server said goodbye (connection_timeout).'"})
    void mediaThatIsBlockedIsToldApartFromTheSignalling(String wait, String whole, String told) throws IOException {
        try (var deaf = LiveKitServerPart.start(LiveKitOptions.defaults().withoutMedia())) {
            Program reaching = new Program(home).with(deaf);
            Program.Result run = reaching.run("smoke", "--yes", "--timeout", wait, "--within", whole, "--format", "json");
            assertEquals(7, run.exit(), run::toString);
            JsonNode room = json(run.out()).get("checks").get(0);
            assertEquals("room", room.get("name").asText());
            assertEquals("failed", room.get("state").asText());
            assertEquals("The canary’s agent was let in, but no connection for media came about" + told, room.get("detail").asText());
            assertTrue(room.get("hint").asText().contains("UDP and TCP ports for media"), run::toString);
            Map<String, String> states = states(run.out());
            assertEquals("skipped", states.get("unseen"), run::toString);
            assertEquals("passed", states.get("cleanup"), run::toString);
            assertEquals(List.of(), deaf.roomNames());
            nothingIsLeft();
            Program.Result doctor = reaching.run("doctor", "--format", "json");
            JsonNode media = json(ok(doctor)).get("checks").valueStream().filter(c -> c.get("name").asText().equals("media")).findFirst().orElseThrow();
            assertEquals("warning", media.get("state").asText(), doctor::toString);
        }
    }

    @Test
    void aModelThatNeverAnswersIsNotWaitedForLongerThanTheWholeRun() throws IOException {
        try (var silent = new ScriptedModelServer(request -> Reply.content("{}").stalled())) {
            Program.Result run = assist.with("OPENAI_BASE_URL", silent.baseUrl())
                    .with("ASSIST_MODEL", "m")
                    .with("ASSIST_MODEL_TIMEOUT", "1h")
                    .run("smoke", "--yes", "--only", "ended,brief", "--within", "5s", "--format", "json");
            assertEquals(7, run.exit(), run::toString);
            assertEquals(Map.of("ended", "passed", "brief", "failed"), states(run.out()), run::toString);
            assertTrue(run.out().contains("Not done within 5 s, which the whole run may take (--within)."), run::toString);
        }
        nothingIsLeft();
    }

    /** Enter alone, a no, the end of what is typed and Ctrl-C make nothing; a yes does it. */
    @ParameterizedTest
    @CsvSource({"'', Enter, 0", "n, Enter, 0", "'', C-d, 0", "'', C-c, 130", "y, Enter, 0", "YES, Enter, 0"})
    void whoeverSitsAtATerminalIsAsked(String answer, String key, int exit) throws IOException {
        boolean yes = answer.toLowerCase(Locale.ROOT).startsWith("y");
        try (var terminal = TerminalPart.start(80, 40, assist, "smoke", "--only", "room", "--timeout", "60s")) {
            terminal.await("Make a canary call on " + Pattern.quote(server.url()) + "\\? \\[y/N\\]");
            assertEquals(List.of(), canaries(), "nothing before the answer");
            if (!answer.isEmpty()) {
                terminal.type(answer);
            }
            terminal.press(key);
            assertEquals(exit, terminal.awaitExit());
            terminal.await(yes ? "All well: 2 passed" : exit == 0 ? "Nothing was done" : "");
        }
        nothingIsLeft();
    }

    @Test
    void itAsksFirst() throws IOException {
        refused(assist.run("smoke"), 2, "--yes");
        assertEquals("", smoke("--only", "ended").err());
        Program.Result plan = assist.run("smoke", "--dry-run", "--skip", "brief");
        assertTrue(ok(plan).contains("check   unseen") && !plan.out().contains("brief"), plan::toString);
        refused(assist.run("smoke", "--only", "unsen"), 2, "Did you mean unseen?");
        nothingIsLeft();
    }

    @ParameterizedTest
    @CsvSource({"INT, 130", "TERM, 143"})
    void whoeverEndsItLeavesNothing(String signal, int code) throws IOException {
        try (Running run = assist.start(Stream.of(new String[] {"smoke"}, PATIENT).flatMap(Stream::of).toArray(String[]::new))) {
            Await.until("its participants are there", () -> canaries().stream().anyMatch(r -> server.participants(r).size() >= 3));
            run.signal(signal);
            assertEquals(code, run.await().exit());
        }
        nothingIsLeft();
    }

    @Test
    void theNextRunSweepsWhatAKilledOneLeft() throws IOException {
        ok(assist.reading(ok(assist.run("conversations", "export", "--demo", "conv_5Sec"))).run("conversations", "import", "-"));
        try (Running run = assist.start(Stream.of(new String[] {"smoke"}, PATIENT).flatMap(Stream::of).toArray(String[]::new))) {
            Await.until("its participants are there", () -> canaries().stream().anyMatch(r -> server.participants(r).size() >= 3));
            run.signal("KILL");
            run.await();
        }
        String left = canaries().getFirst();
        // A run that is as young is somebody else's, and stays.
        ok(smoke("--only", "room"));
        assertTrue(canaries().contains(left), "too young to be swept");
        assertTrue(ok(assist.run("conversations", "list")).contains(left), "its record is left, too");
        Program.Result next = smoke("--only", "room", "--sweep-after", "0s");
        ok(next);
        assertTrue(next.err().contains("Removed what a killed run had left: 1 room, 1 record."), next::toString);
        nothingIsLeft();
        assertEquals(1, ok(assist.run("conversations", "list", "--format", "jsonl")).lines().count());
    }
}
