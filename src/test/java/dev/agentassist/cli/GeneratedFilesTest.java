package dev.agentassist.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.agentassist.manual.BashCompletion;
import dev.agentassist.manual.FishCompletion;
import dev.agentassist.manual.ManPage;
import dev.agentassist.manual.Manual;
import dev.agentassist.manual.Page;
import dev.agentassist.manual.ZshCompletion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What is generated from the command model and kept in the repository is what the model says today. To write it anew:
 * {@code mvn -q test -Dtest=GeneratedFilesTest -Dassist.regenerate}.
 */
class GeneratedFilesTest {

    private static final Path MAN = Path.of("man");
    private static final Path COMPLETIONS = Path.of("completions");

    @Test
    void theManualPagesAreThoseOfTheCommands() throws Exception {
        var pages = new TreeMap<String, String>();
        Manual manual = Manuals.whole();
        for (Page page : manual.pages()) {
            pages.put(ManPage.fileName(page), ManPage.write(manual, page));
        }
        check(MAN, pages);
    }

    @Test
    void theCompletionsAreThoseOfTheCommands() throws Exception {
        Manual manual = Manuals.whole();
        check(
                COMPLETIONS,
                Map.of(
                        "assist.bash", BashCompletion.write(manual),
                        "_assist", ZshCompletion.write(manual),
                        "assist.fish", FishCompletion.write(manual)));
    }

    private static void check(Path folder, Map<String, String> expected) throws IOException {
        if (System.getProperty("assist.regenerate") != null) {
            write(folder, expected);
        }
        var kept = new TreeMap<String, String>();
        try (var files = Files.list(folder)) {
            for (Path file : files.toList()) {
                kept.put(file.getFileName().toString(), Files.readString(file));
            }
        }
        String mend = "Run: mvn -q test -Dtest=GeneratedFilesTest -Dassist.regenerate";
        assertEquals(new TreeMap<>(expected).keySet(), kept.keySet(), mend);
        expected.forEach((name, text) -> assertEquals(text, kept.get(name), folder + "/" + name + " is not up to date. " + mend));
    }

    private static void write(Path folder, Map<String, String> expected) throws IOException {
        Files.createDirectories(folder);
        try (var files = Files.list(folder)) {
            for (Path file : files.filter(f -> !expected.containsKey(f.getFileName().toString())).toList()) {
                Files.delete(file);
            }
        }
        for (var file : expected.entrySet()) {
            Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
    }
}
