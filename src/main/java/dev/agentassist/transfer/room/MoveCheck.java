package dev.agentassist.transfer.room;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.json.Json;
import dev.agentassist.live.LivePublisher;
import dev.agentassist.livekit.RoomControl;
import dev.agentassist.livekit.TwirpError;
import dev.agentassist.problem.Failure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.DateTimeException;
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

    private final Path file;
    private final String server;
    private final InstantSource clock;

    /** @param server its address, by which it is remembered */
    public MoveCheck(Path file, String server, InstantSource clock) {
        this.file = file;
        this.server = server;
        this.clock = clock;
    }

    /** What is remembered. */
    public Optional<Boolean> known() {
        JsonNode entry = read().path(server);
        try {
            Instant at = Instant.parse(entry.path("at").asText());
            boolean fresh = at.isBefore(clock.instant()) && at.plus(REMEMBERED).isAfter(clock.instant());
            return fresh && entry.path("can_move").isBoolean() ? Optional.of(entry.get("can_move").booleanValue()) : Optional.empty();
        } catch (DateTimeException e) {
            return Optional.empty();
        }
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
        try {
            ObjectNode all = read();
            all.putObject(server).put("can_move", can).put("at", clock.instant().toString());
            Files.createDirectories(file.getParent());
            Path fresh = Files.createTempFile(file.getParent(), "servers", ".json");
            Files.writeString(fresh, all + "\n");
            Files.move(fresh, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            // The next transfer tries again.
        }
    }

    private ObjectNode read() {
        try {
            if (Files.exists(file) && Json.MAPPER.readTree(Files.readString(file)) instanceof ObjectNode all) {
                return all;
            }
        } catch (IOException e) {
            // As if there were none.
        }
        return Json.MAPPER.createObjectNode();
    }
}
