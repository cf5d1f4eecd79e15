package dev.agentassist.program;

import static dev.agentassist.program.Check.ok;
import static dev.agentassist.program.Check.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Participant;
import dev.agentassist.testkit.Participants;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.Running;
import dev.agentassist.testkit.TerminalPart;
import dev.agentassist.token.ListenerClaims;
import io.livekit.server.AccessToken;
import io.livekit.server.RoomJoin;
import io.livekit.server.RoomName;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What can be wrong with a call or a token that is followed, and what must not be shown of it. */
class TailTroubleIT extends OnServer {

    @Test
    void anEncryptedCallIsSaidToBeOne() {
        Participant agent = people.join("trouble-1", Join.agent("agent").encrypted("key"));
        agent.publishTone(440);
        Program.Result result = assist.run("tail", "room:trouble-1");
        assertEquals(4, result.exit(), result::toString);
        assertTrue(result.err().contains("end-to-end encrypted"), result::toString);
        assertEquals("", result.out());
        agent.leave();
    }

    @Test
    void aTokenThatCouldSpeakIsWarnedOf() {
        Participant agent = people.join("trouble-2", Join.agent("Ava"));
        var token = new AccessToken(LiveKitServerPart.KEY, LiveKitServerPart.SECRET);
        token.setIdentity("somebody");
        token.addGrants(new RoomJoin(true), new RoomName("trouble-2"));
        Program stranger = new Program(home);
        try (Running tail = stranger.start("tail", "--token", "-", "--url", server.url(), "--format", "jsonl")) {
            tail.type(token.toJwt() + "\n");
            tail.closeInput();
            sayUntilShown(agent, tail, "ready");
            assertTrue(tail.out().contains("could publish sound and data"), tail.out());
            assertTrue(tail.out().contains("not hidden"), tail.out());
            agent.leave();
            assertEquals(0, tail.await().exit());
        }
    }

    @Test
    void aTokenThatIsTooOldOrOfAnotherSecretIsRefused() {
        Participant agent = people.join("trouble-3", Join.agent("Ava"));
        Program stranger = new Program(home);
        for (String token : List.of(
                new ListenerClaims(LiveKitServerPart.KEY, "listener-1", "trouble-3", "{}", Instant.now().minusSeconds(600))
                        .sign(LiveKitServerPart.SECRET),
                new ListenerClaims(LiveKitServerPart.KEY, "listener-1", "trouble-3", "{}", Instant.now().plusSeconds(60))
                        .sign("another-secret-another-secret-another"))) {
            Program.Result result = stranger.reading(token).run("tail", "--token", "-", "--url", server.url());
            assertEquals(4, result.exit(), result::toString);
            assertFalse(result.err().contains("eyJ"), result::toString);
            assertFalse(result.err().contains("Exception"), result::toString);
        }
        assertEquals(1, server.participants("trouble-3").size(), "nobody came in");
        agent.leave();
    }

    @Test
    void whatIsStoredAlreadyIsShownFirst() throws Exception {
        String store = "sqlite:" + home.resolve("calls.db");
        Participant agent = people.join("trouble-4", Join.agent("Ava"));
        Participant caller = people.join("trouble-4", Join.caller("+14155550188"));
        try (Running tail = assist.start("tail", "room:trouble-4", "--save", "--store", store)) {
            sayUntilShown(agent, tail, "ready");
            caller.replace("u1", "", "I have been waiting for a week.", true);
            tail.awaitOut("waiting for a week");
            tail.signal("INT");
            assertEquals(130, tail.await().exit());
        }
        try (Running tail = assist.start("tail", "+14155550188", "--from-start", "--store", store, "--format", "jsonl")) {
            tail.awaitOut("waiting for a week");
            sayUntilShown(agent, tail, "later");
            agent.leave();
            Program.Result result = tail.await();
            assertEquals(0, result.exit(), result::toString);
            assertTrue(result.out().indexOf("waiting for a week") < result.out().indexOf("later "), result.out());
            assertEquals(1, result.out().lines().filter(l -> l.contains("waiting for a week")).count(), result.out());
        }
        caller.leave();
    }

