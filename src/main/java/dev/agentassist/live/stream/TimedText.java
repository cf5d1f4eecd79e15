package dev.agentassist.live.stream;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;

/**
 * LiveKit Agents' {@code json_format}: each piece of a transcription is a line of JSON, {@code {"text": …, "start_time":
 * …}} ({@code TimedString} of {@code livekit_agent_session.proto}).
 */
final class TimedText {

    private static final JsonFactory JSON = new JsonFactory();

    private TimedText() {}

    /** The text of all lines, where every whole line is such an object; else the payload as it is. */
    static String plain(String payload) {
        if (payload.isEmpty() || payload.charAt(0) != '{') {
            return payload;
        }
        var joined = new StringBuilder();
        int from = 0;
        while (from < payload.length()) {
            int to = payload.indexOf('\n', from);
            String line = payload.substring(from, to < 0 ? payload.length() : to);
            String text = line.isBlank() ? "" : text(line);
            if (text == null) {
                // The last line may not have arrived in full.
                return to < 0 && from > 0 ? joined.toString() : payload;
            }
            joined.append(text);
            from = to < 0 ? payload.length() : to + 1;
        }
        return joined.toString();
    }

    private static String text(String line) {
        try (JsonParser json = JSON.createParser(line)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            String text = null;
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = json.currentName().equals("text");
                JsonToken value = json.nextToken();
                if (wanted && value == JsonToken.VALUE_STRING) {
                    text = json.getText();
                } else {
                    json.skipChildren();
                }
            }
            return json.currentToken() == JsonToken.END_OBJECT && json.nextToken() == null ? text : null;
        } catch (IOException e) {
            return null;
        }
    }
}
