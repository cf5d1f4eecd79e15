package dev.agentassist.conversation.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.conversation.Transcript;
import dev.agentassist.conversation.Turn;
import dev.agentassist.json.Json;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FormatsTest {

    static final Path SAMPLES = Path.of("src/test/resources/formats");
    static final FormatHints HINTS = new FormatHints(Instant.parse("2026-11-22T12:00:00Z"), null);

    static List<Parsed> read(InputStream in) throws IOException {
        var all = new ArrayList<Parsed>();
        try (Records records = Formats.open(in, "calls", HINTS)) {
            records.forEachRemaining(all::add);
        }
        return all;
    }

    static List<Parsed> read(byte[] bytes) throws IOException {
        return read(new ByteArrayInputStream(bytes));
    }

    static List<Parsed> read(String text) throws IOException {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    private static Problem problem(String text) {
        return assertThrows(Failure.class, () -> read(text), text).problem();
    }

    private static Conversation only(String text) throws IOException {
        List<Parsed> all = read(text);
        assertEquals(1, all.size());
        return assertInstanceOf(Parsed.Read.class, all.getFirst(), () -> all.toString()).conversation();
    }

    private static List<String> said(Conversation conversation) {
        return Transcript.read(conversation.transcript()).turns().stream()
                .map(t -> (t.speaker() == Turn.Speaker.AGENT ? "A: " : "C: ") + t.text())
                .toList();
    }

    @ParameterizedTest
    @CsvSource({
        "vapi.json, Vapi calls",
        "vapi-report.json, Vapi calls",
        "retell.json, Retell calls",
        "twilio.json, Twilio sentences",
        "amazon.json, Amazon Transcribe call analytics",
        "deepgram.json, Deepgram results",
        "chat-history.json, LiveKit Agents' chat history",
        "session-report.json, LiveKit Agents' chat history",
        "messages.json, LiveKit Agents' chat history",
        "platform.jsonl, conversation objects",
        "platform.json, conversation objects",
        "call.vtt, WebVTT",
        "call.srt, SRT",
        "call.txt, text with speakers",
    })
    void eachFormatIsKnownByItsContentAndReadWhole(String file, String name) throws Exception {
        var text = new StringBuilder();
        try (Records records = Formats.open(Files.newInputStream(SAMPLES.resolve(file)), file, HINTS)) {
            while (records.hasNext()) {
                var read = assertInstanceOf(Parsed.Read.class, records.next());
                text.append(Json.pretty().writeValueAsString(ConversationJson.write(read.conversation()))).append('\n');
            }
            assertEquals(name, records.format().replace('’', '\''));
        }
        Gold.check(SAMPLES.resolve("gold").resolve(file + ".read"), text.toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"UTF-8", "UTF-16LE", "UTF-16BE"})
    void everyUnicodeEncodingIsReadWithAMarkAndWithout(String charset) throws Exception {
        String text = "{\"items\": [{\"type\": \"message\", \"role\": \"user\", \"content\": [\"Größe 😀 " + "x".repeat(9000) + "😀\"]}]}";
        for (String mark : List.of("", "\ufeff")) {
            var read = read((mark + text).getBytes(Charset.forName(charset)));
            var one = assertInstanceOf(Parsed.Read.class, read.getFirst());
            assertTrue(said(one.conversation()).getFirst().startsWith("C: Größe 😀 x"), charset);
            assertTrue(said(one.conversation()).getFirst().endsWith("x😀"), charset);
        }
    }

    @Test
    void historiesOfTwoCallsAreTwoCallsWhateverWasSaid() throws Exception {
        String greeting = "{\"items\": [{\"id\": \"%s\", \"type\": \"message\", \"role\": \"assistant\", \"content\": [\"Hello.\"], \"created_at\": %s}]}";
        String silent = "{\"job_id\": \"%s\", \"room_id\": \"%s\", \"room\": \"call-42\", \"chat_history\": {\"items\": []}}";
        var ids = new ArrayList<String>();
        for (String history : List.of(
                greeting.formatted("item_1", "1795348801.5"),
                greeting.formatted("item_2", "1795348801.5"),
                greeting.formatted("item_1", "1795348802.5"),
                silent.formatted("AJ_1", "RM_1"),
                silent.formatted("AJ_2", "RM_1"),
                silent.formatted("AJ_1", "RM_2"))) {
            String id = only(history).id();
            assertEquals(id, only(history).id());
            assertFalse(ids.contains(id), history);
            ids.add(id);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"2026-11-22T10:30:00Z", "2026-11-22T10:30:00", "2026-11-22 10:30:00.000", "2026-11-22T12:30:00+02:00"})
    void aTimeWithoutAZoneIsUtcInEveryFormat(String time) throws Exception {
        for (String call : List.of(
                "{\"id\": \"v\", \"startedAt\": \"%s\", \"messages\": [{\"role\": \"user\", \"message\": \"Hi.\", \"time\": 1, \"secondsFromStart\": 1}]}",
                "{\"items\": [{\"type\": \"message\", \"role\": \"user\", \"content\": [\"Hi.\"], \"created_at\": \"%s\"}]}",
                "{\"id\": \"c\", \"status\": \"completed\", \"created_at\": \"%s\"}")) {
            assertEquals(Instant.parse("2026-11-22T10:30:00Z"), only(call.formatted(time)).info().createdAt(), call);
        }
    }

    @Test
    void instructionsToTheAgentAreNeverSpeech() throws Exception {
        for (String file : List.of("vapi.json", "chat-history.json")) {
            Conversation read = only(Files.readString(SAMPLES.resolve(file)));
            assertTrue(said(read).stream().noneMatch(t -> t.contains("helpful agent")), said(read).toString());
        }
    }

    @Test
    void namesAreToldApartByWhatIsKnownOfThem() throws Exception {
        assertEquals(List.of("A: a", "C: b"), said(only("Maya: a\nDana: b\n")));
        assertEquals(List.of("C: a", "A: b"), said(only("Dana: a\nAgent: b\n")));
        assertEquals(List.of("A: a\nthe number is: 5", "C: b http://x"), said(only("Agent: a\nthe number is: 5\nCaller: b http://x\n")));
        assertEquals(List.of("C: a", "A: b"), said(only("Caller: a\n\n# note\nSupport: b")));
    }

    @Test
    void theSameFileGivesTheSameId() throws Exception {
        assertEquals(only("Agent: a\nCaller: b\n").id(), only("Agent: a\nCaller: b\n").id());
        assertFalse(only("Agent: a\nCaller: b\n").id().equals(only("Agent: a\nCaller: c\n").id()));
    }

    @Test
    void aBadRecordIsNamedByItsPlaceFieldAndMendAndTheNextOnesAreRead() throws Exception {
        String good = "{\"id\": \"a\", \"status\": \"completed\", \"created_at\": \"2026-11-22T12:00:00Z\"}";
        List<Parsed> lines = read(good + "\n{\"id\": \"b\", \"status\": \"gone\", \"created_at\": \"2026-11-22T12:00:00Z\"}\n\n{\"id\": \n"
                + good + "\n{\"what\": 1}\n5\n");
        assertEquals(List.of("line 1", "line 2", "line 4", "line 5", "line 6", "line 7"), lines.stream().map(Parsed::place).toList());
        var bad = assertInstanceOf(Parsed.Bad.class, lines.get(1)).problem();
        assertTrue(bad.detail().contains("“status”") && bad.detail().contains("gone"), bad.detail());
        assertTrue(bad.hint().contains("completed"), bad.hint());
        assertTrue(assertInstanceOf(Parsed.Bad.class, lines.get(2)).problem().detail().contains("cut off"));
        assertInstanceOf(Parsed.Read.class, lines.get(3));
        assertInstanceOf(Parsed.Bad.class, lines.get(4));
        List<Parsed> array = read("[" + good + ", {\"id\": \"b\", \"status\": \"completed\"}, 7, " + good + "]");
        assertEquals(List.of("index 0", "index 1", "index 2", "index 3"), array.stream().map(Parsed::place).toList());
        assertTrue(assertInstanceOf(Parsed.Bad.class, array.get(1)).problem().detail().contains("created_at"));
        assertInstanceOf(Parsed.Bad.class, array.get(2));
    }

    @Test
    void whatCannotBeReadOnEndsWithItsPlace() {
        String good = "{\"id\": \"a\", \"status\": \"completed\", \"created_at\": \"2026-11-22T12:00:00Z\"}";
        Problem cut = problem("[" + good + ",\n" + good.substring(0, 30));
        assertTrue(cut.detail().startsWith("calls, index 1: The JSON is cut off at line 2"), cut.detail());
        Problem twice = problem("[{\"id\": \"a\", \"id\": \"b\"}]");
        assertTrue(twice.detail().contains("stands twice"), twice.detail());
        Problem rest = problem("[" + good + "] x");
        assertInstanceOf(Problem.BadInput.class, rest);
    }

    @Test
    void aFileThatIsNothingIsSaidSo() {
        for (String text : List.of("", "   \n\n", "hello world, nothing here", "\0\0\0\0x", "PK\u0003\u0004", "<html></html>", "2026-11-22: a: b")) {
            assertInstanceOf(Problem.BadInput.class, problem(text), text);
        }
        for (String text : List.of("WEBVTT\n", "WEBVTT\n\n00:01.000 --> 00:02.000\n\n", "WEBVTT\n\n1 --> 2\nx\n")) {
            assertInstanceOf(Problem.BadInput.class, problem(text), text);
        }
    }

    @Test
    void aTimeOutsideOfAllCalendarsIsABadRecord() throws Exception {
        for (String text : List.of(
                "{\"sentences\": [{\"media_channel\": 1, \"start_time\": 1e300, \"transcript\": \"x\"}]}",
                "{\"results\": {\"utterances\": [{\"start\": 1e300, \"transcript\": \"x\"}]}, \"metadata\": {\"duration\": 1e300}}",
                "{\"Transcript\": [{\"ParticipantRole\": \"AGENT\", \"Content\": \"x\", \"BeginOffsetMillis\": 9223372036854775807}]}",
                "{\"artifact\": {\"messages\": [{\"role\": \"user\", \"message\": \"x\", \"time\": 9223372036854775807}]}}",
                "{\"items\": [{\"role\": \"user\", \"content\": \"x\", \"created_at\": 1e400}]}")) {
            read(text).forEach(p -> assertTrue(p instanceof Parsed.Bad || p instanceof Parsed.Read, text));
        }
    }

    /** As much as a reader may need to give up on it, without a clock: the limit is far above. */
    private static final Duration LONG = Duration.ofMinutes(2);

    @Test
    void aLineWithoutAnEndEndsWithASentence() {
        for (String start : List.of("{\"id\": \"", "[{\"id\": \"", "{\"a\": [", "Agent: ", "WEBVTT\n\n00:01.000 --> 00:02.000\n<v ", "1\n00:00:01,000 --> 00:00:02,000\n")) {
            for (byte fill : new byte[] {'a', ' ', '<', ':'}) {
                assertTimeoutPreemptively(LONG, () -> {
                    var endless = new SequenceInputStream(
                            new ByteArrayInputStream(start.getBytes(StandardCharsets.UTF_8)), new Endless(fill, 200L << 20));
                    Problem problem;
                    try {
                        List<Parsed> all = read(endless);
                        problem = assertInstanceOf(Parsed.Bad.class, all.getFirst()).problem();
                    } catch (Failure e) {
                        problem = e.problem();
                    }
                    assertInstanceOf(Problem.BadInput.class, problem, start);
                });
            }
        }
    }

    @Test
    void longLinesThatLookLikeSomethingAreReadInLinearTime() {
        int much = 4_000_000;
        for (String text : List.of(
                "Agent: hi\n" + " ".repeat(much) + "x",
                "Agent: hi\nab" + " ".repeat(much) + "x",
                "Agent: hi\n[00:01" + " ".repeat(much) + "x",
                "WEBVTT\n\n00:01.000 --> 00:02.000\n<v" + " ".repeat(much) + "x",
                "WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>" + "<b ".repeat(much / 4),
                "WEBVTT\n\n00:01.000 --> 00:02.000\n<v A>x" + " ".repeat(much) + "y",
                "WEBVTT\n\n" + " ".repeat(much) + "-->",
                "WEBVTT\n\n00:01.000 --> 00:02.000\n" + "a".repeat(39) + " ".repeat(much) + "x")) {
            assertTimeoutPreemptively(LONG, () -> {
                try {
                    read(text);
                } catch (Failure e) {
                    assertInstanceOf(Problem.BadInput.class, e.problem());
                }
            });
        }
    }

    /** One byte again and again. */
    private static final class Endless extends InputStream {
        private final byte fill;
        private long left;

        Endless(byte fill, long left) {
            this.fill = fill;
            this.left = left;
        }

        @Override
        public int read() {
            return left-- > 0 ? fill : -1;
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            if (left <= 0) {
                return -1;
            }
            int n = (int) Math.min(length, left);
            java.util.Arrays.fill(into, offset, offset + n, fill);
            left -= n;
            return n;
        }
    }
}
