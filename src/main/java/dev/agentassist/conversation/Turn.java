package dev.agentassist.conversation;

import java.time.Instant;

/**
 * Something that was said.
 *
 * @param number 1-based, over the spoken turns of the call
 * @param text as it was said; untrusted
 * @param timestamp when it was said, or null
 * @param interrupted the speaker was cut off
 */
public record Turn(int number, Speaker speaker, String text, Instant timestamp, boolean interrupted) {

    /** The two sides of a call. */
    public enum Speaker {
        CALLER,
        AGENT;

        /** As it stands in a brief: {@code caller}. */
        public String wire() {
            return this == CALLER ? "caller" : "agent";
        }
    }
}
