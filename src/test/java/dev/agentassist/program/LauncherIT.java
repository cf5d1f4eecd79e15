package dev.agentassist.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.cli.Assist;
import dev.agentassist.testkit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The folder can lie anywhere and be started in any way; what goes wrong with its caches makes it slower, never wrong. */
class LauncherIT {

    private static final String[] BRIEF = {"brief", "--demo", "+14155550132", "--format", "json"};

    @TempDir
    Path scratch;

    private Program program;

    @BeforeEach
    void home() throws IOException {
        program = new Program(Files.createDirectory(scratch.resolve("home")));
    }

    /** A copy of the whole folder, file times and modes kept. */
    private Path copy(String name) throws IOException {
        Path to = scratch.resolve(name);
        Files.createDirectories(to.getParent());
        Process cp = new ProcessBuilder("cp", "-a", Program.installation().toString(), to.toString()).inheritIO().start();
        try {
            assertEquals(0, cp.waitFor());
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        return to;
    }

    private static String quoted(Path path) {
        return "'" + path + "'";
    }

    /** Briefs by another copy's launcher, and holds it to the same brief. */
    private void briefs(Path launcher) {
        Program.Result result = program.shell(quoted(launcher) + " brief --demo +14155550132 --format json");
        assertEquals(0, result.exit(), result.toString());
        assertTrue(result.out().contains("\"phone_number\": \"+14155550132\""), "a brief");
        assertTrue(result.err().startsWith("assist: The call conv_7Qm2wash"), result.err());
        assertEquals(1, result.err().lines().count(), result.err());
    }

    @Test
    void startsWhereverItIsMovedSpacesAndAll() throws IOException {
        Path moved = copy("my tools/agent assist ü");
        briefs(moved.resolve("bin/assist"));
    }

    @Test
    void startsThroughLinksFromThePathAndFromAnyFolder() throws IOException {
        Path bin = Files.createDirectories(scratch.resolve("some bin"));
        Files.createSymbolicLink(scratch.resolve("first"), Program.installation().resolve("bin/assist"));
        Files.createSymbolicLink(bin.resolve("assist"), Path.of("../first"));

        Program.Result result = program.in(bin).with("PATH", bin + ":" + System.getenv("PATH")).shell("cd / && " + quoted(bin.resolve("assist")) + " --version && cd " + quoted(bin) + " && ./assist brief --demo +14155550132");

        assertEquals(0, result.exit(), result.toString());
        assertTrue(result.out().startsWith("assist "), result.out());
    }

    @Test
    void startsFromAFolderThatCannotBeWritten() throws IOException {
        Path readOnly = copy("read-only");
        sh("chmod -R a-w " + quoted(readOnly));
        try {
            briefs(readOnly.resolve("bin/assist"));
        } finally {
            sh("chmod -R u+w " + quoted(readOnly));
        }
    }

    @Test
    void withoutACacheItIsSlowerNotWrong() throws IOException {
        Path bare = copy("bare");
        sh("rm " + quoted(bare.resolve("lib")) + "/*.aot");
        briefs(bare.resolve("bin/assist"));
    }

    @Test
    void aCacheThatIsDamagedOrOfAnotherBuildIsNotUsed() throws IOException {
        Path damaged = copy("damaged");
        for (Path cache : caches(damaged)) {
            byte[] bytes = Files.readAllBytes(cache);
            Files.write(cache, Arrays.copyOf(bytes, bytes.length / 3));
        }
        briefs(damaged.resolve("bin/assist"));

        // The build's name is of its content: a jar that changed has no cache, whatever lies there.
        Path other = copy("other");
        Files.writeString(other.resolve("lib/BUILD"), "0123456789abcdef 9.9.9\n");
        briefs(other.resolve("bin/assist"));
        assertEquals("assist 9.9.9\n", program.shell(quoted(other.resolve("bin/assist")) + " --version").out());
    }

    @Test
    void aJarThatIsNewerThanTheCacheRunsAsItIsNow() throws IOException {
        Path touched = copy("touched");
        Path jar = touched.resolve("lib/assist.jar");
        Files.copy(jar, scratch.resolve("assist.jar"), StandardCopyOption.REPLACE_EXISTING);
        Files.copy(scratch.resolve("assist.jar"), jar, StandardCopyOption.REPLACE_EXISTING);
        briefs(touched.resolve("bin/assist"));
    }

    @Test
    void twoFirstRunsAtOnceDoNotDisturbEachOther() throws Exception {
        Path fresh = copy("fresh");
        List<String> before = files(fresh);
        try (var threads = Executors.newFixedThreadPool(4)) {
            var runs = new ArrayList<Callable<Void>>();
            for (int i = 0; i < 4; i++) {
                runs.add(() -> {
                    briefs(fresh.resolve("bin/assist"));
                    return null;
                });
            }
            for (var run : threads.invokeAll(runs)) {
                run.get();
            }
        }
        assertEquals(before, files(fresh), "a run leaves nothing in the program's folder");
    }

    @Test
    void whatIsSetForOtherJavaProgramsIsNotForThisOne() {
        Program.Result result = program.with("JAVA_TOOL_OPTIONS", "-Xmx1k -Dx=y")
                .with("JDK_JAVA_OPTIONS", "--nonsense")
                .with("_JAVA_OPTIONS", "-XX:+Nonsense")
                .with("CLASSPATH", "/nowhere")
                .with("JAVA_HOME", "/nowhere")
                .run(BRIEF);

        assertEquals(0, result.exit(), result.toString());
        assertFalse(result.err().contains("Picked up"), result.err());
    }

    @Test
    void printsTheVersionAndEveryHelpAsTheProgramItselfWould() {
        Program.Result version = program.run("--version");
        assertEquals(0, version.exit());
        assertTrue(version.out().matches("assist \\d+\\.\\d+\\.\\d+\\S*\n"), version.out());
        for (List<String> command : Assist.commands()) {
            var words = new ArrayList<>(command.subList(1, command.size()));
            words.add("--help");
            String[] arguments = words.toArray(String[]::new);
            Program.Result quick = program.run(arguments);
            assertEquals(0, quick.exit(), quick.toString());
            // A width that is set is known to the program alone.
            Program.Result own = program.with("COLUMNS", "80").run(arguments);
            assertEquals(own.out(), quick.out(), "the help of " + command);
            assertEquals("", quick.err());
        }
    }

    @Test
    void aHelpThatThereIsNotIsLeftToTheProgram() {
        for (String word : List.of("../../../etc/passwd", "nothing", "--", "", "token-help", "*")) {
            Program.Result result = program.run(word, "--help");
            assertEquals(program.with("COLUMNS", "80").run(word, "--help"), result, word);
        }
    }

    @Test
    void theHelpHasColourOnATerminalThatShowsItAndOnNoOther() {
        assertTrue(help(program).contains("\u001b["), "a terminal");
        assertFalse(help(program.with("NO_COLOR", "1")).contains("\u001b["), "NO_COLOR");
        assertFalse(help(program.with("TERM", "dumb")).contains("\u001b["), "a dumb terminal");
    }

    /** What a terminal gets from {@code assist --help}: util-linux's script makes one. */
    private String help(Program program) {
        Program.Result result = program.shell("script -qec 'assist --help' /dev/null < /dev/null");
        assertEquals(0, result.exit(), result.toString());
        assertTrue(result.out().contains("Usage:"), result.out());
        return result.out();
    }

    private static List<Path> caches(Path folder) throws IOException {
        try (var files = Files.list(folder.resolve("lib"))) {
            List<Path> caches = files.filter(f -> f.toString().endsWith(".aot")).toList();
            assertFalse(caches.isEmpty(), "the build makes caches");
            return caches;
        }
    }

    private static List<String> files(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            return files.map(Path::toString).sorted().toList();
        }
    }

    private static void sh(String line) {
        try {
            Process process = new ProcessBuilder("sh", "-c", line).inheritIO().start();
            assertEquals(0, process.waitFor(), line);
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
