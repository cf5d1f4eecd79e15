package dev.agentassist.config;

import dev.agentassist.problem.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/**
 * All settings of one run: flag, then environment, then the profile of the config file, then the default. Nothing is
 * read before it is asked for: a command that needs no secret runs no {@code pass show}.
 */
public final class Settings {

    private final Map<Key, String> flags;
    private final Map<String, String> environment;
    private final Places places;
    private final String profileFlag;
    private final SecretSource secrets;
    private final Map<Key, Setting> resolved = new EnumMap<>(Key.class);
    private ConfigFile file;

    /**
     * @param flags values of options that were given
     * @param profileFlag the value of {@code --profile}, or null
     */
    public Settings(
            Map<Key, String> flags,
            Map<String, String> environment,
            Places places,
            String profileFlag,
            SecretSource secrets) {
        this.flags = Map.copyOf(flags);
        this.environment = environment;
        this.places = places;
        this.profileFlag = profileFlag;
        this.secrets = secrets;
    }

    /** The folders of this user. */
    public Places places() {
        return places;
    }

    /** The profile in use: {@code --profile}, {@code ASSIST_PROFILE}, the file's {@code use}, else {@code default}. */
    public String profile() {
        if (profileFlag != null) {
            return profileFlag;
        }
        String variable = environment.get("ASSIST_PROFILE");
        if (variable != null && !variable.isBlank()) {
            return variable;
        }
        return file().current();
    }

    /** The config file as it is; empty when there is none. */
    public ConfigFile file() {
        if (file == null) {
            file = ConfigFile.read(places.configFile());
        }
        return file;
    }

    /** The setting and where it came from. A secret that is kept elsewhere is fetched now. */
    public Setting get(Key key) {
        Setting known = resolved.get(key);
        if (known == null) {
            known = resolve(key);
            resolved.put(key, known);
        }
        return known;
    }

    public Optional<String> value(Key key) {
        return Optional.ofNullable(get(key).value());
    }

    /** The value, or a sentence that says how to set it. */
    public String require(Key key) {
        return value(key).orElseThrow(() -> Failure.badInput(
                "No " + key.setting() + " is set" + (key.description() == null ? "." : " (" + key.description() + ")."),
                "Set " + key.variable() + (key.flag() == null ? "" : ", give " + key.flag())
                        + ", or run: assist config set " + key.setting() + (key.secret() ? "" : " VALUE")));
    }

    /** How long to wait for a server. */
    public Duration timeout() {
        Setting setting = get(Key.TIMEOUT);
        return Durations.parse(setting.value(), "timeout (" + setting.origin() + ")");
    }

    /** The country of numbers without a country code, or null. */
    public String region() {
        Setting region = get(Key.REGION);
        if (!region.present()) {
            return null;
        }
        String code = region.value().toUpperCase(java.util.Locale.ROOT);
        if (!code.matches("[A-Z]{2}")) {
            throw Failure.badInput(
                    "“" + region.value() + "” (" + region.origin() + ") is not a region.",
                    "Use a country's two letters, as US or DE.");
        }
        return code;
    }

    /** A path in a setting; a leading ~ is the home folder. */
    public Optional<Path> path(Key key) {
        return value(key).map(places::expand);
    }

    private Setting resolve(Key key) {
        if (flags.containsKey(key)) {
            return new Setting(key, flags.get(key), "flag " + key.flag());
        }
        String variable = environment.get(key.variable());
        if (variable == null && (key == Key.PROXY || key == Key.NO_PROXY)) {
            variable = environment.get(key.variable().toLowerCase(java.util.Locale.ROOT));
        }
        if (variable != null && !variable.isBlank()) {
            return new Setting(key, variable.strip(), "environment " + key.variable());
        }
        String profile = profile();
        boolean named = profileFlag != null || environment.getOrDefault("ASSIST_PROFILE", "").equals(profile);
        if (named && !file().hasProfile(profile)) {
            throw Failure.badInput(
                    "There is no profile “" + profile + "” in " + places.configFile() + ".",
                    file().profiles().isEmpty()
                            ? "Make it: assist config set --profile " + profile + " livekit.url wss://…"
                            : "Use one of " + String.join(", ", file().profiles()) + ".");
        }
        String origin = "profile " + profile + " (" + places.configFile() + ")";
        Optional<String> value = key.secret()
                ? secrets.fetch(file(), profile, key)
                : file().get(profile, key.setting());
        return value.map(v -> new Setting(key, v, origin))
                .orElseGet(() -> new Setting(key, key.fallback(), key.fallback() == null ? null : "default"));
    }
}
