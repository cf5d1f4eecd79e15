package dev.agentassist.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.ModelServerPart;
import dev.agentassist.testkit.Participants;
import dev.agentassist.testkit.PostgresPart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every command of the README does what the page shows, in the packaged program. To write the outputs anew:
 * {@code mvn -q verify -Dtest=GeneratedFilesTest -Dit.test=ReadmeIT -Dassist.regenerate}.
 */
class ReadmeIT {

    private static final Path README = Path.of("README.md").toAbsolutePath();
    private static final boolean REGENERATE = System.getProperty("assist.regenerate") != null;

    private static LiveKitServerPart server;
    private static Participants participants;
    private static ModelServerPart model;

    @TempDir
    Path scratch;

    @TestFactory
    Stream<DynamicTest> everyCommandDoesWhatThePageShows() throws Exception {
        List<String> lines = Files.readAllLines(README);
        // From the end, so that lines written anew leave those before them where they are.
        List<Page.Block> blocks = Page.parse(lines).blocks();
        assertTrue(blocks.size() > 5, "The README's blocks are found");
        return blocks.stream()
                .sorted(Comparator.comparing(Page.Block::line).reversed())
                .map(block -> DynamicTest.dynamicTest(
                        "line " + block.line() + ": " + block.steps().getFirst().command().lines().findFirst().orElse(""),
                        () -> run(block)));
    }

    /** Commands in the text name options and commands that there are. */
    @TestFactory
    Stream<DynamicTest> everyCommandInTheTextCanBeWrittenSo() throws Exception {
        return Pattern.compile("(?<!`)`(assist [^`]+)`(?!`)")
                .matcher(Files.readString(README))
                .results()
                .map(found -> found.group(1))
                .filter(command -> command.equals(command.toLowerCase(Locale.ROOT)))
                .distinct()
                .map(command -> DynamicTest.dynamicTest(command, () -> {
                    Path folder = Files.createTempDirectory(scratch, "text");
                    Session.Ran ran = new Session(folder, Map.of()).run(List.of(withHelp(command)), folder).getFirst();
                    assertEquals(0, ran.code(), String.join("\n", ran.err()));
                }));
    }

    /** With its help asked for, a command is read but not run. */
    private static String withHelp(String command) {
        String first = command.split(" \\| ")[0];
        return first.endsWith("--help") ? first : first + " --help";
    }

    private void run(Page.Block block) throws Exception {
        Path folder = Files.createDirectories(scratch.resolve("" + block.line()));
        var session = new Session(folder, environment(block));
        if (block.session()) {
            session(block, session, Files.createDirectories(folder.resolve("work")));
        } else {
            script(block, session);
        }
    }

    /** Runs in the project's folder; the build itself is what made the program that is tested here. */
    private void script(Page.Block block, Session session) throws Exception {
        String command = block.steps().getFirst().command();
        String withoutBuild = command.replaceAll("(?m)^mvn [^&\n]*(&& )?", "");
        Session.Ran ran = session.run(List.of("set -e", withoutBuild + "\n:"), README.getParent()).getLast();
        assertEquals(0, ran.code(), command + "\n" + String.join("\n", ran.err()));
    }

    private void session(Page.Block block, Session session, Path folder) throws Exception {
        List<Session.Ran> ran = session.run(block.steps().stream().map(Page.Step::command).toList(), folder);
        var anew = new ArrayList<String>();
        for (int i = 0; i < ran.size(); i++) {
            Page.Step step = block.steps().get(i);
            Session.Ran did = ran.get(i);
            boolean codeIsShown = i + 1 < ran.size() && block.steps().get(i + 1).asksForExitCode();
            String where = "README.md:" + step.line() + ": " + step.command();
            if (!codeIsShown) {
                assertEquals(0, did.code(), where + "\n" + String.join("\n", did.err()));
            }
            if (REGENERATE) {
                anew.add("$ " + step.command());
                anew.addAll(Shown.renew(Shown.errors(step.shown()), did.err()));
                anew.addAll(Shown.renew(Shown.results(step.shown()), did.out()));
                continue;
            }
            fits(where + " (stdout)", Shown.results(step.shown()), did.out());
            fits(where + " (stderr)", Shown.errors(step.shown()), did.err());
        }
        if (REGENERATE) {
            write(block, anew);
        }
    }

    private static void fits(String where, List<String> shown, List<String> printed) {
        if (!Shown.fits(shown, printed)) {
            assertEquals(String.join("\n", shown), String.join("\n", printed), where);
        }
    }

    private static void write(Page.Block block, List<String> anew) throws Exception {
        var lines = new ArrayList<>(Files.readAllLines(README));
        int end = block.line();
        while (!lines.get(end).equals("```")) {
            end++;
        }
        List<String> body = lines.subList(block.line(), end);
        body.clear();
        body.addAll(anew.stream().flatMap(text -> text.lines().count() == 0 ? Stream.of("") : text.lines()).toList());
        Files.write(README, lines);
    }

    private static Map<String, String> environment(Page.Block block) {
        var environment = new HashMap<String, String>();
        for (String need : block.needs()) {
            switch (need) {
                case "livekit" -> environment.putAll(liveKit().environment());
                case "model" -> {
                    environment.put("OPENAI_BASE_URL", model().baseUrl());
                    environment.put("ASSIST_MODEL", ModelServerPart.MODEL);
                }
                case "postgresql" -> environment.put("ASSIST_STORE", PostgresPart.database().url());
                default -> throw new AssertionError("README.md:" + block.line() + ": there is no session “" + need + "”.");
            }
        }
        return environment;
    }

    /** A LiveKit server with the page's call in progress. */
    private static LiveKitServerPart liveKit() {
        if (server == null) {
            server = LiveKitServerPart.start();
            participants = Participants.of(server);
            participants.join("call-42", Join.agent("agent-maya"));
            participants.join("call-42", Join.caller("+14155550132"));
        }
        return server;
    }

    private static ModelServerPart model() {
        if (model == null) {
            model = ModelServerPart.start();
        }
        return model;
    }

    @AfterAll
    static void stop() {
        if (model != null) {
            model.close();
        }
        if (server != null) {
            participants.close();
            server.close();
        }
    }
}
