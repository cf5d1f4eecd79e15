package dev.agentassist.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.json.Json;
import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.ModelServerPart;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.Running;
import dev.agentassist.testkit.ScriptedModelServer;
import dev.agentassist.testkit.ScriptedModelServer.Reply;
import dev.agentassist.testkit.ScriptedModelServer.Request;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Questions that {@code assist audit} puts to a model, which must lie, stall and refuse on purpose. */
class AuditModelIT {

    private static final Pattern PARCEL = Pattern.compile("parcel (\\d+)");

    @TempDir
    Path home;

    private Program program;

    @BeforeEach
    void program() throws IOException {
        program = new Program(home);
        Files.writeString(home.resolve("p.yaml"), """
                version: 1
                name: asks
                rules:
                  - {id: settled, severity: high, ask: {question: Was the caller's request settled?}}
                  - {id: put-off, severity: medium, ask: {question: Was the caller put off?, expect: no}}
                """);
    }

    private void store(int calls) {
        var lines = new StringBuilder();
        for (int n = 0; n < calls; n++) {
            lines.append(("{\"id\":\"c%04d\",\"status\":\"completed\",\"created_at\":\"2026-11-20T10:%02d:%02dZ\",\"conversation\":{\"items\":["
                            + "{\"type\":\"message\",\"role\":\"user\",\"content\":[\"Where is it? My card is 4242 4242 4242 4242.\"]},"
                            + "{\"type\":\"message\",\"role\":\"assistant\",\"content\":[\"It comes tomorrow, for sure. I mean parcel %d.\"]}]}}\n")
                    .formatted(n, n / 60, n % 60, n));
        }
        assertEquals(0, program.reading(lines.toString()).run("conversations", "import", "-").exit());
    }

    private static int parcel(Request request) {
        Matcher parcel = PARCEL.matcher(request.user());
        assertTrue(parcel.find(), request.user());
        return Integer.parseInt(parcel.group(1));
    }

    private static String answer(String settled, String quote, int turn) {
        return "{\"settled\":{\"evidence\":[{\"turn\":" + turn + ",\"quote\":\"" + quote + "\"}],\"answer\":\"" + settled + "\"},"
                + "\"put-off\":{\"evidence\":[],\"answer\":\"no\"}}";
    }

    private Program.Result audit(ScriptedModelServer server, String... more) {
        var words = new java.util.ArrayList<String>(java.util.List.of(
                "audit", "--since", "2026-11-01", "--policy", "p.yaml", "--model", "m", "--base-url", server.baseUrl()));
        words.addAll(java.util.List.of(more));
        return program.run(words.toArray(String[]::new));
    }

    @Test
    void anAnswerCountsOnlyWithWordsThatBearItOut() throws Exception {
        store(4);
        Function<Request, Reply> model = r -> Reply.content(switch (parcel(r)) {
            case 0 -> answer("yes", "It comes tomorrow", 2);
            case 1 -> answer("no", "Where is it?", 1);
            // From the wrong turn, and never said.
            case 2 -> answer("yes", "It comes tomorrow", 1);
            default -> answer("yes", "It arrived yesterday", 2);
        });
        try (var server = new ScriptedModelServer(model)) {
            var audited = audit(server);
            assertEquals(7, audited.exit(), audited.toString());
            Map<String, String> rows = new HashMap<>();
            audited.out().lines().forEach(l -> rows.put(l.substring(20, 25), l));
            assertTrue(rows.get("c0000").contains("\"verdict\":\"pass\""), rows.get("c0000"));
            assertTrue(rows.get("c0001").contains("is answered no.\",\"turns\":[1]"), rows.get("c0001"));
            assertTrue(rows.get("c0002").contains("\"verdict\":\"error\""), rows.get("c0002"));
            assertTrue(rows.get("c0003").contains("gave no answer to the question of settled"), rows.get("c0003"));
            assertEquals(6, server.requests().size(), "what fails is asked for once more");
            assertFalse(server.requests().getFirst().user().contains("4242 4242"), "no card number leaves the machine");
        }
    }

    /** Whatever it says, only an answer with words that stand in their turns decides; the rest are rows with their errors. */
    @Test
    void aRealSmallModelDecidesNothingWithoutEvidence() throws Exception {
        store(2);
        try (var model = ModelServerPart.start()) {
            var audited = program.with("ASSIST_MODEL_TIMEOUT", "10m")
                    .within(Duration.ofMinutes(15))
                    .run("audit", "--since", "2026-11-01", "--policy", "p.yaml", "--fail-on", "never",
                            "--model", ModelServerPart.MODEL, "--base-url", model.baseUrl());
            assertEquals(2, audited.out().lines().count(), audited.toString());
            boolean undecided = false;
            for (String line : audited.out().lines().toList()) {
                JsonNode row = Json.MAPPER.readTree(line);
                String verdict = row.path("verdict").asText();
                assertTrue(Set.of("pass", "fail", "error").contains(verdict), line);
                undecided |= verdict.equals("error");
                for (JsonNode finding : row.path("findings")) {
                    for (JsonNode turn : finding.path("turns")) {
                        assertTrue(turn.asInt() >= 1 && turn.asInt() <= 2, line);
                    }
                }
            }
            assertEquals(undecided ? 6 : 0, audited.exit(), audited.toString());
        }
    }

