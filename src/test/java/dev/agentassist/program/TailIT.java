package dev.agentassist.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Participant;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** {@code assist tail} of the packaged program, against a real LiveKit server and real participants. */
class TailIT extends OnServer {

    private static void awaitListener(String room) {
        Await.until("a listener in " + room, () -> listeners(room) > 0);
    }

    private static long listeners(String room) {
        return server.participants(room).stream().filter(p -> p.getIdentity().startsWith("listener-")).count();
    }

    @Test
    void aPipeGetsALineForEachSettledSegmentAtOnce() {
        Participant agent = people.join("tail-pipe", Join.agent("Ava"));
        Participant caller = people.join("tail-pipe", Join.person("Carl"));
        try (Running tail = assist.start("tail", "room:tail-pipe", "--reason", "test", "--as", "tester")) {
            sayUntilShown(agent, tail, "ready");
            caller.replace("u1", "", "I want", false);
            caller.replace("u1", "", "I want a\nrefund.", true);
            tail.awaitOut("^Carl: I want a refund\\.$");
            agent.delta("s1", "", "Of ", "course.");
            tail.awaitOut("^Ava: Of course\\.$");
            agent.leave();
            var result = tail.await();
            assertEquals(0, result.exit(), result.toString());
            assertTrue(result.err().contains("The agent left"), result.err());
            assertFalse(result.out().contains("\u001b"), result.out());
            assertEquals(1, result.out().lines().filter(l -> l.contains("refund")).count());
        }
        caller.leave();
        String log = read(home.resolve("state/agent-assist/listen.jsonl"));
        assertTrue(log.contains("\"event\":\"listening\",\"who\":\"tester\",\"reason\":\"test\""), log);
        assertFalse(log.contains("eyJ"), log);
    }

    @Test
    void whatWasSaidDoesNothingToATerminal() {
        Participant agent = people.join("tail-evil", Join.agent("\u001b]0;owned\u0007Eve"));
        try (Running tail = assist.start("tail", "room:tail-evil", "--color", "always", "--interim")) {
            sayUntilShown(agent, tail, "ready");
            agent.replace("e", "", "\u001b[2J\u001b[31mred\r\u0008 \u202eback", true);
            tail.awaitOut("red");
            String without = tail.out().replaceAll("\u001b\\[(\\d+(;\\d+)?)?[mK]", "");
            assertFalse(without.contains("\u001b") || without.contains("\u0007") || without.contains("\u202e"), without);
            assertFalse(tail.out().contains("\u001b[2J") || tail.out().contains("\u001b[31m"), tail.out());
        }
        agent.leave();
    }

    @Test
    void jsonLinesHoldEverythingAndMatchesRunACommand() {
        Participant agent = people.join("tail-json", Join.agent("Ava"));
        Path seen = home.resolve("seen");
        try (Running tail = assist.start(
                "tail", "room:tail-json", "--format", "jsonl", "--match", "cancel", "--exec", "tee -a " + seen)) {
            sayUntilShown(agent, tail, "ready");
            agent.delta("s1", "TR_1", "Please cancel; $(touch ", "pwned)");
            var line = tail.awaitOut("^\\{.*\"segment_id\":\"s1\".*\\}$").group();
            assertTrue(line.contains("\"type\":\"segment\""), line);
            assertTrue(line.contains("\"speaker\":\"agent\",\"identity\":\"Ava\",\"name\":\"Ava\""), line);
            assertTrue(line.contains("\"final\":true,\"complete\":true"), line);
            assertTrue(line.contains("\"track\":\"TR_1\",\"matched\":true"), line);
            Await.until("the command has run", () -> Files.exists(seen) && read(seen).contains("$(touch pwned)"));
            assertFalse(Files.exists(home.resolve("pwned")));
            assertFalse(read(seen).contains("ready"));
            agent.leave();
            var result = tail.await();
            assertEquals(0, result.exit(), result.toString());
            assertTrue(result.out().contains("\"state\":\"ended\",\"reason\":\"agent_left\""), result.out());
        }
    }

    @Test
    void whatIsSavedIsBriefedASecondLaterEvenAfterAKill() {
        Participant agent = people.join("tail-save", Join.agent("Ava"));
        Participant caller = people.join("tail-save", Join.caller("+14155550177"));
        String store = "sqlite:" + home.resolve("calls.db");
        try (Running tail = assist.start("tail", "room:tail-save", "--save", "--store", store)) {
            sayUntilShown(agent, tail, "ready");
            caller.replace("u1", "", "I was charged twice for my order.", true);
            tail.awaitOut("charged twice");
            tail.signal("KILL");
        }
        var brief = assist.run("brief", "room:tail-save", "--store", store);
        assertEquals(0, brief.exit(), brief.toString());
        assertTrue(brief.out().contains("charged twice"), brief.out());
        String log = read(home.resolve("state/agent-assist/listen.jsonl"));
        assertTrue(log.contains("\"event\":\"recording\""), log);
        agent.leave();
        caller.leave();
    }

    @Test
    void ctrlCLeavesTheRoomWithinASecond() {
        Participant agent = people.join("tail-int", Join.agent("Ava"));
        try (Running tail = assist.start("tail", "room:tail-int")) {
            sayUntilShown(agent, tail, "ready");
            assertEquals(1, listeners("tail-int"));
            tail.signal("INT");
            assertEquals(130, tail.await().exit());
            assertEquals(0, listeners("tail-int"), "gone from the server when the process is");
        }
        agent.leave();
    }

