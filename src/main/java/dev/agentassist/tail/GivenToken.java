package dev.agentassist.tail;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.agentassist.token.TokenInspector;
import dev.agentassist.token.TokenReport;
import java.io.IOException;
import java.time.Instant;

/**
 * A token that somebody else minted.
 *
 * @param token never logged
 * @param url the server that came with it, or null
 * @param report what it says about itself
 */
public record GivenToken(String token, String url, TokenReport report) {

    /** Takes the token alone, or the JSON that {@code assist token} prints. {@code source} names it in a failure. */
    public static GivenToken read(String text, String source, Instant now) {
        TokenReport report = new TokenInspector(null, null, now).inspect(text, source);
        return new GivenToken(TokenInspector.find(text, source), url(text), report);
    }

    private static String url(String text) {
        try (JsonParser json = new JsonFactory().createParser(text)) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = json.currentName().equals("url");
                JsonToken value = json.nextToken();
                if (wanted && value == JsonToken.VALUE_STRING) {
                    return json.getText();
                }
                json.skipChildren();
            }
            return null;
        } catch (IOException e) {
            return null;
        }
    }

    /** Without the token. */
    @Override
    public String toString() {
        return "GivenToken[" + report.room() + "]";
    }
}
