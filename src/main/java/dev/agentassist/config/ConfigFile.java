package dev.agentassist.config;

import dev.agentassist.problem.Failure;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The config file: {@code [profile]} sections of {@code setting = value} lines, {@code #} for comments, and a first line
 * {@code use = profile} outside of any. Read by hand, because every start of the program reads it: a parser of a richer
 * format costs more than the rest of the start-up. Lines are kept, so that an edit leaves comments alone.
 */
public final class ConfigFile {

    /** The profile of settings without a name. */
    public static final String DEFAULT_PROFILE = "default";

    private static final Pattern SECTION = Pattern.compile("\\[([A-Za-z0-9_.-]+)]");
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z0-9_.]+)\\s*=\\s*(.*)");

    private final Path path;
    private final List<String> lines;
    private final Map<String, Map<String, String>> profiles = new LinkedHashMap<>();
    private String use;

    private ConfigFile(Path path, List<String> lines) {
        this.path = path;
        this.lines = List.copyOf(lines);
        parse();
    }

    /** Reads it; a file that is not there is empty. */
    public static ConfigFile read(Path path) {
        try {
            return new ConfigFile(path, Files.readAllLines(path));
        } catch (NoSuchFileException e) {
            return new ConfigFile(path, List.of());
        } catch (MalformedInputException e) {
            throw Failure.badInput("The config file " + path + " is not UTF-8 text.", "Save it as UTF-8.");
        } catch (IOException e) {
            throw new Failure(
                    new dev.agentassist.problem.Problem.NotAllowed(
                            null, "The config file " + path + " cannot be read.", "Check that it is a file and yours."),
                    e);
        }
    }

    private void parse() {
        String section = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher head = SECTION.matcher(line);
            if (head.matches()) {
                section = head.group(1);
                profiles.computeIfAbsent(section, s -> new LinkedHashMap<>());
                continue;
            }
            Matcher entry = ENTRY.matcher(line);
            if (!entry.matches()) {
                // Not the line itself: it may hold a secret.
                throw Failure.badInput(
                        "Line " + (i + 1) + " of " + path + " is neither [profile] nor “setting = value”.",
                        "Mend that line, or put # before it.");
            }
            if (section != null) {
                profiles.get(section).put(entry.group(1), entry.group(2));
            } else if (entry.group(1).equals("use")) {
                use = entry.group(2);
            } else {
                throw Failure.badInput(
                        "Line " + (i + 1) + " of " + path + " sets “" + entry.group(1) + "” outside of a profile.",
                        "Put [default] above it.");
            }
        }
    }

    public Path path() {
        return path;
    }

    /** The profile that {@code config use} chose, else {@link #DEFAULT_PROFILE}. */
    public String current() {
        return use == null || use.isBlank() ? DEFAULT_PROFILE : use;
    }

    public List<String> profiles() {
        return new ArrayList<>(profiles.keySet());
    }

    public boolean hasProfile(String profile) {
        return profiles.containsKey(profile);
    }

    public Optional<String> get(String profile, String setting) {
        return Optional.ofNullable(profiles.getOrDefault(profile, Map.of()).get(setting)).filter(v -> !v.isBlank());
    }

    /** All of one profile, in the order of the file. */
    public Map<String, String> entries(String profile) {
        return Map.copyOf(profiles.getOrDefault(profile, Map.of()));
    }

    /** The same file with one setting changed; a null value removes it. */
    public ConfigFile with(String profile, String setting, String value) {
        var edited = new ArrayList<>(lines);
        int start = -1;
        int end = edited.size();
        int found = -1;
        String section = null;
        for (int i = 0; i < edited.size(); i++) {
            String line = edited.get(i).strip();
            Matcher head = SECTION.matcher(line);
            if (head.matches()) {
                if (start >= 0 && end == edited.size()) {
                    end = i;
                }
                section = head.group(1);
                if (section.equals(profile) && start < 0) {
                    start = i;
                    end = edited.size();
                }
                continue;
            }
            Matcher entry = ENTRY.matcher(line);
            if (profile.equals(section) && !line.startsWith("#") && entry.matches() && entry.group(1).equals(setting)) {
                found = i;
            }
        }
        String text = setting + " = " + value;
        if (found >= 0) {
            if (value == null) {
                edited.remove(found);
            } else {
                edited.set(found, text);
            }
        } else if (value != null) {
            if (start < 0) {
                if (!edited.isEmpty()) {
                    edited.add("");
                }
                edited.add("[" + profile + "]");
                edited.add(text);
            } else {
                int at = end;
                while (at > start + 1 && edited.get(at - 1).isBlank()) {
                    at--;
                }
                edited.add(at, text);
            }
        }
        return new ConfigFile(path, edited);
    }

    /** The same file with another profile in use. */
    public ConfigFile using(String profile) {
        var edited = new ArrayList<>(lines);
        for (int i = 0; i < edited.size() && !SECTION.matcher(edited.get(i).strip()).matches(); i++) {
            if (edited.get(i).strip().matches("use\\s*=.*")) {
                edited.set(i, "use = " + profile);
                return new ConfigFile(path, edited);
            }
        }
        edited.add(0, "use = " + profile);
        return new ConfigFile(path, edited);
    }

    /** The text to write back. */
    public String text() {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
