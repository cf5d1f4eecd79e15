package dev.agentassist.program;

import static dev.agentassist.program.Check.json;
import static dev.agentassist.program.Check.ok;
import static dev.agentassist.program.Check.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.live.audio.OggFile;
import dev.agentassist.live.audio.Sounds;
import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Participant;
import dev.agentassist.testkit.Participants;
import dev.agentassist.testkit.Parts;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.Running;
import dev.agentassist.testkit.SpeechPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code assist listen} against a real server: what is recorded is what was spoken. */
class ListenIT {

    private static final int RATE = 48_000;
    private static final String SENTENCE = "Good morning, this is your assistant. How can I help you with your bill today?";
    private static final String ANSWER = "I was charged twice for the same order, and I want my money back.";

    private static LiveKitServerPart server;
    private static Participants people;
    private static Path agentSays;
    private static Path callerSays;

    @TempDir
    private static Path shared;

    @TempDir
    private Path home;

    private Program assist;

    @BeforeAll
    static void start() throws Exception {
        server = LiveKitServerPart.shared();
        people = Participants.of(server);
        agentSays = at48k(SpeechPart.speak(SENTENCE, shared.resolve("agent.wav")));
        callerSays = at48k(SpeechPart.speak(ANSWER, "en-us+f3", shared.resolve("caller.wav")));
    }

    /** The rate of the call, so that whoever publishes it does not stretch it. */
    private static Path at48k(Path wav) throws Exception {
        Path to = wav.resolveSibling("48k-" + wav.getFileName());
        tool("sox", "sox", wav.toString(), "-r", "48000", to.toString());
        return to;
    }

    @AfterAll
    static void stop() {
        people.close();
    }

    @BeforeEach
    void program() {
        assist = new Program(home).with(server);
    }

