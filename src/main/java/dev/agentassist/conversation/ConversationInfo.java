package dev.agentassist.conversation;

import java.time.Duration;
import java.time.Instant;

/**
 * A conversation without what was said in it: what a list shows and what a token needs.
 *
 * @param id the conversation's id; null for a call that only LiveKit knows of
 * @param organizationId or null
 * @param direction or null
 * @param channel or null
 * @param userId the caller's number in E.164 on telephony, else the platform's user id; or null
 * @param agentId or null
 * @param agentName or null
 * @param roomName the LiveKit room, or null
 * @param duration in seconds, or null while it is not known
 * @param userTurnCount how often the caller spoke, or null
 * @param createdAt when it began
 * @param updatedAt when its record last changed
 */
public record ConversationInfo(
        String id,
        String organizationId,
        Direction direction,
        Channel channel,
        Status status,
        String userId,
        String agentId,
        String agentName,
        String roomName,
        Integer duration,
        Integer userTurnCount,
        Instant createdAt,
        Instant updatedAt) {

    public boolean active() {
        return status.active();
    }

    public Duration age(Instant now) {
        return Duration.between(createdAt, now);
    }
}
