package dev.agentassist.conversation;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** Who called whom. */
public enum Direction {
    INBOUND,
    OUTBOUND;

    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Direction> ofWire(String text) {
        return Arrays.stream(values()).filter(d -> d.wire().equals(text)).findFirst();
    }
}
