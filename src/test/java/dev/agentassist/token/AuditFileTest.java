package dev.agentassist.token;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditFileTest {

    @TempDir
    private Path folder;

    private static void append(Path file) {
        new AuditFile(file).append("line\n".getBytes(StandardCharsets.UTF_8), "The log", "Nothing happens without it");
    }

    private static Problem.Unavailable refused(Path file) {
        return assertInstanceOf(
                Problem.Unavailable.class, assertThrows(Failure.class, () -> append(file)).problem());
    }

    @Test
    void isMadeForItsOwnerAloneAndGrowsByLines() throws IOException {
        Path log = folder.resolve("state/log.jsonl");
        append(log);
        append(log);
        assertEquals("line\nline\n", Files.readString(log));
        if (log.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertEquals(2, Files.getPosixFilePermissions(log).size());
        }
    }

    @Test
    void whyItCannotBeWrittenIsSaid() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        for (Path bad : new Path[] {file.resolve("log.jsonl"), Files.createDirectory(folder.resolve("log"))}) {
            Problem.Unavailable problem = refused(bad);
            assertTrue(problem.detail().matches("The log .* cannot be written \\(.+\\)\\."), problem.detail());
            assertTrue(problem.hint().startsWith("Nothing happens without it: "), problem.hint());
        }
        Path full = Path.of("/dev/full");
        if (Files.exists(full)) {
            assertTrue(refused(full).detail().contains("No space left on device"));
        }
    }
}
