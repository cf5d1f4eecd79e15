package dev.agentassist.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.live.signal.SignalFailure;
import dev.agentassist.token.ListenerClaims;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** What a server's refusal is told as: a clock that is off looks like a bad token. */
class RefusalsTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final String SECRET = "secret-secret-secret-secret-secret-32";

    private static String token(Duration life) {
        return new ListenerClaims("key", "listener-1", "room", "{}", NOW.plus(life)).sign(SECRET);
    }

    private static Ending refused(Duration serverAhead, Duration life) {
        Instant server = serverAhead == null ? null : NOW.plus(serverAhead);
        return Refusals.of(new SignalFailure(401, "go-jose/go-jose/jwt: validation failed, token is expired (exp)", server, null), token(life), NOW);
    }

    @Test
    void aClockThatIsOffIsNamedWithHowFarAndWhichWay() {
        Ending behind = refused(Duration.ofMinutes(10), Duration.ofSeconds(60));
        assertEquals(Ending.Reason.REFUSED, behind.reason());
        assertTrue(behind.detail().contains("This machine's clock is 10 min 0 s behind the server's."), behind.detail());
        Ending ahead = refused(Duration.ofMinutes(-10).minusSeconds(5), Duration.ofSeconds(60));
        assertTrue(ahead.detail().contains("This machine's clock is 10 min 5 s ahead of the server's."), ahead.detail());
    }

    @Test
    void aTokenThatIsTooOldIsNoMatterOfTheClock() {
        Ending expired = refused(Duration.ofSeconds(1), Duration.ofMinutes(-5));
        assertTrue(expired.detail().contains("It expired at 2026-11-24T11:55:00Z."), expired.detail());
        assertFalse(expired.detail().contains("clock"), expired.detail());
        assertFalse(expired.detail().contains("eyJ"), expired.detail());
        assertFalse(refused(null, Duration.ofSeconds(60)).detail().contains("clock"));
    }

    @Test
    void whatMayMendItselfIsNoRefusal() {
        assertNull(Refusals.of(new SignalFailure(503, "busy", null, null), token(Duration.ofMinutes(1)), NOW));
        assertNull(Refusals.of(new SignalFailure(0, "connection reset", null, null), token(Duration.ofMinutes(1)), NOW));
    }
}
