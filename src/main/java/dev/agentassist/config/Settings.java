package dev.agentassist.config;

import dev.agentassist.problem.Failure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * All settings of one run: flag, then environment, then the profile of the config file, then the default. Nothing is
 * read before it is asked for: a command that needs no secret runs no {@code pass show}.
 */
public final class Settings {

    private static final String DEFAULT = "default";

    private final Map<Key, String> flags;
    private final Map<String, String> environment;
    private final Places places;
    private final String profileFlag;
    private final SecretSource secrets;
    private final Consumer<String> warnings;
    private final Map<Key, Setting> resolved = new EnumMap<>(Key.class);
    private ConfigFile file;
    private boolean fileUsed;

    /** Without anybody to warn. */
    public Settings(
            Map<Key, String> flags,
            Map<String, String> environment,
            Places places,
            String profileFlag,
            SecretSource secrets) {
        this(flags, environment, places, profileFlag, secrets, warning -> {});
    }

    /**
     * @param flags values of options that were given
     * @param profileFlag the value of {@code --profile}, or null
     * @param warnings is told, once, when the file that a setting came from is open to others
     */
    public Settings(
            Map<Key, String> flags,
            Map<String, String> environment,
            Places places,
            String profileFlag,
            SecretSource secrets,
            Consumer<String> warnings) {
        this.flags = Map.copyOf(flags);
        this.environment = environment;
        this.places = places;
        this.profileFlag = profileFlag;
        this.secrets = secrets;
        this.warnings = warnings;
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
            return variable.strip();
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

    /** The mode of the config file, as {@code 644}, when others can read or change it. */
    public Optional<String> openToOthers() {
        return FileModes.openToOthers(places.configFile());
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
                "No " + key.setting() + " is set (" + key.description() + ").",
                "Set " + key.variable() + (key.flag() == null ? "" : ", give " + key.flag())
                        + ", or run: assist config set " + key.setting() + (key.secret() ? "" : " VALUE")));
    }

    /** How long to wait for a server. */
    public Duration timeout() {
        return Durations.parse(get(Key.TIMEOUT).value(), Key.TIMEOUT.setting());
    }

    /** The country of numbers without a country code, as two capital letters, or null. */
    public String region() {
        return get(Key.REGION).value();
    }

    /** A path in a setting; a leading ~ is the home folder. */
    public Optional<Path> path(Key key) {
        return value(key).map(places::expand);
    }

    /** Every setting for showing: nothing is checked, no secret is fetched, none is in it. */
    public List<ShownSetting> overview() {
        var shown = new ArrayList<ShownSetting>();
        for (Key key : Key.values()) {
            shown.add(show(key));
        }
        return shown;
    }

    private ShownSetting show(Key key) {
        Setting outside = outside(key);
        if (outside != null) {
            return ShownSetting.of(outside);
        }
        if (key.secret()) {
            return SecretPlace.find(file(), checkedProfile(), key, places)
                    .map(place -> new ShownSetting(key, true, UrlPasswords.MASK, secretOrigin(place)))
                    .orElseGet(() -> ShownSetting.of(new Setting(key, null, null)));
        }
        return ShownSetting.of(inProfile(key));
    }

    private Setting resolve(Key key) {
        Setting setting = outside(key);
        if (setting == null) {
            setting = key.secret() ? secret(key) : inProfile(key);
        }
        if (!setting.present() || setting.origin().equals(DEFAULT)) {
            return setting;
        }
        return new Setting(key, Values.check(key, setting.value(), setting.origin()), setting.origin());
    }

    /** From a flag or the environment, or null. */
    private Setting outside(Key key) {
        if (flags.containsKey(key)) {
            String value = flags.get(key);
            if (value.isBlank()) {
                throw Failure.badInput(key.flag() + " is empty.", "Give it a value, or leave it out.");
            }
            if (UrlPasswords.in(value)) {
                throw Failure.badInput(
                        key.flag() + " holds a password, which everybody on this machine can read in the list of processes.",
                        "Take it out and " + passwordPlace(key));
            }
            return new Setting(key, value.strip(), "flag " + key.flag());
        }
        String variable = key.variable();
        String value = environment.get(variable);
        if ((value == null || value.isBlank()) && (key == Key.PROXY || key == Key.NO_PROXY)) {
            // Both spellings are in use; where both are set, this program's documentation names the capital one.
            variable = variable.toLowerCase(Locale.ROOT);
            value = environment.get(variable);
        }
        return value == null || value.isBlank() ? null : new Setting(key, value.strip(), "environment " + variable);
    }

    static String passwordPlace(Key key) {
        return key == Key.STORE
                ? "set " + Key.STORE_KEY.variable() + ", or run: assist config set " + Key.STORE_KEY.setting()
                : "set " + key.variable() + ", or run: assist config set " + key.setting();
    }

    private Setting inProfile(Key key) {
        String profile = checkedProfile();
        Optional<String> value = file().get(profile, key.setting());
        if (value.isPresent()) {
            used();
            return new Setting(key, value.get(), origin(profile));
        }
        String fallback = key == Key.STORE ? "sqlite:" + places.defaultStore() : key.fallback();
        return new Setting(key, fallback, fallback == null ? null : DEFAULT);
    }

    private Setting secret(Key key) {
        Optional<SecretPlace> place = SecretPlace.find(file(), checkedProfile(), key, places);
        if (place.isPresent()) {
            used();
            String value = secrets.fetch(file(), profile(), key).orElse(null);
            return new Setting(key, value, value == null ? null : secretOrigin(place.get()));
        }
        return new Setting(key, null, null);
    }

    /** The profile in use, which must be in the file unless nobody chose it. */
    private String checkedProfile() {
        String profile = profile();
        if (file().hasProfile(profile)) {
            return profile;
        }
        boolean chosen = profileFlag != null || !profile.equals(ConfigFile.DEFAULT_PROFILE);
        if (chosen) {
            throw Failure.badInput(
                    "There is no profile “" + profile + "” in " + places.configFile() + ".",
                    file().profiles().isEmpty()
                            ? "Make it: assist config set livekit.url wss://… --profile " + profile
                            : "Use one of " + String.join(", ", file().profiles()) + ".");
        }
        return profile;
    }

    private String origin(String profile) {
        return "profile " + profile + " (" + places.configFile() + ")";
    }

    private String secretOrigin(SecretPlace place) {
        String where = place.describe();
        return (where.isEmpty() ? "" : where + ", ") + origin(profile());
    }

    private void used() {
        if (!fileUsed) {
            fileUsed = true;
            openToOthers()
                    .ifPresent(mode -> warnings.accept("The config file " + places.configFile()
                            + " is open to others (mode " + mode + "). Run: chmod 600 " + places.configFile()));
        }
    }
}
