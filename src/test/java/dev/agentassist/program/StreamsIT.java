package dev.agentassist.program;

import static dev.agentassist.program.Check.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.Running;
import dev.agentassist.testkit.TerminalPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pipes, terminals, colours and signals. */
class StreamsIT {

    private static final char ESCAPE = '\u001b';

    @TempDir
    private Path home;

    private Program assist;

    @BeforeEach
    void program() {
        assist = new Program(home);
    }

    @Test
    void aPipeIsNotColouredAndATerminalIs() {
        assertEquals(-1, ok(assist.run("--help")).indexOf(ESCAPE));
        assertEquals(-1, assist.run("--nonsense").err().indexOf(ESCAPE));
        assertTrue(ok(assist.run("--help", "--color", "always")).indexOf(ESCAPE) >= 0);
        assertTrue(assist.run("token", "--color", "always", "--format", "text").err().indexOf(ESCAPE) >= 0);
        assertTrue(colours(assist));
        assertFalse(colours(assist, "--color", "never"));
        assertFalse(colours(assist.with("NO_COLOR", "1")));
        assertTrue(colours(assist.with("NO_COLOR", "")), "an empty NO_COLOR says nothing");
        assertTrue(colours(assist.with("NO_COLOR", "1"), "--color", "always"));
    }

    private static boolean colours(Program program, String... more) {
        var words = new java.util.ArrayList<>(List.of("--help"));
        words.addAll(List.of(more));
        try (var terminal = TerminalPart.start(100, 60, program, words.toArray(String[]::new))) {
            assertEquals(0, terminal.awaitExit());
            return terminal.colored().indexOf(ESCAPE) >= 0;
        }
    }

    @Test
    void aDumbTerminalGetsPlainText() {
        try (var terminal = TerminalPart.shell(100, 60, assist, "TERM=dumb assist --help")) {
            assertEquals(0, terminal.awaitExit());
            assertEquals(-1, terminal.colored().indexOf(ESCAPE));
        }
    }

    @Test
    void formatsDoNotDependOnTheTerminal() {
        String piped = ok(assist.run("conversations", "list", "--demo"));
        try (var terminal = TerminalPart.shell(80, 40, assist, "assist conversations list --demo | cat; assist conversations list --demo")) {
            assertEquals(0, terminal.awaitExit());
            String plain = String.join("\n", terminal.screen()).strip();
            assertEquals((piped + piped).strip(), plain);
        }
    }

    @Test
    void aClosedPipeEndsQuietly() {
        for (String command : List.of("conversations list --demo", "conversations export --demo", "brief --demo --quiet +14155550132", "--help", "completion zsh")) {
            Program.Result run = assist.shell("assist " + command + " | head -c 1 > /dev/null; echo ${PIPESTATUS[0]}");
            assertEquals("0\n", ok(run), command);
            assertEquals("", run.err(), command);
            Program.Result nobody = assist.shell("assist " + command + " | true; echo ${PIPESTATUS[0]}");
            assertEquals("0\n", ok(nobody), command);
            assertEquals("", nobody.err(), command);
        }
    }

    @Test
    void interruptedIs130AndTerminatedIs143() throws Exception {
        for (var signal : List.of("INT", "TERM")) {
            try (Running run = assist.start("conversations", "import", "-")) {
                for (int i = 0; i < 2000; i++) {
                    run.type("{\"id\":\"half-" + i + "\",\"status\":\"completed\",\"created_at\":\"2026-11-20T10:00:00Z\"}\n");
                }
                Path store = home.resolve("data/agent-assist/conversations.db");
                Await.until("the store is opened", () -> Files.exists(store));
                run.signal(signal);
                Program.Result result = run.await();
                assertEquals(signal.equals("INT") ? 130 : 143, result.exit(), result::toString);
                assertFalse(result.err().contains("Exception"), result::toString);
            }
            assertEquals("", ok(assist.run("conversations", "list", "--format", "jsonl")), "whole or not at all");
        }
    }

    @Test
    void aSecretIsTypedWithoutEchoAndCtrlCGivesTheTerminalBack() throws Exception {
        Path config = home.resolve("config/agent-assist/config");
        try (var terminal = TerminalPart.shell(
                100, 20, assist, "assist config set livekit.api_secret; echo code $?; stty -a | grep -ow -e '-\\?echo'; stty -a")) {
            terminal.await("not shown");
            terminal.type("half of a sec");
            terminal.press("C-c");
            terminal.await("code 130");
            terminal.awaitExit();
            String screen = String.join("\n", terminal.screen());
            assertFalse(screen.contains("half of a sec"), screen);
            assertTrue(screen.contains("\necho\n"), screen);
        }
        assertFalse(Files.exists(config));

        try (var terminal = TerminalPart.start(100, 20, assist, "config", "set", "livekit.api_secret")) {
            terminal.await("not shown");
            terminal.type("a secret that nobody sees");
            terminal.press("Enter");
            assertEquals(0, terminal.awaitExit());
            assertFalse(terminal.history().contains("nobody sees"), terminal::history);
        }
        assertTrue(Files.readString(config).contains("a secret that nobody sees"));
        assertFalse(ok(assist.run("config", "show")).contains("nobody sees"));
    }

    @Test
    void quietDropsNotesAndNothingElse() {
        Program.Result loud = assist.run("brief", "--demo", "+14155550132");
        Program.Result quiet = assist.run("brief", "--demo", "+14155550132", "--quiet");
        assertTrue(loud.err().contains("conv_7Qm2wash"), loud::toString);
        assertEquals("", quiet.err());
        assertEquals(ok(loud), ok(quiet));
        assertTrue(assist.run("brief", "--demo", "+14155550199", "--quiet").err().contains("+14155550199"));
    }

    @Test
    void theProgramCanBeLinkedToAndItsFolderMoved() throws IOException {
        Path link = Files.createSymbolicLink(home.resolve("a"), Program.installation().resolve("bin/assist"));
        assertTrue(ok(assist.shell(link + " --version")).startsWith("assist "));
        Files.delete(link);
        Path moved = home.resolve("a folder");
        ok(assist.shell("cp -r --reflink=auto " + Program.installation() + " '" + moved + "' && chmod -R a-w '" + moved
                + "' && '" + moved + "/bin/assist' brief --demo --quiet +14155550132 | head -1 && chmod -R u+w '" + moved + "'"));
    }

    @Test
    void whatOthersSetForTheirJavaIsNotForThisProgram() {
        Program.Result run = assist.with("JAVA_TOOL_OPTIONS", "-Xmx8m").with("JDK_JAVA_OPTIONS", "-Dx=y").with("CLASSPATH", "/none")
                .run("--version");
        assertEquals("", run.err());
        assertTrue(ok(run).startsWith("assist "));
    }
}
