package dev.agentassist.manual;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The parts of the completion scripts that do not depend on the commands. */
final class Templates {

    private Templates() {}

    static String read(String name) {
        try (InputStream in = Templates.class.getResourceAsStream(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What the scripts call a kind of value; the live ones are what {@code __complete} is asked for. */
    static String kind(Page.Kind kind) {
        return switch (kind) {
            case TEXT -> "none";
            case FILE -> "files";
            case PROFILE -> "profiles";
            case TARGET -> "targets";
            case CONVERSATION -> "conversations";
        };
    }

    static boolean live(Page.Kind kind) {
        return switch (kind) {
            case TEXT, FILE -> false;
            case PROFILE, TARGET, CONVERSATION -> true;
        };
    }
}
