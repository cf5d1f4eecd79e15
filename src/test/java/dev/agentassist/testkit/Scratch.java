package dev.agentassist.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Folders under {@code target/testkit} for logs and configuration, kept until the next {@code mvn clean}. */
final class Scratch {

    private static final String RUN = Long.toString(ProcessHandle.current().pid());

    private Scratch() {}

    /** An empty folder of this run. */
    static Path folder(String name) {
        Path folder = Path.of("target", "testkit", RUN, name).toAbsolutePath();
        try {
            PartsCache.delete(folder);
            return Files.createDirectories(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
