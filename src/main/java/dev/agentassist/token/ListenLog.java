package dev.agentassist.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The listen audit log: JSON Lines, only ever appended to, one line for each listen that was asked for. A listen that
 * cannot be logged does not happen.
 */
public final class ListenLog {

    /**
     * One line.
     *
     * @param event {@code minted} or {@code refused}; {@code listening} for one who joined, {@code recording} where what was
     *     said is saved too; {@code brief_unredacted} for a brief with its secrets left in
     * @param conversationId or null; a caller's number is never logged
     * @param room or null
     * @param identity the listener's identity in the room, or null when refused
     * @param expiresAt until when the token can join, or null when refused
     * @param status why it was refused, as the contract's HTTP status (409: ended); null when minted
     */
    public record Entry(
            Instant at,
            String event,
            String who,
            String reason,
            String conversationId,
            String room,
            String identity,
            Instant expiresAt,
            Integer status) {}

    private final AuditFile file;

    public ListenLog(Path path) {
        this.file = new AuditFile(path);
    }

    /** Appends one line, whole. */
    public void append(Entry entry) {
        file.append(line(entry), "The listen audit log", "No token is minted without its line there");
    }

    private static byte[] line(Entry entry) {
        var bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("at", entry.at().toString());
            json.writeStringField("event", entry.event());
            json.writeStringField("who", entry.who());
            json.writeStringField("reason", entry.reason());
            json.writeStringField("conversation_id", entry.conversationId());
            json.writeStringField("room_name", entry.room());
            json.writeStringField("identity", entry.identity());
            json.writeStringField("expires_at", entry.expiresAt() == null ? null : entry.expiresAt().toString());
            if (entry.status() != null) {
                json.writeNumberField("status", entry.status());
            }
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        bytes.write('\n');
        return bytes.toByteArray();
    }
}
