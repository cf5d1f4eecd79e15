package dev.agentassist.snoop;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.live.LiveEngine;
import dev.agentassist.tail.TailCall;
import dev.agentassist.terminal.Ink;
import dev.agentassist.terminal.Io;
import dev.agentassist.terminal.Line;
import dev.agentassist.terminal.MessageStream;
import dev.agentassist.terminal.Screen;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.TerminalPart;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A view that fails while it is shown, in a real terminal: the terminal is given back, and what was said meanwhile with it. */
class BrokenViewIT {

    /** A view whose second look fails, as {@code args[0]} says. */
    static final class BrokenView {
        private BrokenView() {}

        public static void main(String[] args) throws InterruptedException {
            var messages = new MessageStream(new FileOutputStream(FileDescriptor.err));
            System.setErr(messages);
            var io = new Io(
                    new FileInputStream(FileDescriptor.in),
                    new PrintStream(new FileOutputStream(FileDescriptor.out), false, StandardCharsets.UTF_8),
                    messages,
                    true,
                    true,
                    true,
                    System.getenv(),
                    Path.of("."),
                    "test",
                    InstantSource.system());
            // Nobody listens there: it is connecting for as long as this takes.
            var call = new TailCall("ws://127.0.0.1:9", "token", null, "room", null, null);
            int[] looks = {0};
            SnoopLook look = (state, columns, rows, now) -> {
                if (looks[0]++ > 0) {
                    if (args[0].equals("thread")) {
                        // The view goes on; its message must not stand in it.
                        Thread.ofPlatform().start(() -> {
                            throw new IllegalStateException("a thread broke");
                        });
                    } else if (args[0].equals("error")) {
                        throw new StackOverflowError("the view broke");
                    } else {
                        throw new IllegalStateException("the view broke");
                    }
                }
                return List.of(Line.of(Ink.PLAIN, "the view is shown"));
            };
            try (var screen = Screen.open(io, false);
                    var snoop = new Snoop(
                            new Snoop.Parts(
                                    new LiveEngine(), Duration.ofSeconds(60), "test", io.clock(),
                                    () -> {
                                        throw new IllegalStateException("no store");
                                    },
                                    conversation -> List.of(), ""),
                            call, "room:room", args[0].equals("thread") ? Duration.ofSeconds(3) : null, screen, look)) {
                messages.println("assist: a warning meanwhile");
                snoop.run();
            }
        }
    }

    @TempDir
    Path home;

    @ParameterizedTest
    @ValueSource(strings = {"exception", "error", "thread"})
    void theTerminalIsGivenBack(String how) {
        String java = ProcessHandle.current().info().command().orElseThrow();
        String line = "echo before; '" + java + "' --enable-native-access=ALL-UNNAMED --sun-misc-unsafe-memory-access=allow"
                + " -XX:TieredStopAtLevel=1 -cp '" + System.getProperty("java.class.path") + "' '" + BrokenView.class.getName() + "' "
                + how + "; stty -a | tr ';' '\\n' | grep -E 'icanon|echo '; echo over; read -r _";
        try (var terminal = TerminalPart.shell(100, 40, new Program(home), line)) {
            terminal.await("(?m)^over$");
            String screen = String.join("\n", terminal.screen());
            assertTrue(screen.startsWith("before"), screen);
            assertFalse(screen.contains("the view is shown"), screen);
            assertTrue(screen.contains("assist: a warning meanwhile"), screen);
            assertTrue(screen.contains(how.equals("thread") ? "a thread broke" : "the view broke"), screen);
            assertTrue(screen.contains(" icanon") && screen.matches("(?s).*[^-]echo .*"), () -> "keys are echoed again:\n" + screen);
            assertTrue(terminal.cursorIsShown());
            terminal.press("Enter");
        }
    }
}
