package dev.agentassist.check;

import dev.agentassist.config.ConfigEdit;
import dev.agentassist.config.ConfigFile;
import dev.agentassist.config.Key;
import dev.agentassist.config.Settings;
import dev.agentassist.problem.Closest;
import dev.agentassist.problem.Failure;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The config file and the settings themselves. */
public final class SettingsCheck {

    private final Settings settings;

    public SettingsCheck(Settings settings) {
        this.settings = settings;
    }

    /** A file that cannot be read or understood is a failure of its own, not a finding. */
    public List<Finding> run() {
        var findings = new ArrayList<Finding>();
        ConfigFile file = settings.file();
        findings.add(file(file));
        for (String profile : file.profiles()) {
            for (String name : file.entries(profile).keySet()) {
                if (!ConfigEdit.names().contains(name)) {
                    findings.add(unknown(name, profile));
                }
            }
        }
        findings.addAll(values());
        return findings;
    }

    private Finding file(ConfigFile file) {
        Path path = file.path();
        if (!Files.exists(path)) {
            return Finding.ok("config", "There is no config file at " + path + "; flags and the environment are used.");
        }
        return settings.openToOthers()
                .map(mode -> Finding.failed(
                        "config", "The config file " + path + " is open to others (mode " + mode + ").", "Run: chmod 600 " + path))
                .orElseGet(() -> Finding.ok("config", "The config file " + path + " is read, profile " + settings.profile() + "."));
    }

    private static Finding unknown(String name, String profile) {
        return Finding.failed(
                "config",
                "Profile " + profile + " sets “" + name + "”, which is no setting.",
                Closest.to(name, ConfigEdit.names()).map(n -> "Did you mean " + n + "? ").orElse("")
                        + "assist config show lists them all.");
    }

    /** Each setting that is set must be good, and each secret within reach. */
    private List<Finding> values() {
        var findings = new ArrayList<Finding>();
        int set = 0;
        for (Key key : Key.values()) {
            try {
                set += settings.get(key).present() ? 1 : 0;
            } catch (Failure e) {
                findings.add(Finding.failed("settings", e.problem().detail(), e.problem().hint()));
            }
        }
        if (findings.isEmpty()) {
            findings.add(Finding.ok("settings", set + " of " + Key.values().length + " are set, and all that are set can be used."));
        }
        return findings;
    }
}
