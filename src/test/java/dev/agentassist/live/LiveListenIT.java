package dev.agentassist.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.live.segment.Segment;
import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Participant;
import dev.agentassist.testkit.Participants;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The live-listen client against a real server and LiveKit's own client for Node.js. */
class LiveListenIT {

    private static LiveKitServerPart server;
    private static Participants people;

    @BeforeAll
    static void start() {
        server = LiveKitServerPart.shared();
        people = Participants.of(server);
    }

    @AfterAll
    static void stop() {
        people.close();
    }

    @Test
    void bothWaysOfPublishingAreReadExactly() {
        Participant agent = people.join("exact", Join.agent("ava"));
        Participant caller = people.join("exact", Join.caller("+14155550132"));
        try (var listening = Listening.of(server.url(), "exact", "listener-1")) {
            agent.delta("s1", "", "Hello, ", "this is Ava. ", "Grüße, 你好 👋");
            caller.replace("u1", "", "I want", false);
            caller.replace("u1", "", "I want my money", false);
            caller.replace("u1", "", "I want my money back.", true);
            listening.awaitSettled(2);
            assertEquals(
                    List.of("agent: Hello, this is Ava. Grüße, 你好 👋", "caller: I want my money back."), listening.settled());
            assertTrue(listening.segments().stream().anyMatch(s -> !s.settled() && s.text().equals("I want my money")));
            Segment said = listening.segments().getFirst();
            assertEquals("ava", said.speaker());
            assertEquals("exact", listening.listen.room());
            assertEquals("listener-1", listening.listen.identity());
        }
        agent.leave();
        caller.leave();
    }

