package dev.agentassist.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The program's version, written by the build. */
final class Version {

    private Version() {}

    static String current() {
        // The launcher knows it; looking into the jar takes 5 ms.
        String told = System.getProperty("assist.version");
        if (told != null) {
            return told;
        }
        try (InputStream in = Version.class.getResourceAsStream("version.txt")) {
            return in == null ? "development" : new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
