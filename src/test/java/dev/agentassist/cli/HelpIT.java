package dev.agentassist.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Participants;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.TerminalPart;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The help of every command, and that what it gives as an example works as it stands. */
class HelpIT {

    @TempDir
    private Path home;

    /** Every command with the words that lead to it. */
    private static Stream<List<String>> commands(CommandLine line, List<String> words) {
        return Stream.concat(
                Stream.of(words),
                line.getSubcommands().entrySet().stream().flatMap(sub -> {
                    var longer = new ArrayList<>(words);
                    longer.add(sub.getKey());
                    return commands(sub.getValue(), longer);
                }));
    }

    private static CommandLine at(List<String> words) {
        CommandLine line = CommandTree.whole();
        for (String word : words) {
            line = line.getSubcommands().get(word);
        }
        return line;
    }

    @Test
    void everyCommandExplainsItself() {
        var assist = new Program(home);
        assertAll(commands(CommandTree.whole(), List.of()).map(words -> (Executable) () -> {
            var command = (Command) at(words).getCommandSpec().userObject();
            var line = new ArrayList<>(words);
            line.add("--help");
            Program.Result help = assist.run(line.toArray(String[]::new));
            assertEquals(0, help.exit(), help::toString);
            assertEquals("", help.err());
            String text = help.out().replaceAll("\\s+", " ");
            assertTrue(text.contains("Usage: assist" + (words.isEmpty() ? "" : " " + String.join(" ", words))), help::toString);
            assertTrue(help.out().lines().allMatch(l -> l.length() <= 80 || isExample(command, l)), help::toString);
            for (Command.Example example : command.examples()) {
                assertTrue(text.contains(example.line().replaceAll("\\s+", " ")), () -> example.line() + " is missing in " + help);
            }
            if (command.subcommands().isEmpty()) {
                for (ExitCode.Row row : ExitCode.TABLE) {
                    assertTrue(text.contains(row.code() + " " + row.meaning()), () -> row + " is missing in " + help);
                }
            }
        }));
    }

    /** A line to copy is not broken. */
    private static boolean isExample(Command command, String line) {
        return command.examples().stream().anyMatch(e -> line.strip().equals(e.line()));
    }

    @Test
    void theVersionIsTheSameEverywhere() {
        var assist = new Program(home);
        String version = assist.run("--version").out();
        assertTrue(version.matches("assist \\d+\\.\\d+\\.\\d+\\S*\n"), version);
        assertEquals(version, assist.run("token", "-V").out());
        assertEquals(version, assist.run("conversations", "list", "--version").out());
    }

    @Test
    void helpForACommandIsItsHelp() {
        var assist = new Program(home);
        assertEquals(assist.run("conversations", "list", "--help").out(), assist.run("help", "conversations", "list").out());
    }

    @Test
    void everyExampleRuns() throws Exception {
        LiveKitServerPart server = LiveKitServerPart.start();
        try (server;
                var people = Participants.of(server)) {
            people.join("call-42", Join.agent("agent"));
            people.join("call-42", Join.caller("+14155550132"));
            Program assist = new Program(home).with(server).with("XDG_CONFIG_HOME", null);
            prepare(assist);
            assertAll(commands(CommandTree.whole(), List.of())
                    .flatMap(words -> ((Command) at(words).getCommandSpec().userObject()).examples().stream())
                    .map(example -> (Executable) () -> runs(assist, example.line())));
        }
    }

    /** What the examples take for granted: files, a profile, stored calls. */
    private void prepare(Program assist) throws IOException {
        Files.writeString(home.resolve("secret.txt"), "a-secret-of-an-example-that-is-long-enough\n");
        Files.writeString(home.resolve("token.txt"), assist.run("token", "room:call-42", "--format", "token").out());
        Files.writeString(home.resolve("calls.jsonl"), assist.run("conversations", "export", "--demo").out());
        Files.writeString(
                home.resolve("transcript.vtt"),
                assist.run("conversations", "export", "--demo", "conv_7Qm2wash", "--format", "vtt").out());
        Files.createDirectories(home.resolve(".config/fish/completions"));
        assertEquals(0, assist.run("config", "set", "region", "US", "--profile", "staging").exit());
        assertEquals(0, assist.run("conversations", "import", "calls.jsonl").exit());
    }

    private static void runs(Program assist, String line) {
        if (line.contains("assist snoop")) {
            watched(assist, line);
            return;
        }
        // Following a call ends with the call, or as here with Ctrl-C.
        boolean follows = line.contains("assist tail") || line.contains("assist listen ");
        Program.Result run = assist.shell(
                follows ? "exec timeout --preserve-status -s INT -k 60 15 bash -c '" + line.replace("'", "'\\''") + "'" : line);
        assertEquals(follows ? 130 : 0, run.exit(), () -> line + ": " + run);
        assertFalse(run.err().contains("Exception"), () -> line + ": " + run);
    }

    /** What fills a screen needs one. */
    private static void watched(Program assist, String line) {
        try (var terminal = TerminalPart.shell(80, 24, assist, line)) {
            terminal.await("● LIVE");
            terminal.type("q");
            assertEquals(0, terminal.awaitExit(), () -> line + ": " + terminal.history());
        }
    }
}
