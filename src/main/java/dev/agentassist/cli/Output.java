package dev.agentassist.cli;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.PrintStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/**
 * Writes what a user asked to have in a file: beside it first and then renamed, so that the file is the old one or the new
 * one, whole; and readable by its owner alone, as it is mostly about calls.
 */
final class Output {

    private static final String OWNER = "rw-------";

    private Output() {}

    /** Writes to what it is given and returns how many records it wrote. */
    @FunctionalInterface
    interface Body {
        long write(Appendable out) throws IOException;
    }

    static void write(String argument, String text) {
        write(argument, whole(text));
    }

    /** Figures, which a collector reads that runs as somebody else (node_exporter's does): as the umask has it. */
    static void writeForOthers(String argument, String text) {
        write(argument, whole(text), "rw-rw-rw-");
    }

    /** Whether the file could be written by now, before there is something to lose. */
    static void check(String argument) {
        try {
            Path target = target(argument);
            if (!Files.isDirectory(target.getParent())) {
                throw new NoSuchFileException(argument);
            }
            // A regular file is replaced, which takes its folder; a device is written to.
            target = Files.exists(target) ? target.toRealPath() : target;
            if (!Files.isWritable(Files.exists(target) && !Files.isRegularFile(target) ? target : target.getParent())) {
                throw new AccessDeniedException(argument);
            }
        } catch (IOException | InvalidPathException e) {
            throw refused(argument, e);
        }
    }

    /** Returns what the body returned; when it fails, the file is as it was. */
    static long write(String argument, Body body) {
        return write(argument, body, OWNER);
    }

    private static long write(String argument, Body body, String mode) {
        Path beside = null;
        boolean done = false;
        try {
            Path target = target(argument);
            // A link stays a link: what it points to is replaced.
            target = Files.isSymbolicLink(target) && Files.exists(target) ? target.toRealPath() : target;
            if (Files.exists(target) && !Files.isRegularFile(target)) {
                return into(target, body);
            }
            beside = target.resolveSibling("." + target.getFileName() + "." + ProcessHandle.current().pid() + ".tmp");
            Files.deleteIfExists(beside);
            long written;
            try (var channel = Files.newByteChannel(beside, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), mode(target, mode));
                    var out = new BufferedWriter(Channels.newWriter(channel, StandardCharsets.UTF_8))) {
                written = body.write(out);
            }
            move(beside, target);
            done = true;
            return written;
        } catch (NoSuchFileException | InvalidPathException | AccessDeniedException e) {
            throw refused(argument, e);
        } catch (IOException e) {
            String why = e instanceof FileSystemException fs && fs.getReason() != null ? fs.getReason() : e.getMessage();
            throw new Failure(
                    Problem.badInput(argument + " cannot be written (" + why + "); it is as it was.", "Name a file on a disk with room."), e);
        } finally {
            if (!done) {
                remove(beside);
            }
        }
    }

    /** For what is written as it comes: a file that is emptied first, readable by its owner alone when it is new. */
    static PrintStream stream(String argument) {
        try {
            Path target = target(argument);
            var channel = Files.newByteChannel(
                    target,
                    Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING),
                    mode(target, OWNER));
            return new PrintStream(Channels.newOutputStream(channel), false, StandardCharsets.UTF_8);
        } catch (IOException | InvalidPathException e) {
            throw refused(argument, e);
        }
    }

    private static Body whole(String text) {
        return out -> {
            out.append(text);
            return 1;
        };
    }

    private static Path target(String argument) {
        Path target = Path.of(argument).toAbsolutePath();
        if (Files.isDirectory(target)) {
            throw Failure.badInput(argument + " is a directory, not a file.", "Name a file in it.");
        }
        return target;
    }

    private static Failure refused(String argument, Exception e) {
        return switch (e) {
            case NoSuchFileException missing -> Failure.badInput("The folder of " + argument + " does not exist.", "Make it, or name another file.");
            case InvalidPathException invalid -> Failure.badInput("“" + argument + "” is no path.", "Name a file.");
            case AccessDeniedException denied -> Failure.notAllowed("No permission to write " + argument + ".", "Check the folder's owner and mode.");
            default -> new Failure(Problem.badInput(argument + " cannot be written.", "Name another file."), e);
        };
    }

    /** A device or a named pipe is written to: nothing takes its place. */
    private static long into(Path target, Body body) throws IOException {
        try (var out = new BufferedWriter(new OutputStreamWriter(
                Files.newOutputStream(target, StandardOpenOption.WRITE), StandardCharsets.UTF_8))) {
            return body.write(out);
        }
    }

    private static FileAttribute<?>[] mode(Path target, String mode) throws IOException {
        boolean posix = Files.getFileStore(target.getParent()).supportsFileAttributeView("posix");
        return posix
                ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(mode))}
                : new FileAttribute<?>[0];
    }

    private static void move(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to, StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private static void remove(Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            // What is told is why it could not be written.
        }
    }
}
