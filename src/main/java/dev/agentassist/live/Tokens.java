package dev.agentassist.live;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.time.Instant;
import java.util.Base64;

/** The token to join with: the newest that the server handed out, while it can be used, else one from the source. */
final class Tokens {

    private static final JsonFactory JSON = new JsonFactory();

    private final TokenSource source;
    private volatile String newest;

    Tokens(String first, TokenSource source) {
        this.newest = first;
        this.source = source;
    }

    void renewed(String token) {
        if (!token.isEmpty()) {
            newest = token;
        }
    }

    /** For the same session: the newest, whatever its age. */
    String newest() {
        return newest;
    }

    /** For joining anew. May block. */
    String forJoining() throws Exception {
        if (source != null) {
            newest = source.token();
        }
        return newest;
    }

    /** Until when a token can be used to join; null where it does not say. */
    static Instant expiry(String token) {
        String[] parts = token.split("\\.");
        if (parts.length != 3) {
            return null;
        }
        try (JsonParser json = JSON.createParser(Base64.getUrlDecoder().decode(parts[1]))) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean wanted = json.currentName().equals("exp");
                JsonToken value = json.nextToken();
                if (wanted && value.isNumeric()) {
                    return Instant.ofEpochSecond(json.getLongValue());
                }
                json.skipChildren();
            }
            return null;
        } catch (IOException | IllegalArgumentException | java.time.DateTimeException e) {
            return null;
        }
    }
}
