package dev.agentassist.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListenRequestTest {

    private static String refused(Duration ttl, String who, String reason) {
        var failure = assertThrows(Failure.class, () -> new ListenRequest(ttl, who, reason, false));
        return assertInstanceOf(Problem.BadInput.class, failure.problem()).detail();
    }

    /** A script's {@code --as "$OPERATOR"} with the variable not set must not leave a line that names nobody. */
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "  ", "\n"})
    void nobodyListensWithoutAName(String who) {
        assertTrue(refused(Duration.ofMinutes(1), who, null).contains("empty"));
    }

    @Test
    void lifetimesAndTextsHaveBounds() {
        for (Duration ttl : new Duration[] {Duration.ZERO, Duration.ofSeconds(-1), ListenRequest.LONGEST.plusSeconds(1)}) {
            assertTrue(refused(ttl, "dana", null).contains("1 second to 1 hour"));
        }
        assertTrue(refused(ListenRequest.LONGEST, "d".repeat(501), null).contains("--as"));
        assertTrue(refused(ListenRequest.LONGEST, "dana", "r".repeat(501)).contains("--reason"));
        assertEquals("dana", new ListenRequest(ListenRequest.LONGEST, "dana", "r".repeat(500), false).who());
    }
}