    @Test
    void aSpokenCardNumberIsTakenOutOfWhatIsShownSavedAndHandedOn() throws Exception {
        refused(assist.run("tail", "room:trouble-5", "--redact", "--interim"), 2, "--interim and --redact");
        String store = "sqlite:" + home.resolve("calls.db");
        Path seen = home.resolve("seen");
        Participant agent = people.join("trouble-5", Join.agent("Ava"));
        Participant caller = people.join("trouble-5", Join.person("Carl"));
        try (Running tail = assist.start(
                "tail", "room:trouble-5", "--redact", "--save", "--store", store, "--match", ".", "--exec", "tee -a " + seen)) {
            sayUntilShown(agent, tail, "ready");
            agent.replace("a1", "", "What is your card number, please?", true);
            tail.awaitOut("card number, please");
            caller.replace("u1", "", "It is four one one one one one one one", false);
            caller.replace("u1", "", "It is four one one one one one one one one one one one one one one one.", true);
            tail.awaitOut("Carl: It is .*\\[");
            // The other way of speaking it: in digits, and the rest of it in a second breath.
            caller.replace("u2", "", "4111 1111 1111 1111", true);
            caller.replace("u3", "", "That was 5500 0000", true);
            caller.replace("u4", "", "0000 0004.", true);
            caller.replace("u5", "", "Order 4417 is what I want.", true);
            tail.awaitOut("Order 4417 is what I want");
            agent.leave();
            Program.Result result = tail.await();
            assertEquals(0, result.exit(), result::toString);
            String saved = ok(assist.run("conversations", "export", "--store", store));
            Await.until("the command has had it all", () -> Files.exists(seen) && read(seen).contains("4417"));
            for (String text : List.of(result.out(), saved, read(seen))) {
                assertFalse(text.contains("one one one one") || text.contains("1111"), text);
                assertFalse(text.contains("5500 0000") || text.contains("0000 0004"), text);
                assertTrue(text.contains("4417"), text);
            }
        }
        caller.leave();
    }

    @Test
    void onATerminalWhatIsBeingSaidIsRewrittenInPlace() {
        Participant agent = people.join("trouble-6", Join.agent("Ava"));
        try (var terminal = TerminalPart.start(80, 24, assist, "tail", "room:trouble-6")) {
            int[] n = {0};
            Await.until("it is live", () -> {
                agent.replace("r" + n[0], "", "ready " + n[0]++, true);
                return String.join("\n", terminal.screen()).contains("ready");
            });
            agent.replace("s1", "", "I can see", false);
            terminal.await("(?m)^Ava: I can see$");
            agent.replace("s1", "", "I can see both charges, and I", false);
            terminal.await("(?m)^Ava: I can see both charges, and I$");
            agent.replace("s1", "", "I can see both charges, and I am sorry.", true);
            terminal.await("(?m)^Ava: I can see both charges, and I am sorry\\.$");
            assertEquals(1, terminal.history().lines().filter(l -> l.contains("I can see")).count(), terminal::history);
            agent.leave();
            assertEquals(0, terminal.awaitExit());
        }
    }

    @Test
    void aServerThatDoesNotComeBackIsWorthRetrying() {
        try (var own = LiveKitServerPart.start();
                var there = Participants.of(own)) {
            Participant agent = there.join("trouble-7", Join.agent("Ava"));
            agent.publishTone(440);
            Program program = new Program(home).with(own);
            try (Running tail = program.start("tail", "room:trouble-7", "--timeout", "2s");
                    Running listen = program.start("listen", "room:trouble-7", "--output", "heard.ogg", "--timeout", "2s")) {
                sayUntilShown(agent, tail, "ready");
                Await.until("something is heard", () -> home.resolve("heard.ogg").toFile().length() > 4_000);
                own.kill();
                Program.Result tailed = tail.await();
                assertEquals(6, tailed.exit(), tailed::toString);
                assertTrue(tailed.err().contains("not regained within 2 s"), tailed::toString);
                Program.Result listened = listen.await();
                assertEquals(6, listened.exit(), listened::toString);
                assertTrue(listened.err().contains("Recorded"), listened::toString);
            }
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
