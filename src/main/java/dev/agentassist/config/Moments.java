package dev.agentassist.config;

import dev.agentassist.problem.Failure;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Points in time as people type them: {@code 24h} (so long ago), {@code 2026-11-22}, or RFC 3339. */
public final class Moments {

    private Moments() {}

    /**
     * A date means its first moment; what has no zone is UTC.
     *
     * @param what names the option in the failure's sentence
     */
    public static Instant parse(String text, String what, InstantSource clock) {
        String typed = text.strip();
        if (typed.matches("[0-9]+[a-z].*")) {
            return ago(typed, what, clock);
        }
        try {
            String iso = typed.replace(' ', 'T').toUpperCase(java.util.Locale.ROOT);
            if (!iso.contains("T")) {
                return LocalDate.parse(iso).atStartOfDay().toInstant(ZoneOffset.UTC);
            }
            return iso.matches(".*T.*(Z|[+-][0-9:]+)")
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw Failure.badInput(
                    "“" + text + "” is not a time for " + what + ".",
                    "Write how long ago (24h, 7d), a date (2026-11-22) or a time (2026-11-22T09:30:00Z).");
        }
    }

    private static Instant ago(String typed, String what, InstantSource clock) {
        try {
            return clock.instant().minus(Durations.parse(typed, what));
        } catch (DateTimeException | ArithmeticException e) {
            throw Failure.badInput("“" + typed + "” is too long ago for " + what + ".", "Leave " + what + " out.");
        }
    }
}
