package dev.agentassist.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The release archive that JReleaser assembled: what is in it, and that it runs where it is unpacked. */
class ArchiveIT {

    /** The most that somebody should have to download. */
    private static final long LARGEST = 100_000_000;

    @TempDir
    static Path scratch;

    private static Path archive;
    private static Path folder;

    @BeforeAll
    static void unpack() throws Exception {
        Path assembled = Program.installation().resolveSibling("jreleaser/assemble/assist/archive");
        try (var files = Files.list(assembled)) {
            List<Path> archives = files.filter(f -> f.toString().endsWith(".tar.gz")).toList();
            assertEquals(1, archives.size(), () -> "archives in " + assembled);
            archive = archives.getFirst();
        }
        Path unpacked = Files.createDirectory(scratch.resolve("unpacked"));
        Process tar = new ProcessBuilder("tar", "xzf", archive.toString(), "-C", unpacked.toString()).inheritIO().start();
        assertEquals(0, tar.waitFor());
        try (var files = Files.list(unpacked)) {
            Path top = files.collect(Collectors.collectingAndThen(Collectors.toList(), all -> {
                assertEquals(1, all.size(), "one folder at the top of the archive");
                return all.getFirst();
            }));
            assertEquals(archive.getFileName().toString(), top.getFileName() + ".tar.gz");
            folder = Files.move(top, scratch.resolve("moved elsewhere"));
        }
    }

    @Test
    void isSmallEnoughToDownload() throws IOException {
        assertTrue(Files.size(archive) <= LARGEST, archive + " has " + Files.size(archive) + " bytes");
    }

    @Test
    void holdsWhatTheBuildAssembledAndNothingElse() throws IOException {
        assertEquals(listing(Program.installation()), listing(folder));
    }

    /** Paths, sizes, modes and times: a cache fits jars of its own time only. */
    private static List<String> listing(Path root) throws IOException {
        try (var files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(f -> {
                        try {
                            return root.relativize(f) + " " + Files.size(f) + " " + Files.getLastModifiedTime(f) + " " + Files.isExecutable(f);
                        } catch (IOException e) {
                            throw new AssertionError(e);
                        }
                    })
                    .sorted()
                    .toList();
        }
    }

    @Test
    void hasItsOwnJavaManualsCompletionsAndLicences() {
        for (String file : List.of(
                "bin/assist", "runtime/bin/java", "LICENSE", "README.md", "THIRD-PARTY.md", "runtime/legal/java.base/LICENSE",
                "share/man/man1/assist.1", "share/man/man1/assist-token.1", "share/completions/assist.bash",
                "share/completions/_assist", "share/completions/assist.fish", "lib/BUILD")) {
            assertTrue(Files.isRegularFile(folder.resolve(file)), file);
        }
    }

    @Test
    void namesTheLicenceOfEveryLibraryItBundles() throws IOException {
        String notices = Files.readString(folder.resolve("THIRD-PARTY.md"));
        try (var files = Files.list(folder.resolve("lib"))) {
            List<String> unnamed = files.map(f -> f.getFileName().toString())
                    .filter(n -> n.endsWith(".jar") || n.endsWith(".so"))
                    .filter(n -> !n.equals("assist.jar") && !notices.contains(n))
                    .toList();
            assertEquals(List.of(), unnamed, "without a row in src/build/dist/THIRD-PARTY.md");
        }
    }

    @Test
    void runsWhereItIsMovedWithNoJavaOnTheMachine() throws IOException {
        var program = new Program(Files.createDirectories(scratch.resolve("home"))).with("PATH", "/usr/bin:/bin").with("JAVA_HOME", null);
        Program.Result result = program.shell("'" + folder.resolve("bin/assist") + "' brief --demo +14155550132 --quiet");

        assertEquals(0, result.exit(), result.toString());
        assertTrue(result.out().startsWith("# "), result.out());
        assertEquals("", result.err());
    }
}
