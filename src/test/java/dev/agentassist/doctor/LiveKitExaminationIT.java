package dev.agentassist.doctor;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.capability.Capabilities;
import dev.agentassist.capability.Tried;
import dev.agentassist.capability.Tried.Feature;
import dev.agentassist.check.Finding;
import dev.agentassist.livekit.DeploymentProbe;
import dev.agentassist.livekit.LiveKitServer;
import dev.agentassist.testkit.LiveKitServerPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import okhttp3.OkHttpClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A clock that is wrong, and what is remembered. */
class LiveKitExaminationIT {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"0, OK, agree", "-20, WARNING, ahead of", "20, WARNING, behind", "-310, FAILED, 5 min ahead of", "310, FAILED, behind"})
    void aClockThatIsWrongIsFound(int seconds, Finding.State state, String words) {
        LiveKitServerPart server = LiveKitServerPart.shared();
        InstantSource ours = () -> Instant.now().plusSeconds(seconds);
        var probe = new DeploymentProbe(
                LiveKitServer.of(server.url(), "the test", LiveKitServerPart.KEY, LiveKitServerPart.SECRET),
                new OkHttpClient(),
                Duration.ofSeconds(60),
                ours);
        Finding clock = new LiveKitExamination(probe, new Capabilities(folder.resolve("none.json")), "ws://x", ours).asked().getFirst();
        assertEquals(state, clock.state(), clock::toString);
        assertTrue(clock.detail().contains(words), clock::toString);
    }

    @Test
    void whatWasTriedIsRememberedByServer() throws IOException {
        Path file = folder.resolve("new/capabilities.json");
        var tried = new Capabilities(file);
        Instant at = Instant.parse("2026-11-24T18:00:00Z");
        tried.note("wss://a", new Tried(Feature.MOVE_PARTICIPANT, false, "The server cannot move participants.", at));
        tried.note("wss://b", new Tried(Feature.MOVE_PARTICIPANT, true, "It can.", at));
        tried.note("wss://a", new Tried(Feature.CANARY_CALL, false, "It failed.", at));
        assertEquals("The server cannot move participants.", tried.last("wss://a", Feature.MOVE_PARTICIPANT).orElseThrow().detail());
        assertTrue(tried.last("wss://b", Feature.MOVE_PARTICIPANT).orElseThrow().works());
        assertTrue(tried.last("wss://b", Feature.CANARY_CALL).isEmpty());
        var remembered = new LiveKitExamination(null, tried, "wss://a", InstantSource.fixed(at.plusSeconds(90))).remembered();
        assertEquals("It failed. (tried 90 s ago)", remembered.getLast().detail());
        assertEquals(Finding.State.WARNING, remembered.getLast().state());
        for (String broken : new String[] {"", "[1]", "{\"wss://a\": {\"canary_call\": {\"works\": 1}}}", "{\"wss://a\": 3}", "\u0000"}) {
            Files.writeString(file, broken);
            assertTrue(tried.last("wss://a", Feature.CANARY_CALL).isEmpty(), broken);
            tried.note("wss://a", new Tried(Feature.CANARY_CALL, true, "Well.", at));
            assertTrue(tried.last("wss://a", Feature.CANARY_CALL).isPresent(), broken);
        }
    }
}
