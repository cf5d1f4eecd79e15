package dev.agentassist.conversation;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;

/** Times as records have them. */
public final class Timestamps {

    private Timestamps() {}

    /**
     * RFC 3339, with a space for the T and without a zone (then UTC) too.
     *
     * @throws DateTimeException when it is none
     */
    public static Instant parse(String text) {
        String iso = text.strip().replace(' ', 'T');
        try {
            return OffsetDateTime.parse(iso).toInstant();
        } catch (DateTimeException e) {
            return LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        }
    }
}