    @Test
    void theOthersAreToldNothingAndHearNothing() {
        Participant agent = people.join("unseen", Join.agent("ava"));
        Participant caller = people.join("unseen", Join.person("carl"));
        try (var listening = Listening.of(server.url(), "unseen", "listener-unseen")) {
            agent.delta("s1", "", "Hello.");
            listening.awaitSettled(1);
            assertEquals(
                    List.of("ava", "carl"),
                    listening.listen.participants().stream().map(LiveParticipant::identity).toList());
            var me = server.participants("unseen").stream()
                    .filter(p -> p.getIdentity().equals("listener-unseen"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(me.getPermission().getHidden());
            assertFalse(me.getPermission().getCanPublish());
            assertEquals(0, me.getTracksCount());
        }
        // Gone from the server by the time that close returns, or a moment later.
        Await.until("the listener is gone", () -> server.participants("unseen").stream().noneMatch(p -> p.getIdentity().startsWith("listener")));
        caller.replace("u1", "", "Bye.", true);
        agent.await("carl's text", e -> e.name().equals("transcription"));
        assertFalse(agent.wasToldOf("listener-unseen"));
        assertFalse(caller.wasToldOf("listener-unseen"));
        agent.leave();
        caller.leave();
    }

    @Test
    void theOlderPacketsAreReadWithAndWithoutATrack() {
        // Nobody else: LiveKit's own client for Node.js dies of a packet without a track.
        Participant agent = people.join("legacy", Join.agent("ava"));
        try (var listening = Listening.of(server.url(), "legacy", "listener-legacy")) {
            agent.legacy("carl", "", new Participant.Segment("p1", "Is anybody", 0, 0, false, "en"));
            agent.legacy("carl", "", new Participant.Segment("p1", "Is anybody there?", 0, 0, true, "en"));
            agent.legacy("ava", "TR_x", new Participant.Segment("p2", "I am.", 0, 0, true, "en"));
            listening.awaitSettled(2);
            assertEquals(List.of("caller: Is anybody there?", "agent: I am."), listening.settled());
            assertEquals("en", listening.segments().getLast().language());
        }
        agent.leave();
    }

    @Test
    void whatIsPublishedInBothWaysIsToldOnce() {
        Participant agent = people.join("both", Join.agent("ava"));
        try (var listening = Listening.of(server.url(), "both", "listener-both")) {
            for (int i = 0; i < 2; i++) {
                agent.delta("s" + i, "", "Yes.");
                agent.legacy("ava", "", new Participant.Segment("p" + i, "Yes.", 0, 0, true, ""));
            }
            agent.legacy("ava", "", new Participant.Segment("p9", "Done.", 0, 0, true, ""));
            agent.delta("s9", "", "Done.");
            agent.delta("s10", "", "The end.");
            Await.until(() -> "the end: " + listening.settled(), Await.PATIENCE, () -> listening.settled().contains("agent: The end."));
            assertEquals(List.of("agent: Yes.", "agent: Yes.", "agent: Done.", "agent: The end."), listening.settled());
        }
        agent.leave();
    }

    @Test
    void shortTextsComeInlineAndCompressed() {
        Participant agent = people.join("inline", Join.agent("ava"));
        try (var listening = Listening.of(server.url(), "inline", "listener-inline")) {
            String text = "It repeats itself, it repeats itself, it repeats itself. ".repeat(40).strip();
            agent.sendText("lk.transcription", text, Map.of("lk.segment_id", "a", "lk.transcription_final", "true"), true);
            agent.sendText("lk.transcription", "Short.", Map.of("lk.segment_id", "b", "lk.transcription_final", "true"), true);
            agent.sendText("other", "Not speech.", Map.of(), true);
            agent.sendText("lk.transcription", "x".repeat(64_000), Map.of("lk.segment_id", "c", "lk.transcription_final", "true"), false);
            listening.awaitSettled(3);
            assertEquals(List.of("agent: " + text, "agent: Short.", "agent: " + "x".repeat(64_000)), listening.settled());
        }
        agent.leave();
    }

    @Test
    void connectingTwiceIsConnectingOnce() {
        Participant agent = people.join("twice", Join.agent("ava"));
        try (var listening = Listening.of(server.url(), "twice", "listener-twice")) {
            assertSame(listening.listen.connect(), listening.listen.connect());
            assertEquals(LiveState.LIVE, listening.listen.state());
            var live = new LiveEvent.StateChanged(LiveState.LIVE, null);
            // Events come on a thread of their own, maybe behind the future.
            Await.until("the event is there", () -> listening.events.contains(live));
            assertEquals(1, listening.events.stream().filter(live::equals).count());
        }
        agent.leave();
    }

    @Test
    void theCallEndsWhenTheAgentLeaves() {
        Participant agent = people.join("agent-leaves", Join.agent("ava"));
        Participant caller = people.join("agent-leaves", Join.person("carl"));
        try (var listening = Listening.of(server.url(), "agent-leaves", "listener-2")) {
            agent.leave();
            assertEquals(Ending.Reason.AGENT_LEFT, listening.ending().reason());
            assertEquals(LiveState.ENDED, listening.listen.state());
            assertTrue(listening.events.getLast() instanceof LiveEvent.StateChanged);
        }
        caller.leave();
    }

    @Test
    void theCallEndsWhenTheLastOneLeaves() {
        Participant caller = people.join("last-leaves", Join.person("carl"));
        try (var listening = Listening.of(server.url(), "last-leaves", "listener-3");
                var other = Listening.of(server.url(), "last-leaves", "listener-4")) {
            caller.leave();
            assertEquals(Ending.Reason.EVERYBODY_LEFT, listening.ending().reason());
            assertEquals(Ending.Reason.EVERYBODY_LEFT, other.ending().reason());
        }
    }

    @Test
    void removedReplacedOrWithoutARoomItIsOver() {
        Participant agent = people.join("over", Join.agent("ava"));
        try (var removed = Listening.of(server.url(), "over", "listener-5")) {
            LiveKitServerPart.answer(server.rooms().removeParticipant("over", "listener-5"));
            assertEquals(Ending.Reason.REMOVED, removed.ending().reason());
        }
        try (var first = Listening.of(server.url(), "over", "listener-6");
                var second = Listening.of(server.url(), "over", "listener-6")) {
            assertEquals(Ending.Reason.DUPLICATE_IDENTITY, first.ending().reason());
            server.deleteRoom("over");
            assertEquals(Ending.Reason.ROOM_DELETED, second.ending().reason());
        }
        agent.leave();
    }

    @Test
    void aTokenThatIsNoGoodIsRefusedAtOnce() {
        String expired = Listening.token("refused", "listener-7", Duration.ofMinutes(-20));
        var late = new Listening(LiveListen.builder(server.url(), expired));
        var failure = assertThrows(CompletionException.class, late::connected);
        Ending ending = ((LiveListenException) failure.getCause()).ending();
        assertEquals(Ending.Reason.REFUSED, ending.reason());
        assertTrue(ending.detail().contains("expired"), ending.detail());
        assertFalse(ending.detail().contains(expired));
        assertEquals(ending, late.ending());
        var forged = new Listening(LiveListen.builder(server.url(), Listening.token("refused", "l", Duration.ofMinutes(1)) + "x"));
        assertThrows(CompletionException.class, forged::connected);
        assertEquals(Ending.Reason.REFUSED, forged.ending().reason());
        assertFalse(forged.ending().detail().contains("eyJ"), forged.ending().detail());
    }
}
