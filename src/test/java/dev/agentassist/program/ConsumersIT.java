package dev.agentassist.program;

import static dev.agentassist.program.Check.json;
import static dev.agentassist.program.Check.ok;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.testkit.Consumers;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.PostgresPart;
import dev.agentassist.testkit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the program writes for others, read by these: JUnit's schema, Prometheus's parser, GitHub's and Kubernetes' schemas. */
class ConsumersIT {

    private static final Path EXAMPLES = Path.of("docs/examples");

    @TempDir
    private Path home;

    private Program assist() {
        return new Program(home);
    }

    private Program.Result smoke(Map<String, String> deployment, String... more) {
        var words = new ArrayList<>(List.of("smoke", "--yes", "--timeout", "60s"));
        words.addAll(List.of(more));
        return assist().with(deployment).run(words.toArray(String[]::new));
    }

    private static Map<String, String> deployment() {
        return LiveKitServerPart.shared().environment();
    }

    private static Map<String, String> nobody() {
        var environment = new HashMap<>(deployment());
        environment.put("LIVEKIT_URL", "ws://127.0.0.1:9");
        return environment;
    }

    @Test
    void ciSystemsReadTheReportOfSmoke() {
        Consumers.junit(ok(smoke(deployment(), "--skip", "latency", "--format", "junit")));
        Program.Result failed = smoke(deployment(), "--only", "latency", "--max-text", "0ms", "--format", "junit");
        assertTrue(failed.exit() == 7 && failed.out().contains("<failure "), failed::toString);
        Consumers.junit(failed.out());
        Program.Result unreached = smoke(nobody(), "--format", "junit");
        assertTrue(unreached.exit() == 6 && unreached.out().contains("<error ") && unreached.out().contains("<skipped "), unreached::toString);
        Consumers.junit(unreached.out());
        assertThrows(AssertionError.class, () -> Consumers.junit(failed.out().replace("testcase", "test")));
    }

    @Test
    void ciSystemsReadTheReportOfAnAudit() {
        Program.Result run = assist().run("audit", "--demo", "--since", "2026-11-01", "--fail-on", "never", "--format", "junit");
        assertTrue(ok(run).contains("<failure ") && run.out().contains("<skipped "), run::toString);
        Consumers.junit(run.out());
    }

    @Test
    void prometheusReadsTheFiguresOfSmoke() {
        Path good = Consumers.file(home, "good.prom", ok(smoke(deployment(), "--skip", "latency", "--format", "prometheus")));
        assertEquals(1, value(Consumers.prometheus(good), "agent_assist_smoke_success", Map.of()));
        assertEquals(1, value(Consumers.prometheus(good), "agent_assist_smoke_check_success", Map.of("check", "unseen")));
        assertTrue(value(Consumers.prometheus(good), "agent_assist_smoke_text_latency_seconds", Map.of()) > 0);
        wellNamed(Consumers.prometheus(good));
        Path bad = Consumers.file(home, "bad.prom", smoke(nobody(), "--format", "prometheus").out());
        assertEquals(0, value(Consumers.prometheus(bad), "agent_assist_smoke_reached", Map.of()));
        wellNamed(Consumers.prometheus(bad));
        Path broken = Consumers.file(home, "broken.prom", "agent_assist_smoke_success{check=\"a} 1\n");
        assertThrows(AssertionError.class, () -> Consumers.prometheus(broken));
    }

    @Test
    void prometheusReadsTheFiguresOfAnAudit() {
        Path file = home.resolve("audit.prom");
        ok(assist().run("audit", "--demo", "--since", "2026-11-01", "--fail-on", "never", "--prometheus", file.toString()));
        JsonNode families = Consumers.prometheus(file);
        double calls = value(families, "agent_assist_audit_calls", Map.of("verdict", "pass"))
                + value(families, "agent_assist_audit_calls", Map.of("verdict", "fail"));
        assertTrue(calls > 0, families::toString);
        wellNamed(families);
    }

    /** The sample with these labels and perhaps more. */
    private static double value(JsonNode families, String name, Map<String, String> labels) {
        for (JsonNode family : families) {
            for (JsonNode sample : family.get("samples")) {
                boolean fits = labels.entrySet().stream()
                        .allMatch(l -> sample.get("labels").path(l.getKey()).asText().equals(l.getValue()));
                if (sample.get("name").asText().equals(name) && fits) {
                    return sample.get("value").asDouble();
                }
            }
        }
        throw new AssertionError(name + labels + " is missing in " + families);
    }

