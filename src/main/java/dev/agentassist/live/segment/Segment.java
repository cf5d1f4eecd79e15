package dev.agentassist.live.segment;

import java.time.Instant;

/**
 * A stretch of transcribed speech: one sentence or turn of one speaker. All texts are untrusted.
 *
 * @param id unique within the listen; the same for every text of this segment
 * @param speaker identity of the person transcribed
 * @param name the speaker's display name, may be empty
 * @param role the speaker's side
 * @param text all of it so far, not what was added
 * @param settled final: comes once, and will not change
 * @param complete false where it was settled without its end: its publisher never finished it
 * @param startedAt when it was first heard of, by the publisher's clock where it tells, else by ours
 * @param at when this text arrived, by our clock
 * @param language as the publisher calls it (BCP 47), or null
 * @param track sid of the transcribed track, or null
 */
public record Segment(
        String id,
        String speaker,
        String name,
        Role role,
        String text,
        boolean settled,
        boolean complete,
        Instant startedAt,
        Instant at,
        String language,
        String track) {

    /** The display name, or the identity where there is none. */
    public String label() {
        return name == null || name.isBlank() ? speaker : name;
    }
}