    @Test
    void withoutAModelThePolicyIsRefusedBeforeAnything() {
        var refused = program.run("audit", "--policy", "p.yaml", "--format", "csv");
        assertEquals(2, refused.exit());
        assertTrue(refused.err().contains("asks a model, and none is configured"), refused.err());
    }

    @Test
    void capsStopCleanlyAndResumeGoesOn() throws Exception {
        store(10);
        try (var server = new ScriptedModelServer(r -> Reply.content(answer("yes", "It comes tomorrow", 2)))) {
            var capped = audit(server, "--output", "night.jsonl", "--max-calls", "4", "--concurrency", "2");
            assertEquals(6, capped.exit(), capped.toString());
            assertTrue(capped.err().contains("Stopped: --max-calls 4 is reached."), capped.err());
            assertEquals(4, Files.readAllLines(home.resolve("night.jsonl")).size());
            assertEquals(0, audit(server, "--output", "night.jsonl", "--resume").exit());
            assertEquals(10, Files.readAllLines(home.resolve("night.jsonl")).size());
            assertEquals(10, server.requests().size());
            assertEquals(6, audit(server, "--max-tokens", "300", "--concurrency", "1").exit());
        }
    }

    @Test
    void aServerThatWantsAPauseGetsIt() throws Exception {
        store(6);
        var refused = new AtomicInteger();
        Function<Request, Reply> busy = r -> refused.getAndIncrement() == 0
                ? Reply.error(429, "slow down").with("Retry-After", "1")
                : Reply.content(answer("yes", "It comes tomorrow", 2));
        try (var server = new ScriptedModelServer(busy)) {
            assertEquals(0, audit(server, "--concurrency", "2").exit());
            assertEquals(7, server.requests().size());
        }
    }

    @Test
    void aModelThatIsAwayIsARowsErrorAndNotTheEnd() throws Exception {
        store(3);
        try (var server = new ScriptedModelServer(r -> parcel(r) == 1
                ? Reply.error(400, "no")
                : Reply.content(answer("yes", "It comes tomorrow", 2)))) {
            var audited = audit(server);
            assertEquals(6, audited.exit(), audited.toString());
            assertEquals(3, audited.out().lines().count());
            assertEquals(2, audited.out().lines().filter(l -> l.contains("\"verdict\":\"pass\"")).count());
        }
    }

    /** Killed while it asks: what the disk has of the answers is never asked for again. */
    @Test
    void noAnswerIsPaidTwice() throws Exception {
        store(60);
        try (var server = new ScriptedModelServer(r -> Reply.content(answer("yes", "It comes tomorrow", 2)))) {
            Path journal = home.resolve(".night.jsonl.journal");
            var kept = new TreeSet<String>();
            for (int kill = 1; kill <= 3; kill++) {
                int until = kill * 12;
                try (Running run = program.start("audit", "--since", "2026-11-01", "--policy", "p.yaml", "--model", "m",
                        "--base-url", server.baseUrl(), "--output", "night.jsonl", "--resume")) {
                    Await.until("some answers are there", () -> !run.isAlive() || answered(journal).size() >= until);
                    run.signal("KILL");
                    run.await();
                }
                int before = server.requests().size();
                kept.addAll(answered(journal));
                assertTrue(before >= kept.size());
            }
            int asked = server.requests().size();
            assertEquals(0, audit(server, "--output", "night.jsonl", "--resume").exit());
            var again = new TreeSet<String>();
            server.requests().subList(asked, server.requests().size()).forEach(r -> again.add("c%04d".formatted(parcel(r))));
            again.retainAll(kept);
            assertEquals(new TreeSet<String>(), again);
            assertEquals(60, Files.readAllLines(home.resolve("night.jsonl")).size());
        }
    }

    private static TreeSet<String> answered(Path journal) {
        var ids = new TreeSet<String>();
        try {
            if (Files.exists(journal)) {
                for (String line : Files.readString(journal).split("\n")) {
                    if (line.startsWith("{\"answers_for\":\"") && line.endsWith("}}")) {
                        ids.add(line.substring(16, 21));
                    }
                }
            }
        } catch (IOException e) {
            return ids;
        }
        return ids;
    }
}
