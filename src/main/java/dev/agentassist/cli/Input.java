package dev.agentassist.cli;

import dev.agentassist.conversation.format.FormatHints;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.terminal.Io;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import picocli.CommandLine.Model.OptionSpec;

/** Opens what a user named as input: a file, or {@code -} for stdin. */
final class Input {

    private Input() {}

    /** What to call it in a message. */
    static String name(String argument) {
        return argument.equals("-") ? "stdin" : argument;
    }

    /** Fails with a sentence when it cannot be read. */
    static InputStream open(Io io, String argument) {
        if (argument.equals("-")) {
            return io.in();
        }
        try {
            Path path = Path.of(argument);
            if (Files.isDirectory(path)) {
                throw Failure.badInput(argument + " is a directory, not a file.", "Name a file, or - for stdin.");
            }
            return Files.newInputStream(path);
        } catch (NoSuchFileException | InvalidPathException e) {
            throw Failure.badInput("There is no file " + argument + ".", "Check the path, or give - for stdin.");
        } catch (AccessDeniedException e) {
            throw Failure.notAllowed("No permission to read " + argument + ".", "Check the file's owner and mode.");
        } catch (FileSystemException e) {
            // What cannot even be looked up, as a name that is too long.
            throw Failure.badInput(
                    "The argument cannot be opened as a file" + (e.getReason() == null ? "." : " (" + e.getReason() + ")."),
                    "Check the path, or give - for stdin.");
        } catch (IOException e) {
            throw unreadable(argument, e);
        }
    }

    /** The whole of it as UTF-8, at most {@code limit} bytes. */
    static String text(Io io, String argument, int limit) {
        try (InputStream in = open(io, argument)) {
            byte[] bytes = in.readNBytes(limit + 1);
            if (bytes.length > limit) {
                throw Failure.badInput(
                        name(argument) + " is longer than " + limit + " bytes.", "Give only what is to be read.");
            }
            return new String(bytes, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw unreadable(argument, e);
        }
    }

    /** What a file with calls does not say itself; for formats without a date, when the file was last written, or now. */
    static FormatHints hints(Invocation in, String argument) {
        Instant at = in.io().clock().instant();
        try {
            if (!argument.equals("-") && Files.isRegularFile(Path.of(argument))) {
                at = Files.getLastModifiedTime(Path.of(argument)).toInstant();
            }
        } catch (IOException | InvalidPathException e) {
            // Opening it says so.
        }
        return new FormatHints(at.truncatedTo(ChronoUnit.SECONDS), in.value("--agent-label"));
    }

    /** The option that goes with a file of calls. */
    static OptionSpec agentLabel() {
        return Command.option("--agent-label", "NAME", "The agent's label in transcripts with names, as Maya");
    }

    /** @param e its message is the operating system's, where reading broke off in the middle */
    static Failure unreadable(String argument, IOException e) {
        String why = e.getMessage() == null ? "" : " (" + e.getMessage() + ")";
        return new Failure(
                new Problem.Unexpected(name(argument) + " cannot be read" + why + ".", "Look at what it is on, and run it again."), e);
    }
}
