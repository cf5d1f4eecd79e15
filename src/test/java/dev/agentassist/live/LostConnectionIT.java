package dev.agentassist.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Participant;
import dev.agentassist.testkit.Participants;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens when the server goes away, or nothing more is heard of it, and it comes back. */
class LostConnectionIT {

    private static Listening listening(LiveKitServerPart server, String room, Duration regain) {
        return new Listening(LiveListen.builder(server.url(), Listening.token(room, "listener", Duration.ofMinutes(10)))
                        .regainWithin(regain))
                .connected();
    }

    @Test
    void aServerThatIsKilledAndStartedAgainIsJoinedAgainAndTheGapIsSaid() {
        try (var server = LiveKitServerPart.start();
                var people = Participants.of(server)) {
            Participant before = people.join("restart", Join.agent("ava"));
            try (var listening = listening(server, "restart", Duration.ofSeconds(60))) {
                before.replace("s1", "", "Before.", true);
                listening.awaitSettled(1);
                server.kill();
                listening.await("the loss", e -> e.equals(new LiveEvent.StateChanged(LiveState.CONNECTING, null)));
                server.run();
                Participant after = people.join("restart", Join.agent("ben"));
                listening.await("the gap", LiveEvent.Gap.class::isInstance);
                Await.until("live again", () -> listening.listen.state() == LiveState.LIVE);
                after.replace("s1", "", "Before.", true);
                after.replace("s2", "", "After.", true);
                Await.until("after: " + listening.settled(), () -> listening.settled().contains("agent: After."));
                assertEquals(1, listening.segments().stream().filter(s -> s.settled() && s.speaker().equals("ava")).count());
                var gap = (LiveEvent.Gap) listening.events.stream().filter(LiveEvent.Gap.class::isInstance).findFirst().orElseThrow();
                assertFalse(gap.complete());
                assertTrue(gap.to().isAfter(gap.from()));
                assertFalse(listening.listen.ended().isDone());
            }
        }
    }

    @Test
    void aServerThatStaysAwayEndsTheListen() {
        try (var server = LiveKitServerPart.start();
                var people = Participants.of(server)) {
            people.join("gone", Join.agent("ava"));
            try (var listening = listening(server, "gone", Duration.ofSeconds(3))) {
                server.kill();
                assertEquals(Ending.Reason.CONNECTION_LOST, listening.ending().reason());
            }
        }
    }

    @Test
    void aPauseOfSomeSecondsLosesNothing() throws Exception {
        try (var server = LiveKitServerPart.start();
                var people = Participants.of(server)) {
            Participant agent = people.join("pause", Join.agent("ava"));
            try (var listening = listening(server, "pause", Duration.ofSeconds(60))) {
                agent.replace("s1", "", "Before.", true);
                listening.awaitSettled(1);
                server.freeze();
                TimeUnit.SECONDS.sleep(3);
                server.resume();
                agent.replace("s2", "", "After.", true);
                Await.until("after: " + listening.events, () -> listening.settled().contains("agent: After."));
                assertEquals(List.of("agent: Before.", "agent: After."), listening.settled());
                assertTrue(listening.events.stream().noneMatch(e -> e instanceof LiveEvent.Gap gap && !gap.complete()));
            }
        }
    }

    /** Long enough that the server forgets the listener, and that the listener notices within seconds. */
    @Test
    @Tag("slow")
    void aMinuteWithoutTheNetworkIsNoticedAndRegained() throws Exception {
        try (var server = LiveKitServerPart.start();
                var people = Participants.of(server)) {
            Participant agent = people.join("minute", Join.agent("ava"));
            try (var listening = listening(server, "minute", Duration.ofSeconds(120))) {
                agent.replace("s1", "", "Before.", true);
                listening.awaitSettled(1);
                long cut = System.nanoTime();
                server.freeze();
                listening.await("the loss", e -> e.equals(new LiveEvent.StateChanged(LiveState.CONNECTING, null)));
                TimeUnit.NANOSECONDS.sleep(TimeUnit.SECONDS.toNanos(60) - (System.nanoTime() - cut));
                server.resume();
                listening.await("the gap", LiveEvent.Gap.class::isInstance);
                int[] n = {0};
                Await.until(() -> "after: " + listening.events, Await.PATIENCE, () -> {
                    Participant again = people.join("minute", Join.agent("ben" + n[0]++));
                    again.replace("s" + n[0], "", "After.", true);
                    return listening.settled().contains("agent: After.");
                });
                assertEquals(1, listening.settled().stream().filter(s -> s.equals("agent: Before.")).count());
            }
        }
    }
}
