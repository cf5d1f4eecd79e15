package dev.agentassist.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.live.LiveProbe.Granted;
import dev.agentassist.live.segment.Role;
import dev.agentassist.livekit.LiveKitServer;
import dev.agentassist.livekit.RoomAdmin;
import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Participant;
import dev.agentassist.testkit.Participants;
import dev.agentassist.token.ListenerClaims;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A probe beside LiveKit's own client, in both ways of connecting: with one peer connection and with two. */
class LiveProbeIT {

    private static LiveKitServerPart server;
    private static Participants people;
    private static RoomAdmin admin;
    private static LiveEngine engine;

    @BeforeAll
    static void start() {
        server = LiveKitServerPart.start();
        people = Participants.of(server);
        engine = new LiveEngine();
        admin = new RoomAdmin(
                LiveKitServer.of(server.url(), "the test", LiveKitServerPart.KEY, LiveKitServerPart.SECRET),
                new OkHttpClient(),
                Duration.ofSeconds(60),
                InstantSource.system());
    }

    @AfterAll
    static void stop() {
        engine.close();
        people.close();
        server.close();
    }

    private static LiveProbe probe(String token, boolean single) throws Exception {
        LiveProbe probe = LiveProbe.join(engine, server.url(), token, "1", single);
        probe.connected().get(90, TimeUnit.SECONDS);
        return probe;
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isHeardAndReadByOthers(boolean single) throws Exception {
        String room = "probe-" + single;
        var events = new CopyOnWriteArrayList<LiveEvent>();
        Participant person = people.join(room, Join.person("ana"));
        try (LiveProbe probe = probe(admin.participantToken(room, "robot", "Robot", "agent", Duration.ofMinutes(5)), single);
                var listen = LiveListen.builder(
                                server.url(), admin.participantToken(room, "ear", "Ear", "standard", Duration.ofMinutes(5)))
                        .engine(engine)
                        .build()) {
            listen.onEvent(events::add);
            listen.setMuted(false);
            listen.connect().get(90, TimeUnit.SECONDS);
            assertEquals("robot", probe.identity());
            assertEquals("1.13.5", probe.serverVersion());
            assertEquals(Granted.YES, probe.publishSound(60_000).get(90, TimeUnit.SECONDS));
            byte[] packet = {(byte) 0xf8, (byte) 0xff, (byte) 0xfe, 1, 2, 3, 4};
            int[] number = {0};
            Await.until("the sound is there", () -> {
                probe.sound(packet, 960L * number[0], number[0]++ == 0);
                return events.stream().anyMatch(e -> e instanceof LiveEvent.Audio a && java.util.Arrays.equals(packet, a.packet().opus()));
            });
            assertTrue(probe.text(
                            "lk.transcription",
                            Map.of("lk.segment_id", "s1", "lk.transcription_final", "false"),
                            List.of("Grü", "ße, ", "42 €"),
                            Map.of("lk.transcription_final", "true"))
                    .get(60, TimeUnit.SECONDS));
            Await.until("the text is there", () -> events.stream()
                    .anyMatch(e -> e instanceof LiveEvent.Transcript t && t.segment().settled()
                            && t.segment().text().equals("Grüße, 42 €") && t.segment().role() == Role.AGENT));
            // LiveKit's own client reads the same.
            person.await("transcription", "robot");
            // Of those who publish nothing a server tells once in three seconds.
            Await.until("the probe is told of all", () -> probe.toldOf().containsAll(List.of("ana", "ear")));
            person.sendData("any", "a marker");
            Await.until("data of others arrives", () -> probe.received("a marker".getBytes(StandardCharsets.UTF_8)));
            assertFalse(probe.received("another marker".getBytes(StandardCharsets.UTF_8)));
        }
        Await.until("the probe has left", () -> server.participants(room).stream().noneMatch(p -> p.getIdentity().equals("robot")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void isRefusedWithAListenersToken(boolean single) throws Exception {
        String room = "refused-" + single;
        people.join(room, Join.person("ana"));
        String token = new ListenerClaims(LiveKitServerPart.KEY, "listener-1", room, "", Instant.now().plusSeconds(300))
                .sign(LiveKitServerPart.SECRET);
        try (LiveProbe probe = probe(token, single)) {
            assertFalse(probe.permission().canPublish() || probe.permission().canPublishData());
            assertTrue(probe.permission().hidden());
            assertEquals(Granted.REFUSED, probe.publishSound(60_000).get(90, TimeUnit.SECONDS));
        }
    }

    @Test
    void saysWhyItCannotJoin() throws Exception {
        try (LiveProbe probe = LiveProbe.join(engine, server.url(), "no.token.atall", "1")) {
            var failed = assertThrows(ExecutionException.class, () -> probe.connected().get(90, TimeUnit.SECONDS));
            assertTrue(failed.getCause().getMessage().contains("401"), failed.getCause()::getMessage);
        }
    }
}
