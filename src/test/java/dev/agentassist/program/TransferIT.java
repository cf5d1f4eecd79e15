package dev.agentassist.program;

import static dev.agentassist.testkit.Tones.AGENT;
import static dev.agentassist.testkit.Tones.CALLER;
import static dev.agentassist.testkit.Tones.HUMAN;
import static dev.agentassist.testkit.Tones.MUSIC;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.json.Json;
import dev.agentassist.livekit.LiveKitServer;
import dev.agentassist.livekit.ServerToken;
import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.Ear;
import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.LiveKitOptions;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.MoveProxy;
import dev.agentassist.testkit.Participant;
import dev.agentassist.testkit.Participants;
import dev.agentassist.testkit.Parts;
import dev.agentassist.testkit.Phone;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.RedisPart;
import dev.agentassist.testkit.Running;
import dev.agentassist.testkit.SipCall;
import dev.agentassist.testkit.SipWorkerPart;
import dev.agentassist.testkit.TerminalPart;
import dev.agentassist.testkit.Tones;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import livekit.LivekitModels.ParticipantInfo;
import livekit.LivekitModels.ParticipantPermission;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code assist transfer} against a real server: who hears whom, and that nobody stays on hold. */
class TransferIT {

    private static final String NUMBER = "+14155550111";

    private static RedisPart redis;
    private static LiveKitServerPart server;
    private static SipWorkerPart sip;
    private static Participants people;
    private static String trunk;
    private static int count;

    @TempDir
    private static Path shared;

    private static Path music;

    @TempDir
    private Path home;

    private Program assist;
    private String room;
    private String human;
    private Participant agent;
    private SipCall caller;
    private Map<String, ParticipantPermission> before;

    @BeforeAll
    static void start() {
        redis = RedisPart.start();
        server = LiveKitServerPart.start(LiveKitOptions.defaults().withRedis(redis.port()));
        sip = SipWorkerPart.start(server, redis);
        people = Participants.of(server);
        trunk = sip.trunk("out", "+14155550100");
        music = Tones.ogg(shared.resolve("music.ogg"), MUSIC, 3);
    }

    @AfterAll
    static void stop() {
        people.close();
        sip.close();
        server.close();
        redis.close();
    }

    @BeforeEach
    void call() {
        count++;
        assist = new Program(home).with(server);
        room = "transfer-it-" + count;
        human = "+1415555" + (2000 + count);
        agent = people.joinListening(room, Join.agent("agent"));
        agent.publishTone(AGENT);
        caller = sip.inbound(room, NUMBER, CALLER);
        caller.ear().hearsOnly(AGENT);
        agent.ear().hearsOnly(CALLER);
        before = permissions();
    }

    @AfterEach
    void end() {
        server.deleteRoom(room);
    }

    private Map<String, ParticipantPermission> permissions() {
        return server.participants(room).stream()
                .filter(p -> !p.getIdentity().startsWith("transfer-"))
                .collect(Collectors.toMap(ParticipantInfo::getIdentity, ParticipantInfo::getPermission));
    }

    private Running transfer(String... more) {
        var line = new java.util.ArrayList<>(List.of(
                "transfer", "room:" + room, "--to", human, "--trunk", trunk, "--yes", "--hold-music", music.toString()));
        line.addAll(List.of(more));
        return assist.start(line.toArray(String[]::new));
    }

    /** Agent and caller as before: their permissions to the field, no mark, nobody of the transfer in the room. */
    private void assertRestored() {
        try {
            caller.ear().hearsOnly(AGENT);
        } catch (AssertionError e) {
            // Whether it is the room that is not as it was, or an ear that is deaf.
            throw new AssertionError(e.getMessage() + "; the agent heard " + agent.ear().heard().reversed().stream().limit(3).toList() + " at last, it is "
                    + Ear.now() + "; in the room: " + server.participants(room), e);
        }
        agent.ear().hearsOnly(CALLER);
        assertClean(false);
        assertEquals(before, permissions());
    }

    /** {@code connected}: the human is there. */
    private void assertClean(boolean connected) {
        Await.until("nobody of the transfer is left", () -> server.participants(room).stream()
                .filter(p -> !connected || !p.getIdentity().endsWith("-human"))
                .noneMatch(p -> p.getIdentity().startsWith("transfer-")));
        for (ParticipantInfo p : server.participants(room)) {
            assertFalse(p.containsAttributes("assist.transfer"), p::toString);
        }
    }

