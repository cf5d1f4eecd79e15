package dev.agentassist.conversation.format;

import dev.agentassist.conversation.Conversation;
import java.io.IOException;

/** Writes conversations in one format, as they come. Nothing is redacted: what was said is written as it was said. */
public interface TranscriptWriter {

    /** Whether a file of this format can hold several calls. */
    default boolean takesSeveral() {
        return true;
    }

    default void begin(Appendable out) throws IOException {}

    void write(Conversation conversation, Appendable out) throws IOException;

    default void end(Appendable out) throws IOException {}
}
