package dev.agentassist.config;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.function.UnaryOperator;

/**
 * Changes the config file: read, edited, written beside and renamed, one change at a time, so that neither a crash nor a
 * second program loses anything. The file is 0600 from its first byte on; its folder, when made, 0700.
 */
final class ConfigWriter {

    private static final Duration LOCK_WAIT = Duration.ofSeconds(5);

    private ConfigWriter() {}

    /** Returns what was written. */
    static ConfigFile edit(Path path, UnaryOperator<ConfigFile> change) {
        try {
            makeFolder(path.getParent());
            // A dotfiles manager keeps the file elsewhere and puts a link here: the link stays.
            Path real = Files.isSymbolicLink(path) ? path.toRealPath() : path;
            try (FileChannel lockFile = FileChannel.open(
                            real.resolveSibling("." + real.getFileName() + ".lock"),
                            java.util.Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE),
                            mode(real, "rw-------"));
                    FileLock lock = lock(lockFile, path)) {
                ConfigFile edited = change.apply(ConfigFile.read(path));
                write(real, edited.text());
                return edited;
            }
        } catch (AccessDeniedException e) {
            throw new Failure(
                    Problem.notAllowed(
                            "The config file " + path + " may not be written.", "Check who owns it and its folder."),
                    e);
        } catch (IOException e) {
            String why = e instanceof FileSystemException f && f.getReason() != null ? f.getReason() : e.getMessage();
            throw new Failure(
                    Problem.unavailable(
                            "The config file " + path + " could not be written (" + why + "); it is as it was.",
                            "Mend that and try again."),
                    e);
        }
    }

    private static FileLock lock(FileChannel channel, Path path) throws IOException {
        long end = System.nanoTime() + LOCK_WAIT.toNanos();
        while (true) {
            FileLock lock = channel.tryLock();
            if (lock != null) {
                return lock;
            }
            if (System.nanoTime() > end) {
                throw Failure.unavailable(
                        "Another program is changing the config file " + path + ".", "Try again when it has ended.");
            }
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw Failure.unavailable("Changing the config file was interrupted.", null);
            }
        }
    }

    private static void makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        if (folder.getParent() != null) {
            Files.createDirectories(folder.getParent());
        }
        Files.createDirectories(folder, mode(folder, "rwx------"));
    }

    private static void write(Path real, String text) throws IOException {
        Path beside = Files.createTempFile(real.getParent(), "." + real.getFileName() + "-", ".new", mode(real, "rw-------"));
        try {
            try (FileChannel out = FileChannel.open(beside, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                out.force(true);
            }
            try {
                Files.move(beside, real, StandardCopyOption.ATOMIC_MOVE);
            } catch (AtomicMoveNotSupportedException e) {
                Files.move(beside, real, StandardCopyOption.REPLACE_EXISTING);
            }
        } finally {
            Files.deleteIfExists(beside);
        }
    }

    private static FileAttribute<?>[] mode(Path path, String permissions) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))}
                : new FileAttribute<?>[0];
    }
}
