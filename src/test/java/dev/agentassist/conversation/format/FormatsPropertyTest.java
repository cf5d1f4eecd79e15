package dev.agentassist.conversation.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.conversation.Transcript;
import dev.agentassist.conversation.Turn;
import dev.agentassist.conversation.Turn.Speaker;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.testkit.Fixed;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

/** What holds of every format for any content: nothing is lost on the way, and nothing breaks a reader. */
class FormatsPropertyTest {

    private static final Instant BEGIN = Instant.parse("2026-11-22T12:00:00Z");

    record Said(Speaker speaker, String text) {}

    @Provide
    Arbitrary<List<Said>> speech() {
        Arbitrary<String> words = Arbitraries.oneOf(
                // Half a surrogate pair is no text.
                Arbitraries.strings().ofMinLength(1).ofMaxLength(40).map(t -> new String(t.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)),
                Arbitraries.of("-->", "<v Agent>x", "&amp;", "Caller: no", "00:00:01,000 --> 00:00:02,000", "WEBVTT", "NOTE x", "# x", "7", "{\"a\":1}", "a\r\nb", "\u2028", "😀"));
        return Combinators.combine(Arbitraries.of(Speaker.values()), words).as(Said::new).list().ofMinSize(1).ofMaxSize(8);
    }

    private static Conversation call(List<Said> speech) {
        var call = new HistoryBuilder();
        call.id = "c1";
        call.createdAt = BEGIN;
        for (int i = 0; i < speech.size(); i++) {
            call.say(speech.get(i).speaker(), speech.get(i).text(), BEGIN.plusSeconds(i));
        }
        return call.build(FormatsTest.HINTS);
    }

    private static List<Turn> turns(Conversation call) {
        return Transcript.read(call.transcript()).turns();
    }

    private static Conversation through(Conversation call, String format) throws IOException {
        var out = new StringBuilder();
        TranscriptWriter writer = Writers.of(format);
        writer.begin(out);
        writer.write(call, out);
        writer.end(out);
        List<Parsed> read = FormatsTest.read(out.toString());
        assertEquals(1, read.size(), out.toString());
        return assertInstanceOf(Parsed.Read.class, read.getFirst(), out.toString()).conversation();
    }

    @Property(tries = 500, seed = Fixed.SEED)
    void objectsComeBackAsTheyWere(@ForAll("speech") List<Said> speech) throws IOException {
        Conversation call = call(speech);
        for (String format : List.of("jsonl", "json")) {
            assertEquals(ConversationJson.write(call).toString(), ConversationJson.write(through(call, format)).toString());
        }
    }

    @Property(tries = 500, seed = Fixed.SEED)
    void chatHistoryComesBackTurnByTurn(@ForAll("speech") List<Said> speech) throws IOException {
        Conversation call = call(speech);
        assertEquals(turns(call), turns(through(call, "chat")));
    }

    /** What subtitles cannot hold is white space and control characters; SRT has no arrow either. */
    @Property(tries = 1000, seed = Fixed.SEED)
    void subtitlesKeepWhoSaidWhatAndWhen(@ForAll("speech") List<Said> speech) throws IOException {
        Conversation call = call(speech);
        List<Turn> spoken = turns(call).stream().filter(t -> !line(t.text()).isEmpty()).toList();
        if (spoken.isEmpty()) {
            return;
        }
        for (String format : List.of("vtt", "srt")) {
            List<Turn> read = turns(through(call, format));
            assertEquals(spoken.size(), read.size(), format);
            for (int i = 0; i < read.size(); i++) {
                assertEquals(spoken.get(i).speaker(), read.get(i).speaker(), format);
                assertEquals(spoken.get(i).timestamp().toEpochMilli() / 1000, read.get(i).timestamp().toEpochMilli() / 1000, format);
                String text = line(spoken.get(i).text());
                if (format.equals("vtt") && !text.contains("<") && !text.contains("&")) {
                    assertEquals(text, line(read.get(i).text()));
                }
            }
        }
    }

    private static String line(String text) {
        return text.replaceAll("[\\p{Cntrl}\\u2028\\u2029\\u0085\\u202a-\\u202e\\u2066-\\u2069]+", " ").replaceAll("[\\s\\h]+", " ").strip();
    }

    @Provide
    Arbitrary<Path> sample() throws IOException {
        try (Stream<Path> files = Files.list(FormatsTest.SAMPLES)) {
            return Arbitraries.of(files.filter(Files::isRegularFile).sorted().toList());
        }
    }

    /** A reader gives records, or ends with a sentence; nothing else. */
    private static void survives(byte[] bytes) throws IOException {
        try {
            for (Parsed parsed : FormatsTest.read(bytes)) {
                if (parsed instanceof Parsed.Read read) {
                    turns(read.conversation());
                    ConversationJson.write(read.conversation()).toString();
                }
            }
        } catch (Failure e) {
            assertInstanceOf(Problem.BadInput.class, e.problem());
            assertTrue(e.problem().detail().endsWith("."), e.problem().detail());
        }
    }

    @Property(tries = 60, seed = Fixed.SEED)
    void aFileCutAtAnyByteGivesASentence(@ForAll("sample") Path file) throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 1 + length % 3) {
            survives(Arrays.copyOf(whole, length));
        }
    }

    @Property(tries = 1500, seed = Fixed.SEED)
    void aFileWithBytesChangedGivesASentence(
            @ForAll("sample") Path file, @ForAll @Size(min = 1, max = 6) List<Integer> places, @ForAll byte change) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        for (int place : places) {
            bytes[Math.floorMod(place, bytes.length)] = change;
        }
        survives(bytes);
    }

    @Property(tries = 1000, seed = Fixed.SEED)
    void anyBytesGiveASentence(@ForAll @Size(max = 300) byte[] bytes) throws IOException {
        survives(bytes);
    }

    @Property(tries = 1000, seed = Fixed.SEED)
    void anyTextAfterAnyBeginningGivesASentence(
            @ForAll("beginning") String beginning, @ForAll String text) throws IOException {
        survives((beginning + text).getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<String> beginning() {
        return Arbitraries.of(
                "WEBVTT\n\n", "WEBVTT\n\n00:01.000 --> 00:02.000\n", "1\n00:00:01,000 --> 00:00:02,000\n", "Agent: ", "{\"items\": [", "[{\"role\": \"user\", \"content\": ",
                "{\"sentences\": [{\"media_channel\": ", "\ufeff", "{\"id\": \"a\", \"status\": \"completed\", \"created_at\": ");
    }
}
