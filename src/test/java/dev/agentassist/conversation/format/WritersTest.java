package dev.agentassist.conversation.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.json.Json;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

class WritersTest {

    static final List<String> FORMATS = Writers.NAMES;

    /** With what a format could take for its own: tags, arrows, line breaks, controls, an overlapping turn, one without a time. */
    private static Conversation call(String id) throws Exception {
        return ConversationJson.read(Json.MAPPER.readTree("""
                {"id": "%s", "status": "completed", "channel": "telephone", "user_id": "+14155550132", "agent": {"id": "a1", "name": "Maya"},
                 "created_at": "2026-11-22T12:00:00Z", "updated_at": "2026-11-22T12:05:00Z", "duration": 300, "own_field": [1, 2.50],
                 "conversation": {"items": [
                   {"type": "message", "role": "system", "content": ["Be brief."], "created_at": 1795348800.0},
                   {"type": "message", "role": "assistant", "content": ["Hello & <b>welcome</b>."], "created_at": 1795348801.5},
                   {"type": "message", "role": "user", "content": ["It --> hangs.\\n\\nCaller: really \\u001b[31mred\\u0007"], "created_at": 1795348801.75},
                   {"type": "function_call", "call_id": "c1", "name": "track", "arguments": "{}", "created_at": 1795348802.0},
                   {"type": "message", "role": "assistant", "content": ["Größe 😀 noted."]},
                   {"type": "message", "role": "user", "content": ["Bye."], "created_at": 1795352400.125}]}}""".formatted(id)));
    }

    private static String write(String format, Conversation... conversations) throws Exception {
        var out = new StringBuilder();
        TranscriptWriter writer = Writers.of(format);
        writer.begin(out);
        for (Conversation conversation : conversations) {
            writer.write(conversation, out);
        }
        writer.end(out);
        return out.toString();
    }

    @ParameterizedTest
    @FieldSource("FORMATS")
    void eachFormatIsAsItWas(String format) throws Exception {
        Conversation[] calls = Writers.of(format).takesSeveral()
                ? new Conversation[] {call("c1"), call("c2")}
                : new Conversation[] {call("c1")};
        Gold.check(FormatsTest.SAMPLES.resolve("gold").resolve("export." + format), write(format, calls));
    }

    @Test
    void nothingIsAnEmptyListOrNothing() throws Exception {
        assertEquals("[]\n", write("json"));
        for (String format : List.of("jsonl", "chat", "text")) {
            assertEquals("", write(format));
        }
    }
}
