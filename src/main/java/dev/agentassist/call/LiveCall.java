package dev.agentassist.call;

import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.livekit.Participant;
import java.util.List;

/**
 * A call in progress that a target led to.
 *
 * @param conversation its record, or null when only LiveKit knows of it
 * @param room the name of its LiveKit room; null where only a hosted platform knows it
 * @param participants who is in it, hidden ones included; null when LiveKit was not asked
 * @param freePlaces how many more the room takes, or null when it has no limit or was not asked
 */
public record LiveCall(ConversationInfo conversation, String room, List<Participant> participants, Integer freePlaces) {

    /** The conversation's id, or null. */
    public String conversationId() {
        return conversation == null ? null : conversation.id();
    }
}
