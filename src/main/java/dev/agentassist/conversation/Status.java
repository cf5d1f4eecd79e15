package dev.agentassist.conversation;

import dev.agentassist.problem.Failure;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Where a conversation is in its life. A terminal status never changes again. */
public enum Status {
    TOKEN_CREATED(true),
    TRIGGERED(true),
    RINGING(true),
    IN_PROGRESS(true),
    COMPLETED(false),
    FAILED(false),
    CANCELLED(false),
    TRANSFERRED(false),
    UNANSWERED(false);

    private final boolean active;

    Status(boolean active) {
        this.active = active;
    }

    public boolean active() {
        return active;
    }

    public boolean terminal() {
        return !active;
    }

    /** As it stands in JSON: {@code in_progress}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Status> ofWire(String text) {
        return Arrays.stream(values()).filter(s -> s.wire().equals(text)).findFirst();
    }

    /** Like {@link #ofWire}, for what a person typed: dashes and any case are fine. */
    public static Status parse(String text) {
        String wire = text.strip().toLowerCase(Locale.ROOT).replace('-', '_');
        return ofWire(wire)
                .orElseThrow(() -> Failure.badInput(
                        "“" + text + "” is not a status.",
                        "Use one of " + Arrays.stream(values()).map(Status::wire).collect(Collectors.joining(", "))
                                + "."));
    }
}
