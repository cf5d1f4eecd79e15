package dev.agentassist.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Set;

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

    private final Path path;

    public ListenLog(Path path) {
        this.path = path;
    }

    /** Appends one line, whole: a single write to a file opened for appending. */
    public void append(Entry entry) {
        byte[] line = line(entry);
        try {
            create();
            try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                ByteBuffer bytes = ByteBuffer.wrap(line);
                while (bytes.hasRemaining()) {
                    file.write(bytes);
                }
            }
        } catch (IOException e) {
            String what = "The listen audit log " + path + " cannot be written"
                    + (e instanceof AccessDeniedException ? ": no permission." : ".");
            String hint = "No token is minted without its line there: mend it, or set XDG_STATE_HOME to a folder of yours.";
            throw new Failure(
                    e instanceof AccessDeniedException
                            ? Problem.notAllowed(what, hint)
                            : new Problem.Unexpected(what, hint),
                    e);
        }
    }

    private void create() throws IOException {
        if (Files.exists(path)) {
            return;
        }
        Files.createDirectories(path.getParent());
        boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
        try {
            if (posix) {
                FileChannel.open(
                                path,
                                Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
                                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
                        .close();
            } else {
                Files.createFile(path);
            }
        } catch (FileAlreadyExistsException e) {
            // Another listen began at the same moment.
        }
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
