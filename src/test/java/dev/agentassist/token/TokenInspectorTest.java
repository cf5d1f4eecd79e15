package dev.agentassist.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.problem.Failure;
import dev.agentassist.testkit.Fixed;
import io.livekit.server.AccessToken;
import io.livekit.server.CanPublish;
import io.livekit.server.Hidden;
import io.livekit.server.RoomAdmin;
import io.livekit.server.RoomJoin;
import io.livekit.server.RoomName;
import io.livekit.server.VideoGrant;
import java.time.Instant;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TokenInspectorTest {

    private static final String SECRET = "secret-secret-secret-secret-secret-32";
    private static final Instant NOW = Instant.parse("2026-11-23T09:00:00Z");

    private final TokenInspector inspector = new TokenInspector("key", SECRET, NOW);

    @Test
    void callsOurOwnTokenListenOnlyAndVerified() {
        TokenReport report = inspector.inspect(ours(NOW.plusSeconds(60)), "stdin");
        assertTrue(report.listenOnly());
        assertEquals(List.of(), report.warnings());
        assertEquals(TokenReport.Signature.VERIFIED, report.signature());
        assertEquals("call-42", report.room());
        assertFalse(report.expired());
    }

    @Test
    void findsTheTokenInWhatAssistTokenPrints() {
        String token = ours(NOW.plusSeconds(60));
        for (String text : List.of(
                "{\"url\" : \"wss://live.example.com\", \"token\" : \"" + token + "\"}",
                "LIVEKIT_URL='wss://eu.live.example.com'\nLIVEKIT_TOKEN='" + token + "'\n",
                "\n  " + token + "\n")) {
            assertEquals("listener-1", inspector.inspect(text, "stdin").identity());
        }
    }

    @Test
    void knowsAnExpiredOneAndAForgedOne() {
        String token = ours(NOW.minusSeconds(60));
        assertTrue(inspector.inspect(token, "stdin").expired());
        String forged = token.substring(0, token.lastIndexOf('.') + 1) + "AAAA";
        assertEquals(TokenReport.Signature.MISMATCH, inspector.inspect(forged, "stdin").signature());
        assertEquals(
                TokenReport.Signature.OTHER_KEY,
                new TokenInspector("other", SECRET, NOW).inspect(token, "stdin").signature());
        assertEquals(
                TokenReport.Signature.NOT_CHECKED,
                new TokenInspector(null, null, NOW).inspect(token, "stdin").signature());
    }

    @Test
    void warnsOfEachGrantThatAListenerDoesNotNeed() {
        assertWarns("may publish sound", new RoomJoin(true), new RoomName("r"), new Hidden(true));
        assertWarns("canPublish is not written out", new RoomJoin(true), new RoomName("r"), new Hidden(true));
        assertWarns("may send data", new RoomJoin(true), new RoomName("r"), new Hidden(true), new CanPublish(false));
        assertWarns("not hidden", new RoomJoin(true), new RoomName("r"), new CanPublish(false));
        assertWarns("any room", new RoomJoin(true), new Hidden(true));
        assertWarns("administer", new RoomJoin(true), new RoomName("r"), new RoomAdmin(true));
        assertWarns("cannot join", new RoomAdmin(true), new RoomName("r"));
    }

    private void assertWarns(String words, VideoGrant... grants) {
        var token = new AccessToken("key", SECRET);
        token.setIdentity("x");
        token.addGrants(grants);
        TokenReport report = inspector.inspect(token.toJwt(), "stdin");
        assertFalse(report.listenOnly());
        assertTrue(report.warnings().stream().anyMatch(w -> w.contains(words)), () -> words + " in " + report.warnings());
    }

    @Property(seed = Fixed.SEED)
    void refusesAnythingElseWithASentenceThatDoesNotRepeatIt(@ForAll String text) {
        // Any text that is no token is refused; none makes another exception.
        try {
            inspector.inspect(text, "stdin");
        } catch (Failure e) {
            assertEquals("There is no LiveKit token in stdin.", e.getMessage());
        }
    }

    @Test
    void refusesThreePartsThatAreNoJson() {
        assertThrows(Failure.class, () -> inspector.inspect("aaaa.bbbb.cccc", "stdin"));
        assertThrows(Failure.class, () -> inspector.inspect("", "stdin"));
    }

    private static String ours(Instant expires) {
        return new ListenerClaims("key", "listener-1", "call-42", "{\"listener\":\"ana\"}", expires).sign(SECRET);
    }
}