    private static OggFile ogg(Path file) {
        try {
            return OggFile.read(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static SpokenWav played(Path ogg) {
        try {
            return SpokenWav.of(Sounds.play(Files.readAllBytes(ogg)), RATE);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** The file holds so many seconds of sound. */
    private static void awaitLength(Path file, double seconds) {
        Await.until(
                () -> file + " has " + seconds + " s of sound",
                Await.PATIENCE,
                () -> size(file) > 200 && ogg(file).length() > seconds * RATE);
    }

    private static long size(Path file) {
        return Files.exists(file) ? file.toFile().length() : 0;
    }

    private static void assertHeard(Path spoken, SpokenWav where) {
        double likeness = SpokenWav.read(spoken).isIn(where);
        assertTrue(likeness > 0.8, "what was spoken is in what was recorded: " + likeness);
    }

    private static double recorded(String err) {
        var matcher = java.util.regex.Pattern.compile("Recorded ([0-9.]+) s into").matcher(err);
        assertTrue(matcher.find(), err);
        return Double.parseDouble(matcher.group(1));
    }

    /** The tool from Debian finds nothing to complain about. */
    private static String tool(String name, String debianPackage, String... arguments) throws IOException, InterruptedException {
        var command = new java.util.ArrayList<>(List.of(Parts.debian(name, debianPackage).toString()));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String text = new String(process.getInputStream().readAllBytes());
        assertTrue(process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0, command + ": " + text);
        return text;
    }

    @Test
    void twoSpeakersAreRecordedAsTheySpokeAndUnseen() throws Exception {
        Participant agent = people.join("hear-1", Join.agent("agent"));
        Participant caller = people.join("hear-1", Join.caller("+14155550132"));
        Path file = home.resolve("call.ogg");
        try (Running listen = assist.start("listen", "room:hear-1", "--output", file.toString(), "--as", "ana", "--reason", "quality")) {
            listen.awaitErr("Listening to the room");
            agent.publish(agentSays);
            awaitLength(file, SpokenWav.read(agentSays).seconds() + 2);
            caller.publish(callerSays);
            awaitLength(file, SpokenWav.read(agentSays).seconds() + SpokenWav.read(callerSays).seconds() + 4);
            agent.leave();
            Program.Result result = listen.await();
            assertEquals(0, result.exit(), result::toString);
            assertEquals("", result.out());
            assertTrue(result.err().contains("The agent left"), result::toString);

            OggFile whole = ogg(file);
            assertTrue(whole.ended());
            assertEquals(recorded(result.err()), whole.length() / (double) RATE, 0.06, "as long as the listening");
            SpokenWav played = played(file);
            assertHeard(agentSays, played);
            assertHeard(callerSays, played);
            assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
            String info = tool("opusinfo", "opus-tools", file.toString());
            assertFalse(info.contains("WARNING"), info);
            assertTrue(info.contains("TITLE=Call in the room hear-1"), info);
        }
        String log = Files.readString(home.resolve("state/agent-assist/listen.jsonl"));
        List<String> lines = log.lines().toList();
        assertEquals(List.of("minted", "recording"), lines.stream().map(l -> json(l).get("event").asText()).toList());
        String identity = json(lines.get(1)).get("identity").asText();
        assertEquals(json(lines.get(0)).get("identity").asText(), identity);
        assertEquals("ana", json(lines.get(1)).get("who").asText());
        assertEquals("quality", json(lines.get(1)).get("reason").asText());
        assertFalse(caller.wasToldOf(identity) || agent.wasToldOf(identity), "unseen");
    }

    @Test
    void separateFilesHoldASpeakerEachAndBeginTogether() throws Exception {
        Participant agent = people.join("hear-2", Join.agent("../agent"));
        Participant caller = people.join("hear-2", Join.caller("+14155550133"));
        Path first = home.resolve("call-agent.ogg");
        Path second = home.resolve("call-sip_+14155550133.ogg");
        try (Running listen = assist.start("listen", "room:hear-2", "--separate", "--output", home.resolve("call.ogg").toString())) {
            listen.awaitErr("Listening to the room");
            agent.publish(agentSays);
            awaitLength(first, SpokenWav.read(agentSays).seconds() + 2);
            caller.publish(callerSays);
            awaitLength(second, SpokenWav.read(agentSays).seconds() + SpokenWav.read(callerSays).seconds() + 4);
            agent.leave();
            assertEquals(0, listen.await().exit());
        }
        assertEquals(ogg(first).length(), ogg(second).length(), "to the sample");
        assertHeard(agentSays, played(first));
        assertHeard(callerSays, played(second));
        assertTrue(SpokenWav.read(callerSays).isIn(played(first)) < 0.5, "each alone");
        for (Path file : List.of(first, second)) {
            String info = tool("opusinfo", "opus-tools", file.toString());
            assertFalse(info.contains("WARNING"), info);
        }
    }

    @Test
    void oneSideAloneAsWavIntoAPipe() throws Exception {
        Participant agent = people.join("hear-3", Join.agent("agent"));
        Participant caller = people.join("hear-3", Join.caller("+14155550134"));
        agent.publishTone(440);
        caller.publishTone(1000);
        Program.Result run = assist.shell(
                "assist listen room:hear-3 --speaker caller --output - --format wav --max-duration 4s > piped.wav");
        ok(run);
        assertTrue(run.err().contains("of sound went to stdout"), run::toString);
        byte[] bytes = Files.readAllBytes(home.resolve("piped.wav"));
        var pcm = new short[(bytes.length - 44) / 2];
        java.nio.ByteBuffer.wrap(bytes, 44, bytes.length - 44).order(java.nio.ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(pcm);
        assertTrue(pcm.length > 2 * RATE, "some seconds: " + pcm.length);
        int from = pcm.length - RATE;
        assertTrue(Sounds.strength(pcm, from, pcm.length, 1000) > 20 * Sounds.strength(pcm, from, pcm.length, 440), "the caller alone");
        tool("sox", "sox", home.resolve("piped.wav").toString(), "-n", "stat");
    }

    @Test
    void aPlayerThatGoesEndsItQuietlyAndAtOnce() {
        Participant agent = people.join("hear-4", Join.agent("agent"));
        agent.publishTone(440);
        Program.Result run = assist.shell("assist listen room:hear-4 --output - | head -c 20000 > some; echo ${PIPESTATUS[0]}");
        assertEquals("0", ok(run).strip(), run::toString);
        assertFalse(run.err().contains("Exception") || run.err().contains("closed"), run::toString);
        awaitNoListener("hear-4");
    }

    private static void awaitNoListener(String room) {
        Await.until("nobody listens in " + room, () -> server.participants(room).stream().noneMatch(p -> p.getPermission().getHidden()));
    }

    @Test
    void interruptedOrKilledTheFilePlays() throws Exception {
        Participant agent = people.join("hear-5", Join.agent("agent"));
        agent.publishTone(440);
        Path interrupted = home.resolve("interrupted.ogg");
        try (Running listen = assist.start("listen", "room:hear-5", "--output", interrupted.toString())) {
            awaitLength(interrupted, 2);
            listen.signal("INT");
            Program.Result result = listen.await();
            assertEquals(130, result.exit(), result::toString);
            assertEquals(recorded(result.err()), ogg(interrupted).length() / (double) RATE, 0.06);
            assertTrue(ogg(interrupted).ended());
        }
        awaitNoListener("hear-5");

        Path killed = home.resolve("killed.ogg");
        try (Running listen = assist.start("listen", "room:hear-5", "--output", killed.toString())) {
            awaitLength(killed, 2);
            listen.signal("KILL");
            assertEquals(137, listen.await().exit());
        }
        short[] pcm = Sounds.play(Files.readAllBytes(killed));
        assertTrue(pcm.length >= 2 * RATE && Sounds.strength(pcm, pcm.length - RATE / 2, pcm.length, 440) > 500, "it plays to its end");

        Path wav = home.resolve("killed.wav");
        try (Running listen = assist.start("listen", "room:hear-5", "--output", wav.toString())) {
            Await.until("two seconds are there", () -> size(wav) > 2 * 2 * RATE);
            listen.signal("KILL");
            listen.await();
        }
        String stat = tool("sox", "sox", wav.toString(), "-n", "stat");
        assertFalse(stat.contains("WARN"), stat);
    }

    @Test
    void howItEndsIsInTheExitCode() throws Exception {
        refused(assist.run("listen", "room:hear-none"), 3, "hear-none");
        refused(assist.run("listen", "room:hear-none", "--output", "call.mp3"), 2, "call.mp3", ".ogg");
        refused(assist.run("listen", "room:hear-none", "--output", "-", "--separate"), 2, "--separate");
        refused(assist.run("listen", "room:hear-none", "--mix", "--separate"), 2, "exclude");
        refused(assist.run("listen", "room:hear-none", "--speaker", "me"), 2, "--speaker");
        refused(assist.run("listen", "room:hear-none", "--output", "no/call.ogg"), 2, "no/call.ogg");
        Files.writeString(home.resolve("there.ogg"), "precious");
        refused(assist.run("listen", "room:hear-none", "--output", "there.ogg"), 2, "there.ogg", "exists");
        assertEquals("precious", Files.readString(home.resolve("there.ogg")));
        refused(assist.run("listen", "room:hear-none", "--output", "other.ogg"), 3, "hear-none");
        assertFalse(Files.exists(home.resolve("other.ogg")), "nothing is left where nothing was heard");
        assertEquals(5, assist.run("listen", "--demo", "conv_6Rt5bill").exit());

        people.join("hear-6", Join.agent("agent"));
        try (Running listen = assist.start("listen", "room:hear-6")) {
            listen.awaitErr("Listening to the room");
            ok(assist.run("listeners", "remove", "room:hear-6", "--all"));
            Program.Result result = listen.await();
            assertEquals(4, result.exit(), result::toString);
            assertTrue(result.err().contains("it is silent"), result::toString);
        }
        try (var files = Files.list(home)) {
            assertEquals(1, files.filter(f -> f.getFileName().toString().matches("hear-6-\\d{8}-\\d{6}\\.ogg")).count());
        }

        people.join("hear-7", Join.agent("agent").encrypted("key")).publishTone(440);
        Program.Result encrypted = assist.run("listen", "room:hear-7", "--output", "encrypted.ogg");
        assertEquals(4, encrypted.exit(), encrypted::toString);
        assertTrue(encrypted.err().contains("encrypted"), encrypted::toString);
    }
}
