package dev.agentassist.audit;

import dev.agentassist.conversation.Conversation;

/** Something to examine. */
public sealed interface Call {

    String id();

    /** A call of the store. */
    record Stored(Conversation conversation) implements Call {
        @Override
        public String id() {
            return conversation.id();
        }
    }

    /** A call that was asked for and cannot be had: why, as one sentence. */
    record Missing(String id, String why) implements Call {}
}
