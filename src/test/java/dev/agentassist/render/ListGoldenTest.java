package dev.agentassist.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.check.Finding;
import dev.agentassist.config.Key;
import dev.agentassist.config.ShownSetting;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.conversation.Status;
import dev.agentassist.exchange.ImportReport;
import dev.agentassist.json.JsonTree;
import dev.agentassist.store.ConversationFilter;
import dev.agentassist.store.Stores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** Lists and reports against their golden files; {@code -Dassist.regenerate} writes them anew. */
class ListGoldenTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/lists");

    /** A record in which everything that somebody else chose is hostile. */
    private static final String HOSTILE =
            """
            {"id": "call-\\u001b[2J-1", "organization_id": "o", "direction": "inbound", "channel": "telephone", "status": "completed",
             "user_id": "+14155550132", "room_name": "call-1", "agent": {"id": "a", "name": "Eve\\u001b]0;x\\u0007 of a very long name, \\u202eindeed\\nand two lines"},
             "duration": 3723, "user_turn_count": 2, "created_at": "2026-11-22T10:00:00Z", "updated_at": "2026-11-22T11:02:03.5Z",
             "summary": "A summary\\u001b[31m in red, longer than a line of eighty columns can hold, so that it goes on in the next one.",
             "custom_metadata": {"ticket\\u001b[1m": "T-1", "nested": {"a": [1, 2]}},
             "conversation": {"items": [
               {"type": "message", "role": "assistant", "content": ["Hello,\\nhow can I help?"], "created_at": 1795341600},
               {"type": "message", "role": "user", "content": ["\\u001b[2JClear your screen \\u202e now, please, and do it at once, or else I shall have to ask again."], "interrupted": true},
               {"type": "function_call", "call_id": "c1", "name": "look\\u0007up", "arguments": "{\\"id\\": 1}"},
               {"type": "function_call_output", "call_id": "c1", "name": "lookup", "output": "no\\u001b]8;;http://x\\u0007", "is_error": true}]}}""";

    private static void same(String file, String text) throws IOException {
        Path golden = GOLDEN.resolve(file);
        if (System.getProperty("assist.regenerate") != null) {
            Files.writeString(golden, text);
        }
        assertEquals(Files.readString(golden), text, file);
        // JSON holds every character as it is, but the controls, which it escapes.
        assertFalse(text.contains("\u001b") || !file.contains(".json") && text.contains("\u202e"), text);
    }

    private static Conversation hostile() throws IOException {
        return ConversationJson.read(JsonTree.read(HOSTILE));
    }

    /** The sample calls, then the hostile one, then a room that is known from LiveKit alone. */
    private static List<ConversationInfo> infos() throws IOException {
        var all = new ArrayList<ConversationInfo>();
        try (var store = Stores.demo(); var list = store.list(ConversationFilter.ALL)) {
            list.forEach(all::add);
        }
        all.add(hostile().info());
        all.add(new ConversationInfo(
                null, null, null, null, Status.IN_PROGRESS, null, null, null, "room with a name", null, null,
                Instant.parse("2026-11-23T10:00:00.123Z"), Instant.parse("2026-11-23T10:00:00.123Z")));
        return all;
    }

    private static String rows(Function<Consumer<String>, ConversationRows> kind) throws IOException {
        var text = new StringBuilder();
        ConversationRows rows = kind.apply(text::append);
        infos().forEach(rows::row);
        rows.end();
        return text.toString();
    }

    @Test
    void conversationsInATable() throws IOException {
        same("table-80.txt", rows(out -> new ConversationTable(80, out)));
        same("table-160.txt", rows(out -> new ConversationTable(160, out)));
    }

    @Test
    void conversationsAsJson() throws IOException {
        same("list.json", rows(ConversationJsonList::array));
        same("list.jsonl", rows(ConversationJsonList::lines));
        assertEquals(infos().size(), JsonTree.read(rows(ConversationJsonList::array)).size());
        for (String line : rows(ConversationJsonList::lines).split("\n")) {
            assertTrue(JsonTree.read(line).isObject(), line);
        }
    }

    @Test
    void oneConversation() throws IOException {
        same("call.txt", new ConversationText(80, (style, text) -> "<" + style + ">" + text + "</>").write(hostile()));
        same("call.json", ConversationJsonList.pretty(hostile()));
        assertEquals(hostile(), ConversationJson.read(JsonTree.read(ConversationJsonList.line(hostile()))));
    }

    @Test
    void nothing() {
        var text = new StringBuilder();
        ConversationJsonList.array(text::append).end();
        assertEquals("[]\n", text.toString());
        new ConversationTable(80, text::append).end();
        ConversationJsonList.lines(text::append).end();
        assertEquals("[]\n", text.toString());
    }

    @Test
    void settings() throws IOException {
        var view = new SettingsWriter.View(
                Path.of("/home/kim/.config/agent-assist/config.toml"),
                true,
                "work",
                List.of("default", "work"),
                List.of(
                        new ShownSetting(Key.LIVEKIT_URL, true, "wss://calls.example.com", "$LIVEKIT_URL"),
                        new ShownSetting(Key.LIVEKIT_API_SECRET, true, "********", "profile work (/home/kim/.config/agent-assist/config.toml)"),
                        new ShownSetting(Key.STORE, true, "postgresql://kim:********@db.example.com:5432/calls?table=conversations", "--store"),
                        new ShownSetting(Key.TIMEOUT, true, "10s", "default"),
                        new ShownSetting(Key.MODEL, false, null, null)));
        same("settings.txt", SettingsWriter.text(view));
        same("settings.json", SettingsWriter.json(view));
    }

    @Test
    void importReports() throws IOException {
        var some = new ImportReport("conversation objects", 18, 2, 3, 1, 4);
        var none = new ImportReport("WebVTT", 0, 0, 0, 0, 0);
        same(
                "import.txt",
                ImportReportWriter.sentence(some, "calls.jsonl") + "\n" + ImportReportWriter.sentence(none, "empty.vtt") + "\n"
                        + ImportReportWriter.json(some) + ImportReportWriter.json(none));
    }

    @Test
    void findingsOfChecks() throws IOException {
        var findings = List.of(
                new Finding("config", Finding.State.OK, "Read from /home/kim/.config/agent-assist/config.toml.", null),
                new Finding("livekit", Finding.State.FAILED, "The server answered \u001b[2J401.", "Check LIVEKIT_API_KEY."),
                new Finding("store", Finding.State.WARNING, "The table is empty.", "Import calls."),
                new Finding("model", Finding.State.NOT_SET, "No model is set.", "Give --model."));
        var text = new StringBuilder();
        findings.forEach(f -> text.append(FindingWriter.text(f, (style, plain) -> "<" + style + ">" + plain + "</>")));
        same("findings.txt", text.toString());
        same("findings.json", FindingWriter.json(findings));
    }
}
