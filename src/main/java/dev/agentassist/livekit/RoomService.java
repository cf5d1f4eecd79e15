package dev.agentassist.livekit;

import java.util.List;
import java.util.Optional;

/**
 * What this program asks of a LiveKit server's room service. Fails with {@code Unavailable} when the server cannot be
 * reached in time, {@code NotAllowed} when it refuses the keys.
 */
public interface RoomService {

    /** All rooms that exist now. */
    List<Room> rooms();

    /** A room by name. Asking does not make one. */
    Optional<Room> room(String name);

    /** Who is in a room, hidden participants included; empty when there is no such room. */
    List<Participant> participants(String room);

    /** Throws somebody out; false when they were not there. Their token stays good for some minutes. */
    boolean remove(String room, String identity);
}