    /** Prometheus's conventions: one prefix, gauges with a help, base units, no family twice. */
    private static void wellNamed(JsonNode families) {
        var names = new ArrayList<String>();
        for (JsonNode family : families) {
            String name = family.get("name").asText();
            names.add(name);
            assertTrue(name.matches("agent_assist_[a-z0-9_]+"), name);
            assertEquals("gauge", family.get("type").asText(), name);
            assertTrue(family.get("help").asText().endsWith("."), name);
            assertTrue(!name.matches(".*(_ms|_millis|_minutes|_total|_count)$"), name);
        }
        assertEquals(names.stream().distinct().toList(), names);
    }

    @Test
    void gitHubTakesTheWorkflow() throws IOException {
        Path workflow = EXAMPLES.resolve("smoke.yml");
        Consumers.workflow(workflow);
        Path broken = Consumers.file(home, "broken.yml", Files.readString(workflow).replace("runs-on:", "run-on:"));
        assertThrows(AssertionError.class, () -> Consumers.workflow(broken));
    }

    @Test
    void theWorkflowsStepsRun() throws IOException {
        Path folder = Files.createDirectories(home.resolve("repository"));
        Files.createSymbolicLink(folder.resolve("assist"), Program.installation());
        for (JsonNode step : Consumers.yaml(EXAMPLES.resolve("smoke.yml")).at("/0/jobs/deploy/steps")) {
            String script = step.path("run").asText().replaceAll("(?m)^chmod .*$", "").replace("--max-text 1s", "--max-text 60s --max-sound 60s --max-connect 60s");
            if (script.contains("assist/bin/assist")) {
                ok(assist().in(folder).with(deployment()).with("ASSIST_TIMEOUT", "60s").shell("set -e\n" + script.replace("smoke --yes --format", "smoke --yes --skip latency --format")));
            }
        }
        Consumers.junit(Files.readString(folder.resolve("before.xml")));
        Consumers.junit(Files.readString(folder.resolve("after.xml")));
    }

    @Test
    void kubernetesTakesTheManifest() throws IOException {
        Path manifest = EXAMPLES.resolve("audit-job.yaml");
        Consumers.kubernetes(manifest);
        Path broken = Consumers.file(home, "broken.yaml", Files.readString(manifest).replace("completionMode:", "completeMode:"));
        assertThrows(AssertionError.class, () -> Consumers.kubernetes(broken));
    }

    /** The pods' own command, one after the other, on one PostgreSQL: each call once, and a second run of a pod as the first. */
    @Test
    void theManifestsPodsPartTheCallsOfOneDatabase() throws IOException {
        Program team = assist().with("ASSIST_STORE", PostgresPart.database().url());
        ok(team.run("config", "check", "--create"));
        ok(team.reading(ok(team.run("conversations", "export", "--demo"))).run("conversations", "import", "-"));
        JsonNode manifest = Consumers.yaml(EXAMPLES.resolve("audit-job.yaml"));
        Path results = Files.createDirectories(home.resolve("results"));
        Path policy = Consumers.file(home, "policy.yaml", manifest.at("/0/data/policy.yaml").asText());
        String command = manifest.at("/2/spec/template/spec/containers/0/args/0").asText().replace("--since 24h", "--since 2026-11-01");
        Program pod = team.with("RESULTS", results.toString()).with("POLICY", policy.toString());
        var ids = new ArrayList<String>();
        int shards = manifest.at("/2/spec/completions").asInt();
        for (int index = 0; index < shards; index++) {
            Program.Result run = pod.with("JOB_COMPLETION_INDEX", "" + index).shell(command);
            assertTrue(run.exit() == 0 || run.exit() == 7, run::toString);
            Path part = results.resolve("audit." + (index + 1) + "-of-" + shards + ".jsonl");
            for (String line : Files.readAllLines(part)) {
                ids.add(json(line).get("conversation_id").asText());
            }
            wellNamed(Consumers.prometheus(results.resolve("audit." + (index + 1) + "-of-" + shards + ".prom")));
        }
        Program.Result whole = team.run("audit", "--since", "2026-11-01", "--fail-on", "never");
        List<String> all = ok(whole).lines().map(l -> json(l).get("conversation_id").asText()).sorted().toList();
        assertTrue(all.size() > 5, whole::toString);
        assertEquals(all, ids.stream().sorted().toList());
    }
}
