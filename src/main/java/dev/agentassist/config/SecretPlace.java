package dev.agentassist.config;

import dev.agentassist.problem.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Where a profile says that a secret is. Finding the place neither reads a file nor runs a command. */
public sealed interface SecretPlace {

    /** In the config file itself. */
    record InPlace(String value) implements SecretPlace {}

    /** In another file; relative paths are relative to the config file. */
    record InFile(Path path) implements SecretPlace {}

    /** On the standard output of a command. */
    record FromCommand(List<String> words) implements SecretPlace {}

    /** Appended to a secret's setting: {@code livekit.api_secret_file}. */
    String FILE_SUFFIX = "_file";

    /** Appended to a secret's setting: {@code livekit.api_secret_command}. */
    String COMMAND_SUFFIX = "_command";

    /** The place, or empty when the profile names none; naming two is bad input. */
    static Optional<SecretPlace> find(ConfigFile file, String profile, Key key, Places places) {
        var found = new ArrayList<String>();
        for (String name : key.names()) {
            if (file.get(profile, name).isPresent()) {
                found.add(name);
            }
        }
        if (found.isEmpty()) {
            return Optional.empty();
        }
        if (found.size() > 1) {
            throw Failure.badInput(
                    "Profile " + profile + " in " + file.path() + " sets both " + found.get(0) + " and " + found.get(1) + ".",
                    "Keep one of them.");
        }
        String name = found.getFirst();
        String value = file.get(profile, name).orElseThrow();
        String what = name + " in profile " + profile + " of " + file.path();
        if (name.endsWith(COMMAND_SUFFIX)) {
            return Optional.of(new FromCommand(Words.split(value, what).stream()
                    .map(w -> w.startsWith("~/") ? places.expand(w).toString() : w)
                    .toList()));
        }
        if (name.endsWith(FILE_SUFFIX)) {
            Path path = places.expand(value);
            return Optional.of(new InFile(path.isAbsolute() ? path : file.path().resolveSibling(path).normalize()));
        }
        return Optional.of(new InPlace(value));
    }

    /** For a person: {@code file /run/secrets/x}, {@code command pass}; empty for the config file itself. */
    default String describe() {
        return switch (this) {
            case InPlace p -> "";
            case InFile p -> "file " + p.path();
            // The words after the first can hold anything.
            case FromCommand p -> "command " + p.words().getFirst();
        };
    }
}
