package dev.agentassist.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.agentassist.digest.Sha256;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/**
 * The claims of a listener's token, as LiveKit's {@code auth.ClaimGrants} reads them.
 *
 * <p>Signed here rather than by the SDK, which takes several times as long to load as everything else that minting a
 * token does; a test holds the two equal, claim by claim.
 *
 * @param identity unique in the room: a second join with it throws the first out
 * @param metadata a JSON text that says who listens and why; LiveKit shows it to the deployment's owner
 */
public record ListenerClaims(String apiKey, String identity, String room, String metadata, Instant expiresAt) {

    /** The compact JWT, signed with HMAC-SHA256. */
    public String sign(String apiSecret) {
        Base64.Encoder base64 = Base64.getUrlEncoder().withoutPadding();
        String head = base64.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes(StandardCharsets.UTF_8));
        String signed = head + "." + base64.encodeToString(json());
        return signed + "." + base64.encodeToString(hmac(apiSecret, signed));
    }

    static byte[] hmac(String secret, String text) {
        return Sha256.hmac(secret.getBytes(StandardCharsets.UTF_8), text.getBytes(StandardCharsets.UTF_8));
    }

    /** Whom a token makes its bearer in the room, not verified; null where it does not say. */
    public static String identity(String token) {
        String[] parts = token.split("\\.");
        if (parts.length != 3) {
            return null;
        }
        try (JsonParser json = new JsonFactory().createParser(Base64.getUrlDecoder().decode(parts[1]))) {
            if (json.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            while (json.nextToken() == JsonToken.FIELD_NAME) {
                boolean subject = json.currentName().equals("sub");
                if (json.nextToken() == JsonToken.VALUE_STRING && subject) {
                    return json.getText();
                }
                json.skipChildren();
            }
        } catch (IOException | IllegalArgumentException e) {
            return null;
        }
        return null;
    }

    private byte[] json() {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("iss", apiKey);
            json.writeStringField("sub", identity);
            json.writeNumberField("exp", expiresAt.getEpochSecond());
            json.writeStringField("metadata", metadata);
            json.writeObjectFieldStart("video");
            json.writeBooleanField("roomJoin", true);
            json.writeStringField("room", room);
            // LiveKit takes an unset can… for true: each false stands there.
            json.writeBooleanField("canSubscribe", true);
            json.writeBooleanField("canPublish", false);
            json.writeBooleanField("canPublishData", false);
            json.writeBooleanField("hidden", true);
            json.writeEndObject();
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** Without the metadata, which holds what the listener wrote. */
    @Override
    public String toString() {
        return "ListenerClaims[" + identity + " in " + room + " until " + expiresAt + "]";
    }
}
