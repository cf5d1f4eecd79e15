package dev.agentassist.render;

import dev.agentassist.conversation.ConversationInfo;

/** Writes a list of conversations as its rows come in. */
public interface ConversationRows {

    void row(ConversationInfo conversation);

    /** After the last row; also when there was none. */
    void end();
}
