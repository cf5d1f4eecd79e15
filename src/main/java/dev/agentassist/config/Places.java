package dev.agentassist.config;

import java.nio.file.Path;
import java.util.Map;

/** The user's folders, by the XDG base directory specification. */
public record Places(Path home, Path config, Path data, Path state, Path cache) {

    private static final String NAME = "agent-assist";

    /** From {@code XDG_…} where they are absolute, as the specification asks, else below {@code home}. */
    public static Places of(Map<String, String> environment, Path home) {
        return new Places(
                home,
                xdg(environment, "XDG_CONFIG_HOME", home.resolve(".config")),
                xdg(environment, "XDG_DATA_HOME", home.resolve(".local/share")),
                xdg(environment, "XDG_STATE_HOME", home.resolve(".local/state")),
                xdg(environment, "XDG_CACHE_HOME", home.resolve(".cache")));
    }

    private static Path xdg(Map<String, String> environment, String variable, Path otherwise) {
        String value = environment.get(variable);
        Path base = value != null && !value.isBlank() && Path.of(value).isAbsolute() ? Path.of(value) : otherwise;
        return base.resolve(NAME);
    }

    public Path configFile() {
        return config.resolve("config");
    }

    public Path defaultStore() {
        return data.resolve("conversations.db");
    }

    /** The append-only log of who listened to what. */
    public Path listenLog() {
        return state.resolve("listen.jsonl");
    }

    /** The append-only log of who put which call through. */
    public Path transferLog() {
        return state.resolve("transfer.jsonl");
    }

    /** What was tried last of what LiveKit servers can do; can be deleted at any time. */
    public Path capabilities() {
        return state.resolve("capabilities.json");
    }

    /** A leading {@code ~/} is the home folder. */
    public Path expand(String path) {
        return path.equals("~") ? home : path.startsWith("~/") ? home.resolve(path.substring(2)) : Path.of(path);
    }
}
