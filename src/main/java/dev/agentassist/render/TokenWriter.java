package dev.agentassist.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import dev.agentassist.token.ListenerToken;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** A listener token in the formats of {@code assist token}; each ends with a line feed. */
public final class TokenWriter {

    private TokenWriter() {}

    /** The contract's four fields. */
    public static String json(ListenerToken token) {
        var text = new StringWriter();
        var printer = new DefaultPrettyPrinter();
        printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            json.setPrettyPrinter(printer);
            json.writeStartObject();
            json.writeStringField("url", token.url());
            json.writeStringField("token", token.token());
            json.writeStringField("room_name", token.roomName());
            json.writeStringField("expires_at", token.expiresAt().toString());
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text + "\n";
    }

    /** For people. */
    public static String text(ListenerToken token) {
        return "Room:    " + token.roomName() + "\n"
                + "Server:  " + token.url() + "\n"
                + "Join by: " + token.expiresAt() + " (who has joined by then stays)\n"
                + "Token:   " + token.token() + "\n";
    }

    /** The bare token. */
    public static String token(ListenerToken token) {
        return token.token() + "\n";
    }

    /** Shell assignments, quoted so that {@code eval} takes any room's name for text. */
    public static String env(ListenerToken token) {
        return "LIVEKIT_URL=" + quoted(token.url()) + "\n"
                + "LIVEKIT_TOKEN=" + quoted(token.token()) + "\n"
                + "LIVEKIT_ROOM=" + quoted(token.roomName()) + "\n";
    }

    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