    @Test
    void anEndedCallAndNoneAndARemovalHaveTheirCodes() {
        Participant agent = people.join("tail-codes", Join.agent("Ava"));
        assertEquals(3, assist.run("tail", "room:tail-nowhere").exit());
        server.createRoom("tail-empty", 0);
        assertEquals(5, assist.run("tail", "room:tail-empty").exit());
        assertEquals(2, assist.run("tail").exit());
        assertEquals(2, assist.run("tail", "room:x", "--all").exit());
        assertEquals(2, assist.run("tail", "room:x", "--match", "(").exit());
        try (Running tail = assist.start("tail", "room:tail-codes")) {
            sayUntilShown(agent, tail, "ready");
            String identity = server.participants("tail-codes").stream()
                    .map(p -> p.getIdentity())
                    .filter(i -> i.startsWith("listener-"))
                    .findFirst()
                    .orElseThrow();
            LiveKitServerPart.answer(server.rooms().removeParticipant("tail-codes", identity));
            var result = tail.await();
            assertEquals(4, result.exit(), result.toString());
        }
        var max = assist.run("tail", "room:tail-codes", "--max-duration", "1s");
        assertEquals(0, max.exit(), max.toString());
        agent.leave();
    }

    @Test
    void aTokenOfSomebodyElsesIsEnough() throws Exception {
        Participant agent = people.join("tail-token", Join.agent("Ava"));
        String minted = assist.run("token", "room:tail-token").out();
        Program stranger = new Program(Files.createDirectory(home.resolve("stranger")));
        try (Running tail = stranger.start("tail", "--token", "-")) {
            tail.type(minted);
            tail.closeInput();
            sayUntilShown(agent, tail, "ready");
            agent.leave();
            assertEquals(0, tail.await().exit());
        }
        var refused = stranger.reading(minted.replace(token(minted), forged(token(minted))))
                .run("tail", "--token", "-");
        assertEquals(4, refused.exit(), refused.toString());
        var other = stranger.reading(minted).run("tail", "room:another", "--token", "-");
        assertEquals(4, other.exit(), other.toString());
        assertFalse(refused.err().contains("eyJ") || other.err().contains("eyJ"));
    }

    private static String token(String minted) {
        return minted.replaceAll("(?s).*\"token\" *: *\"([^\"]*)\".*", "$1");
    }

    private static String forged(String token) {
        return token.substring(0, token.lastIndexOf('.') + 1) + "AAAA" + token.substring(token.lastIndexOf('.') + 5);
    }

    @Test
    void allFollowsNewCallsAsTheyBegin() {
        try (Running tail = assist.start("tail", "--all")) {
            Participant one = people.join("tail-all-1", Join.agent("Ava"));
            sayUntilShown(one, tail, "first");
            Participant two = people.join("tail-all-2", Join.agent("Ben"));
            sayUntilShown(two, tail, "second");
            tail.awaitOut("^\\[tail-all-1\\] Ava: first");
            tail.awaitOut("^\\[tail-all-2\\] Ben: second");
            one.leave();
            assertTrue(tail.isAlive());
            two.leave();
            tail.signal("TERM");
            assertEquals(143, tail.await().exit());
        }
    }

    @Test
    void aReaderThatGoesAwayEndsItQuietly() {
        Participant agent = people.join("tail-closed", Join.agent("Ava"));
        var once = new Thread(() -> {
            for (int i = 0; i < 2_000 && !Thread.currentThread().isInterrupted(); i++) {
                agent.replace("n" + i, "", "number " + i, true);
                try {
                    TimeUnit.MILLISECONDS.sleep(50);
                } catch (InterruptedException e) {
                    return;
                }
            }
        });
        once.start();
        try {
            var result = assist.shell("assist tail room:tail-closed | head -2; echo code ${PIPESTATUS[0]}");
            assertTrue(result.out().contains("code 0"), result.toString());
            assertEquals("", result.err(), result.toString());
        } finally {
            once.interrupt();
            try {
                once.join(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        agent.leave();
    }

    @Test
    void waitingForACallThatBegins() {
        try (Running tail = assist.start("tail", "room:tail-wait", "--wait", "60s")) {
            Participant agent = people.join("tail-wait", Join.agent("Ava"));
            sayUntilShown(agent, tail, "ready");
            agent.leave();
            assertEquals(0, tail.await().exit());
        }
        assertEquals(3, assist.run("tail", "room:tail-never", "--wait", "1s").exit());
    }

    @Test
    void oneSideWithTimesAsSubtitles() {
        Participant agent = people.join("tail-vtt", Join.agent("Ava"));
        Participant caller = people.join("tail-vtt", Join.person("Carl"));
        Path file = home.resolve("call.vtt");
        try (Running tail = assist.start("tail", "room:tail-vtt", "--format", "vtt", "--speaker", "caller", "--output", file.toString())) {
            awaitListener("tail-vtt");
            int[] n = {0};
            Await.until("the cue is in the file", () -> {
                agent.replace("a" + n[0], "", "agent speaks", true);
                caller.replace("c" + n[0]++, "", "a <b> & c", true);
                return Files.exists(file) && read(file).contains("a &lt;b&gt; &amp; c");
            });
            agent.leave();
            assertEquals(0, tail.await().exit());
            assertEquals("", tail.out());
        }
        String vtt = read(file);
        assertTrue(vtt.startsWith("WEBVTT\n\n00:00:"), vtt);
        assertTrue(vtt.contains("<v Carl>"), vtt);
        assertFalse(vtt.contains("agent speaks"), vtt);
        caller.leave();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
