package dev.agentassist.conversation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The way the conversation was held. */
public enum Channel {
    TELEPHONE,
    WEBRTC,
    EMAIL,
    TEXT;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Channel> ofWire(String text) {
        return Arrays.stream(values()).filter(c -> c.wire().equals(text)).findFirst();
    }
}
