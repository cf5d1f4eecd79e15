package dev.agentassist.readme;

import dev.agentassist.testkit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Runs a block's commands in one shell, with a home folder of its own and the packaged program first on the path; each
 * command's stdout, stderr and exit code are kept apart.
 */
final class Session {

    /** What one command did. */
    record Ran(List<String> out, List<String> err, int code) {}

    private final Path folder;
    private final Map<String, String> environment;

    /**
     * @param folder an empty one for home, and for what the commands print
     * @param environment for the commands, beside PATH and HOME
     */
    Session(Path folder, Map<String, String> environment) {
        this.folder = folder;
        this.environment = environment;
    }

    List<Ran> run(List<String> commands, Path workingFolder) throws IOException {
        Path home = Files.createDirectories(folder.resolve("home"));
        var script = new StringBuilder("answer=0\n");
        for (int i = 0; i < commands.size(); i++) {
            String file = folder.resolve("" + i).toString();
            // The braces keep what a command sets for those after it; the subshell hands $? on.
            script.append("(exit $answer)\n{ ").append(commands.get(i)).append("\n} > '").append(file).append(".out' 2> '")
                    .append(file).append(".err'\nanswer=$?\necho $answer > '").append(file).append(".code'\n");
        }
        var program = new Program(home).with(environment).in(workingFolder);
        // The page speaks of the places in the home folder that hold where nothing else is set.
        for (String place : List.of("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME")) {
            program = program.with(place, null);
        }
        Program.Result shell = program.shell(script.toString());
        var ran = new ArrayList<Ran>();
        for (int i = 0; i < commands.size(); i++) {
            Path code = folder.resolve(i + ".code");
            if (!Files.exists(code)) {
                throw new AssertionError("The shell stopped at “" + commands.get(i) + "”: " + shell);
            }
            ran.add(new Ran(
                    lines(folder.resolve(i + ".out"), home),
                    lines(folder.resolve(i + ".err"), home),
                    Integer.parseInt(Files.readString(code).strip())));
        }
        return ran;
    }

    /** The home folder by the name that the page gives it. */
    private static List<String> lines(Path file, Path home) throws IOException {
        return Files.readAllLines(file).stream().map(l -> l.replace(home.toString(), "/home/dana")).toList();
    }
}
