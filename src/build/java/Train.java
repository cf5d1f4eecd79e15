import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Makes the AOT cache: one run of the program's hot commands, from which the JVM keeps the classes it loaded, linked, and
 * with their profiles. Without it the program runs all the same, slower.
 */
final class Train {

    private Train() {}

    /** All caches of the launcher. */
    static void run(Path home) throws IOException, InterruptedException {
        for (String kind : List.of("token", "brief", "live", "full")) {
            run(home, kind);
        }
    }

    private static void run(Path home, String kind) throws IOException, InterruptedException {
        Path scratch = Files.createTempDirectory("assist-training");
        try {
            Path made = scratch.resolve("assist.aot");
            var command = new ArrayList<String>(List.of(home.resolve("bin/assist").toString(), kind));
            var process = new ProcessBuilder(command);
            process.environment().clear();
            process.environment().put("PATH", System.getenv().getOrDefault("PATH", ""));
            process.environment().put("HOME", scratch.toString());
            process.environment().put("ASSIST_TRAIN", made.toString());
            process.redirectErrorStream(true).redirectOutput(scratch.resolve("log").toFile());
            Process training = process.start();
            if (!training.waitFor(5, TimeUnit.MINUTES)) {
                training.destroyForcibly();
                throw new IllegalStateException("The training run for the AOT cache did not end.");
            }
            if (training.exitValue() != 0 || !Files.exists(made)) {
                throw new IllegalStateException("The training run for the AOT cache failed with "
                        + training.exitValue() + ":\n" + Files.readString(scratch.resolve("log")));
            }
            String id = Files.readString(home.resolve("lib/BUILD")).split(" ")[0];
            Files.copy(made, home.resolve("lib/assist-" + id + "-" + kind + ".aot"));
        } finally {
            Assemble.delete(scratch);
        }
    }
}
