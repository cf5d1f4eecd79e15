package dev.agentassist.conversation.format;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.conversation.Conversation;

/** A JSON format with one object a call. */
interface JsonShape {

    /** For people: {@code Vapi call}. */
    String name();

    /** Whether an object is of this shape, by the fields that only it has. */
    boolean matches(JsonNode node);

    /** Reads it; fails with {@code BadInput} whose sentence names the field. */
    Conversation read(JsonNode node, FormatHints hints);
}