    /** Nothing of the human at the caller or the agent, nor of those at the human, from then to then. */
    private void assertApart(SipCall leg, double from, double to) {
        caller.ear().neverHeard(HUMAN, from, to);
        agent.ear().neverHeard(HUMAN, from, to);
        agent.ear().neverHeard(MUSIC, from, to);
        // By who spoke: a voice that says the prompt has all pitches.
        assertEquals(List.of(), leg.ear().heard().stream().filter(h -> h.at() >= from && h.at() < to && !h.from().endsWith("-prompt")).toList());
    }

    private static void hearsThePrompt(SipCall leg, double from) {
        Await.until("the human hears the prompt", () -> leg.ear().heard().stream().anyMatch(h -> h.at() >= from && h.from().endsWith("-prompt")));
    }

    private List<JsonNode> log() throws Exception {
        return Files.readAllLines(home.resolve("state/agent-assist/transfer.jsonl")).stream().map(l -> {
            try {
                return Json.MAPPER.readTree(l);
            } catch (java.io.IOException e) {
                throw new AssertionError(e);
            }
        }).toList();
    }

    @Test
    void theHumanAcceptsByKeyAndIsConnectedAndTheAgentLeaves() throws Exception {
        sip.phone(human, Phone.answersAfter(2000));
        double began = Ear.now();
        try (Running run = transfer()) {
            run.awaitErr("The caller is on hold");
            caller.ear().hearsOnly(MUSIC);
            agent.ear().hearsNothing();
            run.awaitErr("The human is on the line");
            SipCall leg = sip.awaitCall(human);
            hearsThePrompt(leg, began);
            caller.ear().hearsOnly(MUSIC);
            agent.ear().hearsNothing();
            double accepted = Ear.now();
            leg.press("1");
            Program.Result result = run.await();
            assertEquals(0, result.exit(), result::toString);
            assertTrue(result.out().startsWith("Caller and human are connected."), result::toString);
            assertApart(leg, began, accepted);
            caller.ear().hearsOnly(HUMAN);
            leg.ear().hearsOnly(CALLER);
            assertClean(true);
            assertFalse(permissions().containsKey("agent"), "the agent has left");
            assertEquals(before.get(caller.identity()), permissions().get(caller.identity()));
        }
        assertEquals(List.of("began", "bridged"), log().stream().map(l -> l.get("event").asText()).toList());
        assertTrue(log().getLast().at("/stages_ms/briefing").asLong() > 0);
        assertFalse(log().toString().contains(human.substring(1)), "numbers stay out of the log");
    }

    @Test
    void theAgentStaysAndHearsBoth() {
        sip.phone(human, Phone.answersAfter(1500));
        double began = Ear.now();
        try (Running run = transfer("--agent", "stay")) {
            run.awaitErr("The human is on the line");
            SipCall leg = sip.awaitCall(human);
            double accepted = Ear.now();
            leg.press("1");
            assertEquals(0, run.await().exit());
            caller.ear().hearsOnly(AGENT, HUMAN);
            agent.ear().hearsOnly(CALLER, HUMAN);
            leg.ear().hearsOnly(AGENT, CALLER);
            assertApart(leg, began, accepted);
            assertClean(true);
            assertEquals(before.get("agent"), permissions().get("agent"));
        }
    }

    private void storeCall() {
        String record = """
                {"id":"conv_transfer","direction":"inbound","channel":"telephone","status":"in_progress","user_id":"%s",
                "room_name":"%s","created_at":"2026-11-24T16:00:00Z","updated_at":"2026-11-24T16:00:00Z","conversation":{"items":[
                {"id":"i1","type":"message","role":"user","content":["I was charged twice for order 4417. Can I speak to a person?"]},
                {"id":"i2","type":"message","role":"assistant","content":["Of course, one moment."]}]}}
                """.formatted(NUMBER, room).replace("\n", "");
        assertEquals(0, assist.reading(record).run("conversations", "import", "-").exit());
    }

