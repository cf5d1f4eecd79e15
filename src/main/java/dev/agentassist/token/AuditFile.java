package dev.agentassist.token;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** A file of the user's alone that is only ever appended to, a line at a time, by any number of processes. */
public final class AuditFile {

    private final Path path;

    public AuditFile(Path path) {
        this.path = path;
    }

    /**
     * Appends one line, whole: a single write to a file opened for appending.
     *
     * @param line with its line feed
     * @param what the file is, as a sentence begins
     * @param consequence what does not happen without the line, as a sentence begins
     */
    public void append(byte[] line, String what, String consequence) {
        try {
            create();
            try (FileChannel file = FileChannel.open(path, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
                write(file, ByteBuffer.wrap(line));
            }
        } catch (AccessDeniedException e) {
            throw new Failure(
                    Problem.notAllowed(what + " " + path + " cannot be written: no permission.", hint(consequence)), e);
        } catch (IOException e) {
            String why = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
            throw new Failure(
                    Problem.unavailable(what + " " + path + " cannot be written (" + why + ").", hint(consequence)), e);
        }
    }

    private static String hint(String consequence) {
        return consequence + ": mend it, or set XDG_STATE_HOME to a folder of yours.";
    }

    /** A full disk can take the first half of a line: it goes again, or the next line would begin in its midst. */
    private static void write(FileChannel file, ByteBuffer bytes) throws IOException {
        try {
            while (bytes.hasRemaining()) {
                file.write(bytes);
            }
        } catch (IOException e) {
            if (bytes.position() > 0) {
                file.truncate(file.size() - bytes.position());
            }
            throw e;
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
            // Another process began at the same moment.
        }
    }
}
