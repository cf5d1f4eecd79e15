package dev.agentassist.terminal;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;

/**
 * Everything of the process that the program touches, so that a test can hand in its own.
 *
 * @param out results only
 * @param err everything else
 * @param environment the environment variables
 * @param home the user's home folder
 * @param user the operating system's name for the user
 */
public record Io(
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean inIsTerminal,
        boolean outIsTerminal,
        boolean errIsTerminal,
        Map<String, String> environment,
        Path home,
        String user,
        InstantSource clock) {

    /** An environment variable, or null when it is unset or empty. */
    public String variable(String name) {
        String value = environment.get(name);
        return value == null || value.isEmpty() ? null : value;
    }
}
