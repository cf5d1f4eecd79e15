package dev.agentassist.conversation.format;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Golden files; {@code -Dassist.regenerate} writes them anew. */
final class Gold {

    private Gold() {}

    static void check(Path file, String actual) throws IOException {
        if (System.getProperty("assist.regenerate") != null) {
            Files.createDirectories(file.getParent());
            Files.writeString(file, actual);
        }
        assertEquals(Files.readString(file), actual, file.toString());
    }
}
