package dev.agentassist.tail;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.live.TokenSource;

/**
 * A call to be followed.
 *
 * @param url the LiveKit server
 * @param token to join with; never logged
 * @param tokens for joining again, or null
 * @param room its name
 * @param conversationId or null
 * @param stored its record so far, or null where no store knows it or nobody asked
 */
public record TailCall(
        String url, String token, TokenSource tokens, String room, String conversationId, Conversation stored) {

    /** Without the token. */
    @Override
    public String toString() {
        return "TailCall[" + room + "]";
    }
}
