package dev.agentassist.tail;

import dev.agentassist.live.LiveEvent;
import java.time.Instant;

/**
 * An event of a call that is followed.
 *
 * @param at when it reached us
 * @param matched a settled text in which the pattern was found
 * @param stored what was said before, from the store
 */
public record TailEvent(CallLabel call, LiveEvent event, Instant at, boolean matched, boolean stored) {

    /** Whether a later event takes its place, so that it can be left out. */
    boolean replaceable() {
        return event instanceof LiveEvent.Transcript said && !said.segment().settled();
    }

    /** Whether it is something that was said and stays. */
    public boolean settled() {
        return event instanceof LiveEvent.Transcript said && said.segment().settled();
    }
}
