package dev.agentassist.livekit;

import java.time.Instant;

/**
 * A room as {@code RoomService/ListRooms} tells it.
 *
 * @param participantCount LiveKit's own count: it leaves out agents and counts hidden listeners
 * @param maxParticipants 0 for no limit
 */
public record Room(String name, String sid, int participantCount, int maxParticipants, Instant createdAt) {}
