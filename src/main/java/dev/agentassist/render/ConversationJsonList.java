package dev.agentassist.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.json.Json;
import java.util.function.Consumer;

/** Conversations as JSON: one array with an object a line, or JSON Lines; one alone also with an element a line. */
public final class ConversationJsonList implements ConversationRows {

    private final Consumer<String> out;
    private final boolean array;
    private boolean any;

    private ConversationJsonList(boolean array, Consumer<String> out) {
        this.array = array;
        this.out = out;
    }

    public static ConversationJsonList array(Consumer<String> out) {
        return new ConversationJsonList(true, out);
    }

    public static ConversationJsonList lines(Consumer<String> out) {
        return new ConversationJsonList(false, out);
    }

    /** One with all its fields, an element a line. */
    public static String pretty(Conversation conversation) {
        try {
            return Json.pretty().writeValueAsString(ConversationJson.write(conversation)) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("A tree can always be written.", e);
        }
    }

    /** One with all its fields, on one line. */
    public static String line(Conversation conversation) {
        return ConversationJson.write(conversation) + "\n";
    }

    @Override
    public void row(ConversationInfo conversation) {
        String json = ConversationJson.writeInfo(conversation).toString();
        out.accept(array ? (any ? ",\n  " : "[\n  ") + json : json + "\n");
        any = true;
    }

    @Override
    public void end() {
        if (array) {
            out.accept(any ? "\n]\n" : "[]\n");
        }
    }
}
