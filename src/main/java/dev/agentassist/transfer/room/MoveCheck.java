package dev.agentassist.transfer.room;

import dev.agentassist.capability.Capabilities;
import dev.agentassist.capability.Tried;
import dev.agentassist.capability.Tried.Feature;
import dev.agentassist.live.LivePublisher;
import dev.agentassist.livekit.RoomControl;
import dev.agentassist.livekit.TwirpError;
import dev.agentassist.problem.Failure;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Whether a server can move participants. Only a move tells, and only of somebody who is there: one participant of ours is
 * moved from one throw-away room to another. What came of it is remembered for 24 hours.
 */
public final class MoveCheck {

    private static final Duration REMEMBERED = Duration.ofHours(24);

    private final Capabilities tried;
    private final String server;
    private final InstantSource clock;

    /** @param server its address, by which it is remembered */
    public MoveCheck(Capabilities tried, String server, InstantSource clock) {
        this.tried = tried;
        this.server = server;
        this.clock = clock;
    }

    /** What is remembered. */
    public Optional<Boolean> known() {
        Instant now = clock.instant();
        return tried.last(server, Feature.MOVE_PARTICIPANT)
                .filter(t -> t.at().isBefore(now) && t.at().plus(REMEMBERED).isAfter(now))
                .map(Tried::works);
    }

    /** What is remembered, or else what a trial tells. */
    boolean canMove(RoomControl control, Studio studio, Names names) {
        return known().orElseGet(() -> {
            boolean can = trial(control, studio, names);
            remember(can);
            return can;
        });
    }

    private static boolean trial(RoomControl control, Studio studio, Names names) {
        String from = "assist-trial-" + names.id();
        String to = from + "-to";
        control.create(from);
        try {
            control.create(to);
            try (LivePublisher somebody = studio.join(from, names.prompt(), new LivePublisher.Listener() {})) {
                control.tryMove(from, names.prompt(), to);
                return true;
            }
        } catch (TwirpError e) {
            // 500 “not implemented” is what an open-source server says; whatever else it says, it did not move.
            return false;
        } finally {
            for (String room : new String[] {from, to}) {
                try {
                    control.delete(room);
                } catch (Failure e) {
                    // It is empty, and goes by itself within a minute.
                }
            }
        }
    }

    private void remember(boolean can) {
        tried.note(server, new Tried(
                Feature.MOVE_PARTICIPANT,
                can,
                can ? "The server can move participants between rooms." : "The server cannot move participants: a human is called into the caller’s room.",
                clock.instant()));
    }
}
