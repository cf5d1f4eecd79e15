package dev.agentassist.config;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The config file: {@code [profile]} sections of {@code setting = value} lines, {@code #} for comments, and a line
 * {@code use = profile} above all sections. A value is what stands after the {@code =}, without blanks around it; there
 * are no quotes and no comments behind it. Of two lines for the same setting the last one holds. Read by hand, because
 * every start of the program reads it: a parser of a richer format costs more than the rest of the start-up. Lines are
 * kept, so that an edit leaves comments alone.
 */
public final class ConfigFile {

    /** The profile of settings without a name. */
    public static final String DEFAULT_PROFILE = "default";

    private static final Pattern PROFILE = Pattern.compile("[A-Za-z0-9_.-]+");
    private static final Pattern SECTION = Pattern.compile("\\[(" + PROFILE.pattern() + ")]");
    private static final Pattern ENTRY = Pattern.compile("([A-Za-z0-9_.]+)\\s*=\\s*(.*)", Pattern.DOTALL);
    private static final String USE = "use";

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
            return new ConfigFile(path, withoutMark(Files.readAllLines(path)));
        } catch (NoSuchFileException e) {
            return new ConfigFile(path, List.of());
        } catch (MalformedInputException e) {
            throw Failure.badInput("The config file " + path + " is not UTF-8 text.", "Save it as UTF-8.");
        } catch (IOException e) {
            throw new Failure(
                    Problem.notAllowed(
                            "The config file " + path + " cannot be read.", "Check that it is a file and yours."),
                    e);
        }
    }

    /** A file with this text, for tests and for edits in memory. */
    static ConfigFile of(Path path, String text) {
        return new ConfigFile(path, text.lines().toList());
    }

    /** Some editors begin UTF-8 with a byte order mark. */
    private static List<String> withoutMark(List<String> lines) {
        if (lines.isEmpty() || !lines.getFirst().startsWith("\ufeff")) {
            return lines;
        }
        var clean = new ArrayList<>(lines);
        clean.set(0, lines.getFirst().substring(1));
        return clean;
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
            } else if (entry.group(1).equals(USE)) {
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
        return Collections.unmodifiableMap(profiles.getOrDefault(profile, Map.of()));
    }

    /** Whether a profile can be called so: letters, digits, {@code _ . -}. */
    public static boolean isProfileName(String name) {
        return PROFILE.matcher(name).matches();
    }

    /**
     * The same file with one setting changed, where its last line stands or at the end of its profile, which is made when
     * it is missing; a null value removes all its lines.
     */
    public ConfigFile with(String profile, String setting, String value) {
        if (!isProfileName(profile) || !ENTRY.matcher(setting + " =").matches()) {
            throw new IllegalArgumentException("not a name: " + profile + ", " + setting);
        }
        if (value != null && (value.isBlank() || !value.equals(value.strip()) || value.lines().count() != 1)) {
            throw new IllegalArgumentException("not a value of one line");
        }
        List<Integer> old = linesOf(profile, setting);
        var edited = new ArrayList<>(lines);
        if (value == null) {
            old.reversed().forEach(i -> edited.remove((int) i));
        } else if (!old.isEmpty()) {
            edited.set(old.getLast(), setting + " = " + value);
        } else {
            int at = endOf(profile);
            if (at < 0) {
                if (!edited.isEmpty() && !edited.getLast().isBlank()) {
                    edited.add("");
                }
                edited.add("[" + profile + "]");
                at = edited.size();
            }
            edited.add(at, setting + " = " + value);
        }
        return new ConfigFile(path, edited);
    }

    private List<Integer> linesOf(String profile, String setting) {
        var found = new ArrayList<Integer>();
        String section = null;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            Matcher head = SECTION.matcher(line);
            Matcher entry = ENTRY.matcher(line);
            if (head.matches()) {
                section = head.group(1);
            } else if (profile.equals(section) && entry.matches() && entry.group(1).equals(setting)) {
                found.add(i);
            }
        }
        return found;
    }

    /** Behind the last line of the profile's first section that is not blank, or -1 when there is no such profile. */
    private int endOf(String profile) {
        int end = -1;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            Matcher head = SECTION.matcher(line);
            if (head.matches()) {
                if (end >= 0) {
                    return end;
                }
                if (head.group(1).equals(profile)) {
                    end = i + 1;
                }
            } else if (end >= 0 && !line.isEmpty()) {
                end = i + 1;
            }
        }
        return end;
    }

    /** The same file with another profile in use. */
    public ConfigFile using(String profile) {
        if (!isProfileName(profile)) {
            throw new IllegalArgumentException("not a name: " + profile);
        }
        var edited = new ArrayList<>(lines);
        int last = -1;
        for (int i = 0; i < lines.size() && !SECTION.matcher(lines.get(i).strip()).matches(); i++) {
            Matcher entry = ENTRY.matcher(lines.get(i).strip());
            if (entry.matches() && entry.group(1).equals(USE)) {
                last = i;
            }
        }
        if (last >= 0) {
            edited.set(last, USE + " = " + profile);
        } else {
            edited.add(0, USE + " = " + profile);
        }
        return new ConfigFile(path, edited);
    }

    /** The text to write back. */
    public String text() {
        return lines.isEmpty() ? "" : String.join("\n", lines) + "\n";
    }
}
