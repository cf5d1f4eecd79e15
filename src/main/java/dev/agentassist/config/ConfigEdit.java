package dev.agentassist.config;

import dev.agentassist.problem.Closest;
import dev.agentassist.problem.Failure;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Changes settings of the config file: checked, tidied, and only where the name is known. */
public final class ConfigEdit {

    private final Places places;
    private final Path workingFolder;

    /** {@code workingFolder} is what relative paths are relative to when they are typed. */
    public ConfigEdit(Places places, Path workingFolder) {
        this.places = places;
        this.workingFolder = workingFolder;
    }

    /** The setting that somebody typed; an unknown one is bad input, with a suggestion. */
    public static Key key(String name) {
        return Key.ofName(name).orElseThrow(() -> Failure.badInput(
                "There is no setting “" + name + "”.",
                Closest.to(name, names()).map(n -> "Did you mean " + n + "? ").orElse("")
                        + "assist config show lists them all."));
    }

    /** Every name that a profile can hold. */
    public static List<String> names() {
        var names = new ArrayList<String>();
        for (Key key : Key.values()) {
            names.addAll(key.names());
        }
        return names;
    }

    /**
     * Whether the value of this name may be typed as an argument. A secret may not: the shell's history and the list of
     * processes keep it. The file or the command that has it may.
     */
    public static boolean takesArgument(String name) {
        Key key = key(name);
        return !key.secret() || !name.equals(key.setting());
    }

    /** Sets one setting of a profile, which is made when it is missing. */
    public ConfigFile set(String profile, String name, String value) {
        Key key = key(name);
        checkProfile(profile);
        String tidy = tidy(key, name, value.strip());
        return ConfigWriter.edit(places.configFile(), file -> {
            ConfigFile edited = file;
            // A secret has one place: the new one.
            for (String other : key.names()) {
                if (!other.equals(name)) {
                    edited = edited.with(profile, other, null);
                }
            }
            return edited.with(profile, name, tidy);
        });
    }

    /** Removes one setting, for a secret wherever it is; false when it was not there. */
    public boolean unset(String profile, String name) {
        Key key = key(name);
        checkProfile(profile);
        List<String> names = name.equals(key.setting()) ? key.names() : List.of(name);
        ConfigFile before = ConfigFile.read(places.configFile());
        if (names.stream().noneMatch(before.entries(profile)::containsKey)) {
            return false;
        }
        ConfigWriter.edit(places.configFile(), file -> {
            ConfigFile edited = file;
            for (String each : names) {
                edited = edited.with(profile, each, null);
            }
            return edited;
        });
        return true;
    }

    /** Makes a profile the one in use. */
    public ConfigFile use(String profile) {
        return ConfigWriter.edit(places.configFile(), file -> {
            if (!file.hasProfile(profile) && !profile.equals(ConfigFile.DEFAULT_PROFILE)) {
                throw Failure.badInput(
                        "There is no profile “" + profile + "” in " + file.path() + ".",
                        Closest.to(profile, file.profiles()).map(p -> "Did you mean " + p + "? ").orElse("")
                                + "Make it with: assist config set KEY VALUE --profile NAME");
            }
            return file.using(profile);
        });
    }

    private static void checkProfile(String profile) {
        if (!ConfigFile.isProfileName(profile)) {
            throw Failure.badInput(
                    "“" + profile + "” cannot be a profile's name.", "Use letters, digits, “_”, “.” and “-”.");
        }
    }

    private String tidy(Key key, String name, String value) {
        if (value.isEmpty()) {
            throw Failure.badInput("The value of " + name + " is empty.", "To remove it: assist config set " + name + " --unset");
        }
        if (name.endsWith(SecretPlace.COMMAND_SUFFIX)) {
            Values.check(Key.MODEL, value, name);
            Words.split(value, name);
            return value;
        }
        if (name.endsWith(SecretPlace.FILE_SUFFIX)) {
            return absolute(Values.check(Key.CA_FILE, value, name));
        }
        String checked = Values.check(key, value, name);
        if (key == Key.CA_FILE) {
            return absolute(checked);
        }
        if (key == Key.STORE && checked.regionMatches(true, 0, "sqlite:", 0, 7)) {
            return "sqlite:" + absolute(checked.substring(7));
        }
        return checked;
    }

    /** What is relative to here today must mean the same from elsewhere tomorrow. */
    private String absolute(String path) {
        return path.equals("~") || path.startsWith("~/") ? path : workingFolder.resolve(path).normalize().toString();
    }
}
