package dev.agentassist.livekit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.net.Http;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Participants;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Both ways to the room service tell the same of a real server. */
class RoomServicesIT {

    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private static List<Participant> sorted(List<Participant> all) {
        return all.stream().sorted(Comparator.comparing(Participant::identity)).toList();
    }

    @Test
    void tellTheSame() {
        LiveKitServerPart part = LiveKitServerPart.shared();
        var environment = part.environment();
        var server = LiveKitServer.of(
                part.url(), "test", environment.get("LIVEKIT_API_KEY"), environment.get("LIVEKIT_API_SECRET"));
        var sdk = new SdkRoomService(server, Http.client(new Http.Options(TIMEOUT, null, null, null)), InstantSource.system());
        var twirp = new TwirpRoomService(server, TIMEOUT, InstantSource.system());
        String name = "room “services” \\ ü";
        try (var people = Participants.of(part)) {
            people.join(name, Join.agent("Ava"));
            var caller = people.join(name, Join.caller("+14155550132"));
            assertEquals(sorted(sdk.participants(name)), sorted(twirp.participants(name)));
            assertEquals(2, twirp.participants(name).size());
            assertEquals(sdk.room(name), twirp.room(name));
            assertTrue(twirp.rooms().stream().anyMatch(r -> r.name().equals(name)));
            assertEquals(List.of(), twirp.participants("services-nowhere"));
            assertTrue(twirp.room("services-nowhere").isEmpty());
            assertFalse(twirp.remove(name, "nobody"));
            assertTrue(twirp.remove(name, caller.identity()));
        }
        var stranger = new TwirpRoomService(
                LiveKitServer.of(part.url(), "test", "nobody", "s".repeat(40)), TIMEOUT, InstantSource.system());
        assertInstanceOf(
                Problem.NotAllowed.class, assertThrows(Failure.class, stranger::rooms).problem());
        var nowhere = new TwirpRoomService(
                LiveKitServer.of("ws://127.0.0.1:1", "test", "k", "s".repeat(40)), TIMEOUT, InstantSource.system());
        assertInstanceOf(
                Problem.Unavailable.class, assertThrows(Failure.class, nowhere::rooms).problem());
    }
}