    /** The synthesiser keeps what it was asked to say; the human hears more than the prompt alone. */
    @Test
    void theBriefIsSaidToTheHuman() throws Exception {
        storeCall();
        Path said = home.resolve("said.wav");
        Path synthesiser = home.resolve("speak");
        Files.writeString(synthesiser, "#!/bin/sh\ntee said.txt | " + Parts.debian("espeak-ng", "espeak-ng") + " --stdout | tee " + said + "\n");
        synthesiser.toFile().setExecutable(true);
        sip.phone(human, Phone.answersAfter(2000));
        double began = Ear.now();
        try (Running run = assist.with("ASSIST_TRANSFER_SPEECH", synthesiser.toString()).start(
                "transfer", NUMBER, "--to", human, "--yes", "--hold-music", music.toString(), "--brief", "speak")) {
            run.awaitErr("The human is on the line");
            SipCall leg = sip.awaitCall(human);
            long windows = (Files.size(said) - 44) / 2 / 441;
            Await.until("all of it was heard", () -> leg.ear().heard().stream().filter(h -> h.from().endsWith("-prompt")).count() > windows / 2);
            leg.press("1");
            Program.Result result = run.await();
            assertEquals(0, result.exit(), result::toString);
            assertFalse(result.err().contains("The brief is not said"), result::toString);
            caller.ear().hearsOnly(HUMAN);
            assertTrue(Files.readString(home.resolve("said.txt")).contains("charged twice for order 4417"));
        }
    }

    /** An agent that has our few lines in it stops and goes on by itself. */
    @Test
    void anAgentWithTheSnippetIsToldOfHoldAndItsEnd() throws Exception {
        Path agents = Parts.agentsNode();
        Files.copy(Path.of("src/snippets/assist_hold.mjs"), home.resolve("assist_hold.mjs"));
        Files.copy(Path.of("src/test/node/agents/hold.mjs"), home.resolve("hold.mjs"));
        Files.createSymbolicLink(home.resolve("node_modules"), agents.resolve("node_modules"));
        var claims = Json.MAPPER.createObjectNode().put("sub", "assistant").put("kind", "agent");
        claims.putObject("video").put("room", room).put("roomJoin", true).put("canPublish", true).put("canSubscribe", true).put("canPublishData", true);
        String token = new ServerToken(
                        LiveKitServer.of(server.url(), "test", LiveKitServerPart.KEY, LiveKitServerPart.SECRET), InstantSource.system())
                .sign(claims, Duration.ofHours(1));
        sip.phone(human, Phone.busy());
        try (Running snippet = Running.of(home, Map.of("LIVEKIT_URL", server.url(), "TOKEN", token), "node", "hold.mjs")) {
            snippet.awaitOut("ready");
            try (Running run = transfer()) {
                snippet.awaitOut("held: input false output false");
                assertEquals(8, run.await().exit());
                snippet.awaitOut("resumed: input true output true");
            }
        }
    }

    /** A stored call: its brief is shown, the operator accepts at a terminal, and its status becomes transferred. */
    @Test
    void theOperatorAcceptsAtATerminal() {
        storeCall();
        sip.phone(human, Phone.answersAfter(1500));
        double began = Ear.now();
        try (var terminal = TerminalPart.start(120, 60, assist, "transfer", NUMBER, "--to", human, "--hold-music", music.toString())) {
            terminal.await("Go on\\? \\[y/N\\]");
            caller.ear().hearsOnly(AGENT);
            terminal.type("y");
            terminal.press("Enter");
            terminal.await("charged twice for order 4417");
            terminal.await("Enter connects, d and Enter declines");
            SipCall leg = sip.awaitCall(human);
            assertEquals("+14155550100", leg.request().path("from").asText());
            assertApart(leg, began, Ear.now());
            terminal.press("Enter");
            assertEquals(0, terminal.awaitExit(), terminal::history);
            caller.ear().hearsOnly(HUMAN);
            leg.ear().hearsOnly(CALLER);
        }
        Program.Result stored = assist.run("conversations", "show", "conv_transfer");
        assertTrue(stored.out().contains("transferred"), stored::toString);
    }

    @Test
    void aNoAtTheTerminalChangesNothing() {
        try (var terminal = TerminalPart.start(100, 30, assist, "transfer", "room:" + room, "--to", human, "--trunk", trunk)) {
            terminal.await("Go on\\? \\[y/N\\]");
            terminal.press("Enter");
            assertEquals(0, terminal.awaitExit());
            terminal.await("Nothing was done");
        }
        assertRestored();
    }

