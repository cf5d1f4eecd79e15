package dev.agentassist.live.segment;

import dev.agentassist.live.stream.Said;
import java.time.Instant;

/** A segment while it is followed. */
final class Utterance {

    final String id;
    final Instant begunAt;
    /** The way it was first heard of by: that one's interim texts are shown. */
    final Said.Way lead;
    /** Its key in each way, or null where it was not heard of by that way. */
    private final String[] keys = new String[Said.Way.values().length];
    String text = "";
    String language;
    String track;
    Instant touchedAt;
    boolean settled;
    boolean complete = true;
    boolean withdrawn;

    Utterance(String id, Said.Way lead, Instant now) {
        this.id = id;
        this.lead = lead;
        this.begunAt = now;
        this.touchedAt = now;
    }

    String key(Said.Way way) {
        return keys[way.ordinal()];
    }

    void key(Said.Way way, String key) {
        keys[way.ordinal()] = key;
    }

    boolean inBothWays() {
        return keys[0] != null && keys[1] != null;
    }
}
