package dev.agentassist.store;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.json.Json;
import dev.agentassist.testkit.Program;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A million calls through the packaged program, in the 256 MB of heap that its launcher gives it. */
@Tag("slow")
class MillionCallsIT {

    private static final int COUNT = Integer.getInteger("assist.calls", 1_000_000);

    /** Before the last call, the busy caller's newest. */
    private static final int BUSY = (COUNT - 1) / 50 * 50;

    @TempDir
    private Path home;

    private static String ok(Program.Result run) {
        assertEquals(0, run.exit(), run::toString);
        return run.out();
    }

    private static String id(String line) {
        try {
            return Json.MAPPER.readTree(line).get("id").asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> newest(int many) {
        return IntStream.range(0, many).mapToObj(i -> ManyCalls.call(COUNT - 1 - i).id()).toList();
    }

    @Test
    void areImportedListedAndFound() throws Exception {
        Path file = home.resolve("calls.jsonl");
        try (var out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < COUNT; i++) {
                out.append(ConversationJson.write(ManyCalls.call(i)).toString()).append('\n');
            }
        }
        Program assist = new Program(home).within(Duration.ofMinutes(30));
        Program.Result imported = assist.run("conversations", "import", file.toString());
        ok(imported);
        assertTrue(imported.err().contains("added"), imported::toString);

        List<String> ids = ok(assist.run("conversations", "list", "--limit", "3", "--format", "jsonl")).lines()
                .map(MillionCallsIT::id)
                .toList();
        assertEquals(newest(3), ids);
        String all = ok(assist.shell("assist conversations list --format jsonl | wc -l"));
        assertEquals(COUNT, Integer.parseInt(all.strip()));
        // A reader that goes away ends the listing long before the millionth line.
        assertEquals(2, ok(assist.shell("assist conversations list | head -2")).lines().count());

        String brief = ok(assist.run("brief", ManyCalls.BUSY_CALLER, "--format", "json", "--quiet"));
        assertEquals(ManyCalls.call(BUSY).id(), Json.MAPPER.readTree(brief).at("/meta/conversation_id").asText());
        Program.Result again = assist.run("conversations", "import", file.toString());
        ok(again);
        assertTrue(again.err().contains("unchanged") && !again.err().contains("added"), again::toString);
    }
}
