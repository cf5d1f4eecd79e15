package dev.agentassist.live.segment;

import java.util.Locale;

/** Which side of a call somebody is on. */
public enum Role {
    /** The AI agent. */
    AGENT,
    /** Whoever talks with it. */
    CALLER,
    /** Neither: a recorder, a bridge. */
    OTHER;

    /** As it stands in JSON: {@code caller}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
