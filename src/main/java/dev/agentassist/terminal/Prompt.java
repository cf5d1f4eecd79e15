package dev.agentassist.terminal;

import dev.agentassist.problem.Failure;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Asks for one line: at a terminal with a question, elsewhere it is simply read from standard input. */
public final class Prompt {

    private static final int LONGEST = 64 * 1024;

    private final Io io;

    public Prompt(Io io) {
        this.io = io;
    }

    /** A line that is not shown while it is typed. Never null; empty when nothing came. */
    public String secret(String question) {
        if (!io.inIsTerminal()) {
            return line();
        }
        Console console = System.console();
        if (console == null) {
            throw Failure.badInput(
                    "A secret can only be typed where standard output is a terminal too.",
                    "Run it without redirection, or pipe the secret in.");
        }
        ask(question);
        char[] typed = console.readPassword();
        return typed == null ? "" : new String(typed);
    }

    /** A line that is shown while it is typed. */
    public String visible(String question) {
        if (io.inIsTerminal()) {
            ask(question);
        }
        return line();
    }

    /** On stderr: stdout is for results. */
    private void ask(String question) {
        io.err().print(question + ": ");
        io.err().flush();
    }

    /** Byte by byte, so that nothing behind the line is taken from whoever reads on. */
    private String line() {
        var bytes = new ByteArrayOutputStream();
        try {
            int b;
            while ((b = io.in().read()) >= 0 && b != '\n') {
                bytes.write(b);
                if (bytes.size() > LONGEST) {
                    throw Failure.badInput("The line on standard input is longer than 64 KB.", "Pipe in the value alone.");
                }
            }
        } catch (IOException e) {
            throw Failure.badInput("Standard input cannot be read.", "Pipe in the value, or run it at a terminal.");
        }
        return bytes.toString(StandardCharsets.UTF_8).strip();
    }
}