    /** The whole machine is lost: neither the process nor its watchdog is there. */
    @Test
    void whatNobodyLooksAfterIsSwept() {
        sip.phone(human, Phone.neverAnswers());
        try (Running run = transfer()) {
            run.awaitErr("The caller is on hold");
            sip.awaitCall(human);
            List<ProcessHandle> all = ProcessHandle.of(run.pid()).orElseThrow().descendants().toList();
            assertFalse(all.isEmpty(), "there is a watchdog");
            all.forEach(ProcessHandle::destroyForcibly);
            run.signal("KILL");
            run.await();
        }
        caller.ear().hearsNothing();
        Await.until("the killed process is gone from the room", () -> server.participants(room).stream()
                .noneMatch(p -> p.getIdentity().endsWith("-music")));
        assertTrue(assist.run("transfer", "status").out().contains("abandoned"));
        Program.Result swept = assist.run("transfer", "sweep");
        assertEquals(0, swept.exit(), swept::toString);
        assertTrue(swept.out().contains("Brought back: the caller in the room " + room), swept::toString);
        assertRestored();
    }

    /**
     * Nothing can be done while the server is stopped; when it goes on, the watchdog does it. Looked at from the server:
     * the clients resume after so long a silence, and rtc-node then often hears nothing new, whoever sends it.
     */
    @Test
    @Tag("slow")
    void aServerThatDoesNotAnswerIsSaidAndTheWatchdogGoesOnTrying() {
        sip.phone(human, Phone.neverAnswers());
        try (Running run = transfer()) {
            run.awaitErr("The caller is on hold");
            sip.awaitCall(human);
            server.freeze();
            Program.Result result;
            try {
                result = run.await(Duration.ofMinutes(3));
            } finally {
                server.resume();
            }
            assertEquals(9, result.exit(), result::toString);
            assertTrue(result.err().contains("could not be brought back") && result.err().contains("watchdog"), result::toString);
            assertClean(false);
            Await.until("the permissions are as they were", () -> before.equals(permissions()));
        }
    }

    @Test
    void theServersKeysAreInNoListOfProcesses() {
        sip.phone(human, Phone.neverAnswers());
        try (Running run = transfer()) {
            run.awaitErr("The caller is on hold");
            ProcessHandle self = ProcessHandle.of(run.pid()).orElseThrow();
            List<ProcessHandle> all = self.descendants().toList();
            assertFalse(all.isEmpty(), "there is a watchdog");
            for (ProcessHandle each : all) {
                String line = Files.readString(Path.of("/proc", Long.toString(each.pid()), "cmdline"));
                String environment = Files.readString(Path.of("/proc", Long.toString(each.pid()), "environ"));
                assertFalse(line.contains(LiveKitServerPart.SECRET) || environment.contains(LiveKitServerPart.SECRET), line);
            }
            run.signal("INT");
            assertEquals(8, run.await().exit());
        } catch (java.io.IOException e) {
            throw new AssertionError(e);
        }
    }

    private Running move(MoveProxy proxy) {
        return assist.with("LIVEKIT_URL", proxy.url()).start(
                "transfer", "room:" + room, "--to", human, "--trunk", trunk, "--yes", "--hold-music", music.toString());
    }

    @Test
    void whereParticipantsCanBeMovedTheConsultationIsInARoomOfItsOwn() throws Exception {
        sip.phone(human, Phone.answersAfter(1500));
        double began = Ear.now();
        try (var proxy = MoveProxy.before(server, sip);
                Running run = move(proxy)) {
            run.awaitErr("The human is on the line");
            SipCall leg = sip.awaitCall(human);
            assertEquals(room + "-human-agent", leg.room());
            assertFalse(permissions().keySet().stream().anyMatch(i -> i.endsWith("-human")));
            hearsThePrompt(leg, began);
            caller.ear().hearsOnly(MUSIC);
            agent.ear().hearsNothing();
            try (Running second = move(proxy)) {
                assertEquals(5, second.await().exit());
            }
            double accepted = Ear.now();
            leg.press("1");
            Program.Result result = run.await();
            assertEquals(0, result.exit(), result::toString);
            assertApart(leg, began, accepted);
            caller.ear().hearsOnly(HUMAN);
            leg.ear().hearsOnly(CALLER);
            assertClean(true);
            Await.until("the supervisor room is gone", () -> !server.roomNames().contains(room + "-human-agent"));
            assertEquals(1, proxy.moves().stream().filter(m -> m.to().equals(room)).count());
        }
        assertEquals("move", log().getLast().get("mode").asText());
    }

