package dev.agentassist.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/**
 * A real terminal (tmux) of a given size, with the packaged program in it. The screen stays after the program has ended.
 * Every terminal is a server of its own, so that none sees another's environment.
 */
public final class TerminalPart implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final Path tmux = Parts.debian("tmux", "tmux");
    private final Path folder = Scratch.folder("terminal-" + COUNT.incrementAndGet());
    // A socket's path may have 107 characters, and the build's folder can be deep.
    private final Path socket = Path.of(
            System.getProperty("java.io.tmpdir"), "assist-tmux-" + ProcessHandle.current().pid() + "-" + COUNT.get());

    private final Path status;

    private TerminalPart(int columns, int rows, Path script, Path status) {
        this.status = status;
        tmux("-f", "/dev/null", "new-session", "-d", "-x", Integer.toString(columns), "-y", Integer.toString(rows), "sleep 600");
        tmux("set-option", "-g", "remain-on-exit", "on");
        // Its words would scroll the screen by a line.
        tmux("set-option", "-g", "remain-on-exit-format", "");
        tmux("set-option", "-g", "status", "off");
        tmux("set-option", "-g", "default-terminal", "tmux-256color");
        tmux("set-option", "-g", "history-limit", "100000");
        tmux("respawn-pane", "-k", script.toString());
    }

    /** Starts the packaged program with the arguments in a terminal, in the environment of {@code program}. */
    public static TerminalPart start(int columns, int rows, Program program, String... arguments) {
        var line = new StringBuilder().append(quote(Program.installation().resolve("bin/assist").toString()));
        for (String argument : arguments) {
            line.append(' ').append(quote(argument));
        }
        return shell(columns, rows, program, line.toString());
    }

    /** Runs a shell line in a terminal, in the environment of {@code program}; {@code assist} is on its PATH. */
    public static TerminalPart shell(int columns, int rows, Program program, String line) {
        Path place = Scratch.folder("script-" + COUNT.get() + "-" + System.nanoTime());
        Path script = place.resolve("run");
        Path status = place.resolve("status");
        var text = new StringBuilder("#!/bin/bash\n");
        // What tmux inherited goes; TERM is tmux's own word.
        text.append("for v in $(compgen -e); do case $v in TERM|TMUX|TMUX_PANE) ;; *) unset \"$v\" ;; esac; done\n");
        for (Map.Entry<String, String> variable : program.environment().entrySet()) {
            text.append("export ").append(variable.getKey()).append('=').append(quote(variable.getValue())).append('\n');
        }
        text.append("export PATH=").append(quote(Program.installation().resolve("bin").toString())).append(":$PATH\n");
        text.append("cd ").append(quote(program.home().toString())).append('\n');
        // tmux may miss the end of what it runs: the script outlives it, whatever key is pressed, and says how it ended.
        text.append("trap : INT TERM HUP\n").append(line).append("\ns=$?\necho $s > ").append(quote(status.toString())).append("\nexit $s\n");
        try {
            Files.writeString(script, text);
            Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwx------"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new TerminalPart(columns, rows, script, status);
    }

    private static String quote(String word) {
        return "'" + word.replace("'", "'\\''") + "'";
    }

    private String tmux(String... words) {
        var command = new String[words.length + 3];
        command[0] = tmux.toString();
        command[1] = "-S";
        command[2] = socket.toString();
        System.arraycopy(words, 0, command, 3, words.length);
        return Tool.of(command).with("TMUX", "").with("LANG", "C.UTF-8").with("SHELL", "/bin/sh").in(folder).run();
    }

    /** Types text as it stands. */
    public void type(String text) {
        tmux("send-keys", "-l", "--", text);
    }

    /** Presses keys by tmux's names: {@code Enter}, {@code C-c}, {@code Escape}, {@code Up}, {@code F1}… */
    public void press(String... keys) {
        var words = new String[keys.length + 1];
        words[0] = "send-keys";
        System.arraycopy(keys, 0, words, 1, keys.length);
        tmux(words);
    }

    /** Makes the window another size, as a user does with the mouse. */
    public void resize(int columns, int rows) {
        tmux("resize-window", "-x", Integer.toString(columns), "-y", Integer.toString(rows));
    }

    /** The rows of the screen, without trailing spaces. */
    public List<String> screen() {
        return tmux("capture-pane", "-p").lines().map(String::stripTrailing).toList();
    }

    /** The screen's text with the escape sequences of its colours. */
    public String colored() {
        return tmux("capture-pane", "-p", "-e");
    }

    /** Everything that scrolled by, too. */
    public String history() {
        return tmux("capture-pane", "-p", "-J", "-S", "-");
    }

    /** The window's title, which a program can set. */
    public String title() {
        return tmux("display-message", "-p", "#{pane_title}").stripTrailing();
    }

    public boolean cursorIsShown() {
        return tmux("display-message", "-p", "#{cursor_flag}").strip().equals("1");
    }

    /** Waits until the screen shows what the pattern says. */
    public void await(String regex) {
        var pattern = Pattern.compile(regex);
        Await.until(
                () -> "the screen shows “" + regex + "”; it shows\n" + String.join("\n", screen()),
                Await.PATIENCE,
                () -> pattern.matcher(String.join("\n", screen())).find());
    }

    public boolean ended() {
        if (!told().isEmpty()) {
            return true;
        }
        // It is dead some moments before its status is known.
        String exit = exit();
        return !exit.isEmpty() && !exit.equals("0");
    }

    /** The exit code that the script wrote down, or nothing yet. */
    private String told() {
        try {
            String text = Files.exists(status) ? Files.readString(status) : "";
            return text.endsWith("\n") ? text.strip() : "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String exit() {
        return tmux("display-message", "-p", "#{pane_dead_signal} #{pane_dead_status}").stripTrailing();
    }

    /** Waits for the program's end; its exit code, or 128 plus the number of the signal that ended it. */
    public int awaitExit() {
        Await.until(() -> "the program ends; the screen shows\n" + String.join("\n", screen()), Await.PATIENCE, this::ended);
        String told = told();
        if (!told.isEmpty()) {
            return Integer.parseInt(told);
        }
        String[] words = exit().split(" ");
        boolean signalled = words.length == 1;
        return signalled ? 128 + Integer.parseInt(words[0]) : Integer.parseInt(words[1]);
    }

    @Override
    public void close() {
        tmux("kill-server");
        try {
            Files.deleteIfExists(socket);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
