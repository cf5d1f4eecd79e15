package dev.agentassist.config;

import java.util.Optional;

/** Fetches a secret that a profile names: in the file itself, in another file, or from a command. */
@FunctionalInterface
public interface SecretSource {

    /** The secret, or empty when the profile names none. A source that fails is a failure, not an absence. */
    Optional<String> fetch(ConfigFile file, String profile, Key key);
}
