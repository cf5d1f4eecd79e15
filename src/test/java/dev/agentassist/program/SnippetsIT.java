package dev.agentassist.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.json.Json;
import dev.agentassist.testkit.Parts;
import dev.agentassist.testkit.Program;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets for LiveKit Agents hand a real chat history over to the packaged program, which stores and briefs it. */
class SnippetsIT {

    @TempDir
    Path scratch;

    @Test
    void aCallOfAgentsForPythonIsStoredAndBriefed() throws Exception {
        Path python = Parts.agentsPython();
        copy("src/snippets/assist_import.py", "assist_import.py");
        copy("src/test/python/snippet.py", "snippet.py");
        handsOver("'" + python + "' snippet.py");
    }

    @Test
    void aCallOfAgentsForNodeIsStoredAndBriefed() throws Exception {
        Path agents = Parts.agentsNode();
        copy("src/snippets/assist_import.mjs", "assist_import.mjs");
        copy("src/test/node/agents/snippet.mjs", "snippet.mjs");
        Files.createSymbolicLink(scratch.resolve("node_modules"), agents.resolve("node_modules"));
        handsOver("node snippet.mjs");
    }

    private void copy(String file, String to) throws IOException {
        Files.copy(Path.of(file), scratch.resolve(to));
    }

    private void handsOver(String command) throws IOException {
        var program = new Program(Files.createDirectory(scratch.resolve("home"))).in(scratch);

        Program.Result handed = program.shell(command);
        assertEquals(0, handed.exit(), handed.toString());
        // What is no call is refused with the program's own words.
        assertTrue(handed.out().contains("assist ended with 2: assist: "), handed.toString());

        JsonNode calls = Json.MAPPER.readTree(program.run("conversations", "list", "--format", "json").out());
        assertEquals(1, calls.size(), "handed over twice, stored once");
        JsonNode call = calls.get(0);
        assertEquals("SCL_1", call.path("id").asText());
        assertEquals("+14155550132", call.path("user_id").asText());
        assertEquals("call-42", call.path("room_name").asText());
        assertEquals("completed", call.path("status").asText());
        assertEquals("telephone", call.path("channel").asText());
        assertEquals("maya", call.path("agent").path("name").asText());

        Program.Result brief = program.run("brief", "+14155550132", "--format", "json");
        assertEquals(0, brief.exit(), brief.toString());
        JsonNode portal = Json.MAPPER.readTree(brief.out());
        assertEquals(3, portal.path("transcript").size());
        assertEquals("agent", portal.path("transcript").get(0).path("role").asText());
        assertEquals("Alder and Vine, how can I help?", portal.path("transcript").get(0).path("text").asText());
        assertTrue(portal.path("information_collected").toString().contains("AV48213"), "the tool's call is read");
        assertTrue(portal.path("information_collected").toString().contains("delayed"), "its result is read");
        assertFalse(brief.out().contains("Never tell this"), "the system's prompt was not spoken");
    }
}
