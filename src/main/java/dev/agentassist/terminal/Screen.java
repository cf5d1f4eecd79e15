package dev.agentassist.terminal;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.List;
import org.jline.terminal.Attributes;
import org.jline.terminal.Attributes.LocalFlag;
import org.jline.terminal.Size;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.Curses;
import org.jline.utils.InfoCmp.Capability;

/**
 * The whole terminal, as a page to draw on, with its keys. What was on it before is back after {@link #close}, which may be
 * called from any thread, also while the process ends. Messages to the same terminal wait for that. Needs no native library
 * but the system's own.
 */
public final class Screen implements AutoCloseable {

    private static final long SIZE_NANOS = 100_000_000;

    private final org.jline.terminal.Terminal terminal;
    /** Not the terminal's own writer: JLine closes that by itself, and maybe first, when the process is told to end. */
    private final PrintStream out;
    /** Waits while the screen is shown; null where it cannot. */
    private final MessageStream messages;
    private final Attributes before;
    private final KeyDecoder keys;
    private final Inks inks;
    private Size size;
    private long sizeAskedAgain;
    /** What stands in each row, as it was sent. */
    private String[] shown = new String[0];
    private boolean closed;

    private Screen(org.jline.terminal.Terminal terminal, Io io, boolean colored) {
        this.terminal = terminal;
        this.out = io.out();
        this.messages = io.err() instanceof MessageStream stream && io.errIsTerminal() ? stream : null;
        Integer colors = terminal.getNumericCapability(Capability.max_colors);
        inks = new Inks(!colored || colors == null ? 0 : colors);
        keys = new KeyDecoder(millis -> terminal.reader().read(millis));
        before = terminal.enterRawMode();
        var raw = terminal.getAttributes();
        // Ctrl-C and Ctrl-Z arrive as keys: the first leaves in order, the second would leave an unusable screen behind.
        raw.setLocalFlags(EnumSet.of(LocalFlag.ISIG), false);
        terminal.setAttributes(raw);
        if (messages != null) {
            messages.hold();
        }
        out.print(sequence(Capability.enter_ca_mode)
                + sequence(Capability.keypad_xmit)
                + sequence(Capability.cursor_invisible));
        out.flush();
    }

    /** What has the terminal do that; empty where it cannot. */
    private String sequence(Capability capability, Object... parameters) {
        String sequence = terminal.getStringCapability(capability);
        return sequence == null ? "" : Curses.tputs(sequence, parameters);
    }

    /** Takes the terminal. Fails where there is none that can be drawn on. */
    public static Screen open(Io io, boolean colored) {
        check(io);
        try {
            // By the JDK's own means, else by the stty program; no library is unpacked.
            org.jline.terminal.Terminal terminal = TerminalBuilder.builder()
                    .system(true)
                    .dumb(false)
                    .providers("ffm,exec")
                    .encoding(StandardCharsets.UTF_8)
                    .nativeSignals(false)
                    .build();
            return new Screen(terminal, io, colored);
        } catch (IOException | RuntimeException e) {
            throw new Failure(
                    Problem.badInput("This terminal cannot be used.", "Use assist tail; --verbose shows the cause."), e);
        }
    }

    /** Fails where there is no terminal that can be drawn on. */
    public static void check(Io io) {
        String term = io.environment().getOrDefault("TERM", "");
        if (!io.inIsTerminal() || !io.outIsTerminal()) {
            throw Failure.badInput(
                    "This is a view for a terminal, and " + (io.outIsTerminal() ? "standard input" : "standard output") + " is none.",
                    "Run it at a terminal, or use assist tail in a pipe.");
        }
        if (term.isEmpty() || term.equals("dumb")) {
            throw Failure.badInput(
                    "This terminal cannot be drawn on (TERM=" + term + ").", "Use assist tail there, or set TERM to what it is.");
        }
    }

    public synchronized int columns() {
        int columns = size().getColumns();
        return columns <= 0 ? 80 : columns;
    }

    public synchronized int rows() {
        int rows = size().getRows();
        return rows <= 0 ? 24 : rows;
    }

    /** Asked for now and then: no signal tells of a change. Where that takes a process (stty), less often. */
    private Size size() {
        long now = System.nanoTime();
        if (!closed && (size == null || now - sizeAskedAgain >= 0)) {
            Size asked = ask();
            long took = System.nanoTime() - now;
            sizeAskedAgain = now + Math.max(SIZE_NANOS, 100 * took);
            if (!asked.equals(size)) {
                shown = new String[0];
            }
            size = asked;
        }
        return size == null ? new Size() : size;
    }

    private Size ask() {
        try {
            return terminal.getSize();
        } catch (IllegalStateException e) {
            // It was closed at this moment.
            return size == null ? new Size() : size;
        }
    }

    /** Has the next {@link #draw} send everything. */
    public synchronized void redraw() {
        shown = new String[0];
    }

    /** Shows these lines, none of them wider than the screen; only what has changed is sent. */
    public synchronized void draw(List<Line> lines) {
        if (closed) {
            return;
        }
        int columns = columns();
        int rows = rows();
        var sent = new StringBuilder();
        if (shown.length == 0) {
            shown = new String[rows];
            sent.append(sequence(Capability.clear_screen));
        }
        for (int row = 0; row < Math.min(rows, shown.length); row++) {
            Line line = row < lines.size() ? lines.get(row) : Line.EMPTY;
            String painted = inks.paint(line);
            if (!painted.equals(shown[row])) {
                shown[row] = painted;
                sent.append(sequence(Capability.cursor_address, row, 0)).append(painted);
                // Behind a full line the cursor still stands in its last column, which would be erased.
                if (line.width() < columns) {
                    sent.append(sequence(Capability.clr_eol));
                }
            }
        }
        if (!sent.isEmpty()) {
            out.print(sent);
            out.flush();
        }
    }

    /** The next key; null after so many milliseconds, and {@link Key#GONE} where there is no terminal any more. */
    public Key key(long millis) {
        try {
            return keys.next(millis);
        } catch (IOException | IllegalStateException e) {
            return Key.GONE;
        }
    }

    /** Gives the terminal back as it was. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            out.print(sequence(Capability.cursor_normal)
                    + sequence(Capability.keypad_local)
                    + sequence(Capability.exit_ca_mode));
            out.flush();
        }
        try {
            terminal.setAttributes(before);
            terminal.close();
        } catch (IOException | IllegalStateException e) {
            // It is gone, or JLine was first and has set the same.
        }
        if (messages != null) {
            messages.release();
        }
    }
}
