package dev.agentassist.transfer;

import dev.agentassist.transfer.TransferMachine.Limit;
import java.time.Duration;

/**
 * How long each state may last.
 *
 * @param ring how long the human's telephone may ring
 * @param accept how long the human, once briefed, may think
 */
public record Limits(Duration ring, Duration accept) {

    /** What the LiveKit server has to do takes some hundred milliseconds. */
    public static final Duration ROOM = Duration.ofSeconds(10);

    /** For bringing the caller back, with as many attempts as fit in. */
    public static final Duration RESTORE = Duration.ofSeconds(20);

    /** Making a leg takes a moment before it rings. */
    private static final Duration LEG = Duration.ofSeconds(5);

    Duration of(Limit limit) {
        return switch (limit) {
            case ROOM -> ROOM;
            case RING -> ring.plus(LEG);
            case ACCEPT -> accept;
            case RESTORE -> RESTORE;
        };
    }

    /** Longer than any transfer with these limits can hold a caller: after it anybody may bring them back. */
    public Duration longestHold() {
        return ROOM.multipliedBy(3).plus(of(Limit.RING).multipliedBy(2)).plus(accept).plus(RESTORE);
    }
}
