package dev.agentassist.token;

import dev.agentassist.problem.Failure;
import java.time.Duration;

/**
 * Who wants to listen, why, and for how long the token can be used to join.
 *
 * @param ttl from 1 second to {@link #LONGEST}
 * @param who the person, for the audit log and the token's metadata
 * @param reason free text, or null
 * @param force mint even for the last free place of a room
 */
public record ListenRequest(Duration ttl, String who, String reason, boolean force) {

    public static final Duration LONGEST = Duration.ofHours(1);
    private static final int LONGEST_TEXT = 500;

    public ListenRequest {
        if (ttl.compareTo(Duration.ofSeconds(1)) < 0 || ttl.compareTo(LONGEST) > 0) {
            throw Failure.badInput(
                    "A listener token lives from 1 second to 1 hour, not " + ttl.toSeconds() + " seconds.",
                    "Give --ttl between 1s and 1h; it gates joining only, a listener that joined stays.");
        }
        if (who == null || who.isBlank()) {
            throw Failure.badInput(
                    "The audit log needs the name of who listens, and it is empty.",
                    "Give one with --as; without --as it is the operating system's user.");
        }
        check("--as", who);
        check("--reason", reason);
    }

    private static void check(String option, String text) {
        if (text != null && text.length() > LONGEST_TEXT) {
            throw Failure.badInput(
                    "The text of " + option + " is longer than " + LONGEST_TEXT + " characters.", "Shorten it.");
        }
    }
}