    @Test
    void aRoomForTheConsultationThatIsThereAlreadyIsSomebodyElses() {
        server.createRoom(room + "-human-agent", 0);
        try (var proxy = MoveProxy.before(server, sip);
                Running run = move(proxy)) {
            Program.Result result = run.await();
            assertEquals(5, result.exit(), result::toString);
            assertTrue(result.err().contains(room + "-human-agent"), result::toString);
            assertRestored();
        } finally {
            server.deleteRoom(room + "-human-agent");
        }
    }

    @Test
    void aMoveThatFailsBringsTheCallerBack() {
        sip.phone(human, Phone.answersAfter(1500));
        try (var proxy = MoveProxy.before(server, sip);
                Running run = move(proxy)) {
            run.awaitErr("The human is on the line");
            proxy.failMoves(true);
            sip.awaitCall(human).press("1");
            Program.Result result = run.await();
            assertEquals(8, result.exit(), result::toString);
            assertRestored();
            sip.awaitCall(human).awaitEnd();
        }
    }

    @Test
    void killedWhileTheHumanIsInARoomOfTheirOwnTheWatchdogBringsTheCallerBack() {
        sip.phone(human, Phone.answersAfter(1500));
        try (var proxy = MoveProxy.before(server, sip);
                Running run = move(proxy)) {
            run.awaitErr("The human is on the line");
            run.signal("KILL");
            assertRestored();
            sip.awaitCall(human).awaitEnd();
            Await.until("the supervisor room is gone", () -> !server.roomNames().contains(room + "-human-agent"));
        }
    }

    @Test
    void theHumanDeclinesByKey() {
        sip.phone(human, Phone.answersAfter(1500).pressing("2", 4000));
        double began = Ear.now();
        try (Running run = transfer()) {
            Program.Result result = run.await();
            assertEquals(8, result.exit(), result::toString);
            assertTrue(result.err().contains("The human declined."), result::toString);
            assertApart(sip.awaitCall(human), began, Ear.now());
            assertRestored();
        }
    }

    private void fails(Phone phone, String because, String... options) {
        sip.phone(human, phone);
        double began = Ear.now();
        try (Running run = transfer(options)) {
            Program.Result result = run.await();
            assertEquals(8, result.exit(), result::toString);
            assertTrue(result.err().contains(because), result::toString);
            assertTrue(result.err().contains("The caller is with the agent again."), result::toString);
        }
        assertRestored();
        caller.ear().neverHeard(HUMAN, began);
    }

    @Test
    void busy() {
        fails(Phone.busy(), "The line is busy (SIP 486).");
    }

    @Test
    void declinedByThePhone() {
        fails(Phone.declines(), "The call was declined (SIP 603).");
    }

    @Test
    void nobodyAnswers() {
        fails(Phone.neverAnswers(), "Nobody", "--ring", "5s");
    }

    @Test
    void aNumberThatDoesNotExist() {
        fails(Phone.refuses(404, "Not Found"), "The number does not exist (SIP 404).");
    }

    @Test
    void nobodyAcceptsInTime() {
        fails(Phone.answersAfter(1000), "Nobody took the call in time.", "--accept-within", "5s");
    }

    @Test
    void theHumanHangsUpDuringTheBrief() {
        sip.phone(human, Phone.answersAfter(1500));
        try (Running run = transfer()) {
            run.awaitErr("The human is on the line");
            sip.awaitCall(human).hangUp();
            Program.Result result = run.await();
            assertEquals(8, result.exit(), result::toString);
            assertTrue(result.err().contains("The human hung up."), result::toString);
            assertRestored();
        }
    }

    @Test
    void ctrlCWhileItRings() {
        sip.phone(human, Phone.neverAnswers());
        try (Running run = transfer()) {
            run.awaitErr("The caller is on hold");
            sip.awaitCall(human);
            run.signal("INT");
            Program.Result result = run.await();
            assertEquals(8, result.exit(), result::toString);
            assertTrue(result.err().contains("interrupted (SIGINT)"), result::toString);
            assertRestored();
            sip.awaitCall(human).awaitEnd();
        }
    }

    @Test
    void sigtermDuringTheBrief() {
        sip.phone(human, Phone.answersAfter(1500));
        try (Running run = transfer()) {
            run.awaitErr("The human is on the line");
            run.signal("TERM");
            assertEquals(8, run.await().exit());
            assertRestored();
        }
    }

