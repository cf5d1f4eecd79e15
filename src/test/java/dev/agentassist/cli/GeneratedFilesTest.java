package dev.agentassist.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.agentassist.config.Key;
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
    private static final String MEND = "Run: mvn -q test -Dtest=GeneratedFilesTest -Dassist.regenerate";

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

    @Test
    void theTablesOfTheReadmeAreThoseOfTheProgram() throws Exception {
        var settings = new StringBuilder("| setting | flag | environment | |\n|---|---|---|---|\n");
        for (Key key : Key.values()) {
            settings.append("| `").append(key.setting()).append("` | ")
                    .append(key.flag() == null ? "" : "`" + key.flag() + "`")
                    .append(" | `").append(key.variable()).append("` | ")
                    .append(key.description().replace("|", "\\|"))
                    .append(key.fallback() == null ? "" : " (default: " + key.fallback() + ")")
                    .append(" |\n");
        }
        var exits = new StringBuilder("| code | meaning |\n|---|---|\n");
        ExitCode.TABLE.forEach(row -> exits.append("| ").append(row.code()).append(" | ").append(row.meaning()).append(" |\n"));
        check("settings", settings.toString());
        check("exit codes", exits.toString());
    }

    /** What stands in the README between {@code <!-- generated: NAME -->} and {@code <!-- end -->}. */
    private static void check(String name, String table) throws IOException {
        Path readme = Path.of("README.md");
        String mark = "<!-- generated: " + name + " -->\n";
        String page = Files.readString(readme);
        int start = page.indexOf(mark) + mark.length();
        int end = page.indexOf("<!-- end -->", start);
        if (System.getProperty("assist.regenerate") != null) {
            Files.writeString(readme, page.substring(0, start) + table + page.substring(end));
            return;
        }
        assertEquals(table, page.substring(start, end), MEND);
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
        assertEquals(new TreeMap<>(expected).keySet(), kept.keySet(), MEND);
        expected.forEach((name, text) -> assertEquals(text, kept.get(name), folder + "/" + name + " is not up to date. " + MEND));
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
