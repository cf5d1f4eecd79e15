package dev.agentassist.live;

import dev.agentassist.live.segment.Segment;
import java.time.Instant;

/** What happens while listening, in the order in which it happened. */
public sealed interface LiveEvent {

    /** A new state. {@code ending} is null except for {@link LiveState#ENDED}. */
    record StateChanged(LiveState state, Ending ending) implements LiveEvent {}

    /**
     * Something that is being said, or was: an interim text is replaced by the next one with the same {@link Segment#id()};
     * a settled one comes once and stays. Within a speaker the settled ones come in the order in which they were said.
     */
    record Transcript(Segment segment) implements LiveEvent {}

    /** Somebody is in the room. Those who were there already are told of right after joining. */
    record Joined(LiveParticipant participant) implements LiveEvent {}

    /** Name, attributes, or state of somebody's tracks have changed. */
    record Changed(LiveParticipant before, LiveParticipant participant) implements LiveEvent {}

    /** Somebody is gone. */
    record Left(LiveParticipant participant) implements LiveEvent {}

    record TrackPublished(LiveTrack track) implements LiveEvent {}

    record TrackUnpublished(LiveTrack track) implements LiveEvent {}

    /** Sound of a track that is listened to; none while muted. */
    record Audio(AudioPacket packet) implements LiveEvent {}

    /**
     * The connection was lost and is back: what was said in between may be missing, unless it was resumed without loss.
     *
     * @param from when it was last known to be up
     * @param to when it was up again
     * @param complete the server sent afterwards what was missed
     */
    record Gap(Instant from, Instant to, boolean complete) implements LiveEvent {}

    /**
     * The listener's own code is too slow: events had to be dropped.
     *
     * @param interims interim texts, sound and other events that later ones replace
     * @param finals settled segments that are lost
     */
    record Shed(long interims, long finals) implements LiveEvent {}

    /** One sentence that a person should see: a token that could publish, for one. */
    record Notice(String sentence) implements LiveEvent {}
}
