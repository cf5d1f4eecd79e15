package dev.agentassist.smoke;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.json.Json;
import dev.agentassist.live.LiveEngine;
import dev.agentassist.livekit.LiveKitServer;
import dev.agentassist.livekit.RoomAdmin;
import dev.agentassist.livekit.ServerToken;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.token.ListenerToken;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** That the canary's proofs can fail: with tokens that allow what a listener's never does. */
class CanaryCallIT {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private static LiveKitServerPart part;
    private static LiveKitServer server;
    private static RoomAdmin admin;
    private static LiveEngine engine;

    @BeforeAll
    static void start() {
        part = LiveKitServerPart.start();
        server = LiveKitServer.of(part.url(), "the test", LiveKitServerPart.KEY, LiveKitServerPart.SECRET);
        admin = new RoomAdmin(server, new OkHttpClient(), PATIENCE, InstantSource.system());
        engine = new LiveEngine();
    }

    @AfterAll
    static void stop() {
        engine.close();
        part.close();
    }

    private static ListenerToken token(String room, String identity, boolean hidden, boolean publish, boolean data) {
        var claims = Json.MAPPER.createObjectNode().put("sub", identity);
        claims.putObject("video")
                .put("roomJoin", true)
                .put("room", room)
                .put("canSubscribe", true)
                .put("canPublish", publish)
                .put("canPublishData", data)
                .put("hidden", hidden);
        String jwt = new ServerToken(server, InstantSource.system()).sign(claims, Duration.ofMinutes(5));
        return new ListenerToken(server.wsUrl(), jwt, room, Instant.now().plusSeconds(300));
    }

    private static CanaryCall call(String room) {
        var call = new CanaryCall(engine, server.wsUrl(), "1", new Patience(PATIENCE, PATIENCE.multipliedBy(5)), room);
        call.join(admin);
        return call;
    }

    @Test
    void aListenerThatIsSeenIsFound() {
        try (CanaryCall call = call("seen")) {
            call.listen(token("seen", "visible", false, false, false));
            call.endListening();
            assertEquals(List.of("visible"), call.told(Set.of("visible", "somebody-else"), admin));
        }
    }

    @Test
    void aHiddenOneIsNot() {
        try (CanaryCall call = call("unseen")) {
            call.listen(token("unseen", "hidden", true, false, false));
            call.endListening();
            assertEquals(List.of(), call.told(Set.of("hidden"), admin));
        }
    }

    @Test
    void aListenerThatMayBeSeenIsFoundToo() {
        try (CanaryCall call = call("loud")) {
            assertDoesNotThrow(() -> call.intrude(token("loud", "listener-1", true, false, false)));
            var found = assertThrows(CheckFailed.class, () -> call.intrude(token("loud", "listener-2", false, false, false)));
            assertTrue(found.getMessage().contains("more than its token"), found::getMessage);
        }
    }

    @Test
    void soundAndDataThatGetThroughAreFound() {
        try (CanaryCall call = call("through")) {
            var sound = assertThrows(CheckFailed.class, () -> call.shout(token("through", "listener-1", true, true, false)));
            assertTrue(sound.getMessage().contains("took a listener’s sound"), sound::getMessage);
            var data = assertThrows(CheckFailed.class, () -> call.shout(token("through", "listener-2", true, false, true)));
            assertTrue(data.getMessage().contains("data reached the call"), data::getMessage);
        }
    }

    @Test
    void whatIsSaidAndHeardIsMeasured() {
        try (CanaryCall call = call("measured")) {
            call.listen(token("measured", "listener-1", true, false, false));
            assertEquals(CanaryScript.LINES.size(), call.talk().size());
            assertEquals(CanaryScript.LINES, call.read());
            List<Double> sound = call.hear();
            assertTrue(sound.size() > CanaryScript.sound().size() * 0.9 && sound.stream().allMatch(m -> m > 0), sound::toString);
            assertEquals(0, call.ear().altered());
        }
    }
}
