package dev.agentassist.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.problem.Failure;
import dev.agentassist.testkit.Fixed;
import java.time.Duration;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {

    @ParameterizedTest
    @CsvSource({"500ms,PT0.5S", "60s,PT1M", "15m,PT15M", "1h30m,PT1H30M", "7d,PT168H", "0s,PT0S"})
    void readsWhatPeopleType(String text, Duration expected) {
        assertEquals(expected, Durations.parse(text, "--ttl"));
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(
            strings = {"", "60", "s", "-5s", "1.5h", "60 s", "1w", "PT60S", "99999999999999999999s", "9223372036854775807d", "٣s"})
    void refusesTheRestWithASentence(String text) {
        var failure = assertThrows(Failure.class, () -> Durations.parse(text, "--ttl"));
        assertTrue(failure.getMessage().endsWith("is not a duration for --ttl."), failure.getMessage());
    }

    @Property(seed = Fixed.SEED)
    void addsUpItsParts(
            @ForAll @IntRange(max = 400) int days,
            @ForAll @IntRange(max = 100) int hours,
            @ForAll @IntRange(max = 1000) int minutes,
            @ForAll @IntRange(max = 100_000) int seconds,
            @ForAll @IntRange(max = 100_000) int millis) {
        var expected = Duration.ofDays(days).plusHours(hours).plusMinutes(minutes).plusSeconds(seconds).plusMillis(millis);
        assertEquals(
                expected, Durations.parse(days + "d" + hours + "h" + minutes + "m" + seconds + "s" + millis + "ms", "x"));
    }

    @Property(seed = Fixed.SEED)
    void neverFailsOtherwise(@ForAll String text) {
        try {
            Durations.parse(text, "x");
        } catch (Failure e) {
            assertTrue(e.problem().hint().contains("90s"));
        }
    }

    @ParameterizedTest
    @CsvSource({"PT45S,45 s", "PT3M,3 min", "PT2H5M,2 h 5 min", "PT3H,3 h", "P3D,3 days", "PT-5S,0 s"})
    void saysThemShortly(Duration duration, String text) {
        assertEquals(text, Durations.human(duration));
    }
}
