package dev.agentassist;

import dev.agentassist.cli.Assist;
import dev.agentassist.terminal.Io;
import dev.agentassist.terminal.MessageStream;
import dev.agentassist.terminal.ResultStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.nio.file.Path;
import java.time.InstantSource;

/** Builds the command line from the process, runs it, exits. */
public final class Main {

    private Main() {}

    public static void main(String[] args) {
        // The launcher tells which of 0, 1 and 2 are terminals; the JVM can only tell of all together.
        String terminals = System.getProperty("assist.terminals", "");
        var messages = new MessageStream(new FileOutputStream(FileDescriptor.err));
        // For what a library or a failing thread says, too.
        System.setErr(messages);
        var io = new Io(
                new FileInputStream(FileDescriptor.in),
                ResultStream.of(new FileOutputStream(FileDescriptor.out)),
                messages,
                terminals.contains("0"),
                terminals.contains("1"),
                terminals.contains("2"),
                System.getenv(),
                home(),
                System.getProperty("user.name"),
                InstantSource.system());
        int code = new Assist(io).run(args);
        // Everything is flushed and nothing needs a shutdown hook: an orderly exit would only take its 45 ms.
        Runtime.getRuntime().halt(code);
    }

    /** {@code HOME}, as every other program has it; the JVM asks the system's list of users instead. */
    private static Path home() {
        String home = System.getenv("HOME");
        return Path.of(home != null && home.startsWith("/") ? home : System.getProperty("user.home"));
    }
}