    @Test
    void aSecondTransferOfTheSameCallIsRefused() {
        sip.phone(human, Phone.neverAnswers());
        try (Running run = transfer()) {
            run.awaitErr("The caller is on hold");
            try (Running second = transfer()) {
                Program.Result result = second.await();
                assertEquals(5, result.exit(), result::toString);
                assertTrue(result.err().contains("is being transferred already"), result::toString);
            }
            caller.ear().hearsOnly(MUSIC);
            Program.Result status = assist.run("transfer", "status");
            assertTrue(status.out().contains(room) && status.out().contains("under way"), status::toString);
            Program.Result swept = assist.run("transfer", "sweep", "room:" + room);
            assertEquals(0, swept.exit());
            assertTrue(swept.err().contains("Nobody was left on hold."), swept::toString);
            Program.Result cancelled = assist.run("transfer", "cancel", "room:" + room);
            assertEquals(0, cancelled.exit(), cancelled::toString);
            assertEquals(8, run.await().exit());
            assertRestored();
        }
    }

    @Test
    void theAgentReconnectsWhileTheHumanIsBriefed() {
        sip.phone(human, Phone.answersAfter(1500));
        double began = Ear.now();
        try (Running run = transfer()) {
            run.awaitErr("The human is on the line");
            SipCall leg = sip.awaitCall(human);
            agent.reconnect(true);
            agent.ear().hearsNothing();
            caller.ear().hearsOnly(MUSIC);
            assertEquals(List.of(), leg.ear().heard().stream().filter(h -> h.from().equals(caller.identity())).toList());
            leg.press("2");
            assertEquals(8, run.await().exit());
            assertRestored();
        }
    }

    @Test
    void theHumansLegReconnectsWhileBriefed() {
        sip.phone(human, Phone.answersAfter(1500));
        try (Running run = transfer()) {
            run.awaitErr("The human is on the line");
            SipCall leg = sip.awaitCall(human);
            leg.reconnect(true);
            caller.ear().hearsOnly(MUSIC);
            hearsThePrompt(leg, Ear.now());
            leg.press("1");
            assertEquals(0, run.await().exit());
            caller.ear().hearsOnly(HUMAN);
            leg.ear().hearsOnly(CALLER);
        }
    }

    @Test
    void theCallerHangsUpOnHold() {
        sip.phone(human, Phone.neverAnswers());
        try (Running run = transfer()) {
            run.awaitErr("The caller is on hold");
            sip.awaitCall(human);
            caller.hangUp();
            Program.Result result = run.await();
            assertEquals(8, result.exit(), result::toString);
            assertTrue(result.err().contains("The caller hung up."), result::toString);
            sip.awaitCall(human).awaitEnd();
            assertClean(false);
        }
    }

    @Test
    void aDryRunSaysWhatWouldHappenAndDoesNothing() {
        Program.Result possible = assist.run("transfer", "room:" + room, "--to", human, "--trunk", trunk, "--dry-run");
        assertEquals(0, possible.exit(), possible::toString);
        assertTrue(possible.out().contains("is put on hold"), possible::toString);
        Program.Result wrong = assist.run("transfer", "room:" + room, "--to", human, "--trunk", "ST_none", "--dry-run");
        assertEquals(7, wrong.exit(), wrong::toString);
        Program.Result really = assist.run("transfer", "room:" + room, "--to", human, "--trunk", "ST_none", "--yes");
        assertEquals(3, really.exit(), really::toString);
        assertRestored();
    }

    @Test
    void whatIsWrongIsSaidBeforeAnythingIsDone() {
        assertEquals(2, assist.run("transfer", "room:" + room, "--to", human, "--trunk", trunk).exit(), "no terminal and no --yes");
        assertEquals(2, assist.run("transfer", "room:" + room, "--to", "+1", "--trunk", trunk, "--yes").exit());
        assertEquals(2, assist.run("transfer", "room:" + room, "--to", "joe@example.com", "--trunk", trunk, "--yes").exit());
        assertEquals(2, assist.run("transfer", "room:" + room, "--trunk", trunk, "--yes").exit(), "no number");
        assertEquals(3, assist.run("transfer", "room:none", "--to", human, "--trunk", trunk, "--yes").exit());
        assertEquals(2, assist.run("transfer", "room:" + room, "--to", human, "--ring", "2m", "--yes").exit());
    }
}
