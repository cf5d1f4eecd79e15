package dev.agentassist.live.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.protobuf.ByteString;
import com.google.protobuf.UnknownFieldSet;
import dev.agentassist.testkit.Fixed;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.zip.Deflater;
import livekit.LivekitModels.DataPacket;
import livekit.LivekitModels.DataStream;
import livekit.LivekitModels.Transcription;
import livekit.LivekitModels.TranscriptionSegment;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Packets made with LiveKit's own generated classes, read with ours. */
class TranscriptionReaderTest {

    private final List<Said> said = new ArrayList<>();
    private final TranscriptionReader reader = new TranscriptionReader(said::add);

    private static DataPacket.Builder packet() {
        return DataPacket.newBuilder().setParticipantIdentity("ava");
    }

    private static DataStream.Header.Builder header(String id, boolean settled) {
        return DataStream.Header.newBuilder()
                .setStreamId(id)
                .setTopic("lk.transcription")
                .setMimeType("text/plain")
                .setTimestamp(1)
                .setTextHeader(DataStream.TextHeader.newBuilder().setGenerated(true))
                .putAllAttributes(Map.of(
                        "lk.segment_id", "S" + id, "lk.transcription_final", settled + "", "lk.transcribed_track_id", "TR"));
    }

    private static UnknownFieldSet deflate() {
        return UnknownFieldSet.newBuilder()
                .addField(12, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                .build();
    }

    private static byte[] deflated(String text) {
        var deflater = new Deflater(9, true);
        deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
        deflater.finish();
        var out = new ByteArrayOutputStream();
        byte[] part = new byte[1000];
        while (!deflater.finished()) {
            out.write(part, 0, deflater.deflate(part));
        }
        deflater.end();
        return out.toByteArray();
    }

    private void read(DataPacket.Builder packet) {
        reader.read(packet.build().toByteArray(), true, 0);
    }

    private void header(DataStream.Header.Builder header) {
        read(packet().setStreamHeader(header));
    }

    private static DataPacket.Builder chunk(String id, long index, byte[] content) {
        return packet().setStreamChunk(DataStream.Chunk.newBuilder()
                .setStreamId(id)
                .setChunkIndex(index)
                .setContent(ByteString.copyFrom(content)));
    }

    private void chunk(String id, long index, String text) {
        read(chunk(id, index, text.getBytes(StandardCharsets.UTF_8)));
    }

    private static DataPacket.Builder trailer(String id, boolean settled) {
        var trailer = DataStream.Trailer.newBuilder().setStreamId(id);
        if (settled) {
            trailer.putAttributes("lk.transcription_final", "true");
        }
        return packet().setStreamTrailer(trailer);
    }

    private Said last() {
        return said.getLast();
    }

    @Test
    void aDeltaStreamIsFinalByItsTrailer() {
        header(header("1", false));
        chunk("1", 0, "Hello ");
        assertEquals(new Said(Said.Way.STREAM, "ava", "S1", "Hello ", false, true, null, "TR"), last());
        chunk("1", 1, "world");
        assertFalse(last().settled());
        read(trailer("1", true));
        assertEquals(new Said(Said.Way.STREAM, "ava", "S1", "Hello world", true, true, null, "TR"), last());
        assertEquals(0, reader.openStreams());
    }

    @Test
    void aReplaceStreamIsFinalByItsHeaderButOnlyWithItsText() {
        header(header("1", true));
        assertFalse(last().settled());
        chunk("1", 0, "All of it.");
        assertFalse(last().settled());
        read(trailer("1", false));
        assertEquals("All of it.", last().text());
        assertTrue(last().settled());
    }

    @Test
    void contentComesInlinePlainAndCompressed() {
        var plain = UnknownFieldSet.newBuilder()
                .addField(11, UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.copyFromUtf8("Grüße")).build());
        header(header("1", true).setUnknownFields(plain.build()));
        assertEquals("Grüße", last().text());
        assertTrue(last().settled());
        String text = "again and again ".repeat(100);
        var packed = UnknownFieldSet.newBuilder(deflate())
                .addField(11, UnknownFieldSet.Field.newBuilder().addLengthDelimited(ByteString.copyFrom(deflated(text))).build());
        header(header("2", true).setUnknownFields(packed.build()));
        assertEquals(text, last().text());
        assertEquals(0, reader.openStreams());
    }

    @Property(tries = 500, seed = Fixed.SEED)
    void chunksInAnyOrderSplitAnywhereSentTwiceAndCompressedMakeTheText(
            @ForAll String random, @ForAll @Size(max = 8) List<Integer> cuts, @ForAll boolean compressed, @ForAll int seed) {
        // A lone surrogate has no UTF-8.
        String text = new String(random.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8) + "😀é";
        var texts = new ArrayList<Said>();
        var reading = new TranscriptionReader(texts::add);
        byte[] bytes = compressed ? deflated(text) : text.getBytes(StandardCharsets.UTF_8);
        int[] places = cuts.stream().mapToInt(c -> Math.floorMod(c, bytes.length + 1)).sorted().toArray();
        var packets = new ArrayList<DataPacket.Builder>();
        int from = 0;
        for (int i = 0; i <= places.length; i++) {
            int to = i < places.length ? places[i] : bytes.length;
            packets.add(chunk("1", i, Arrays.copyOfRange(bytes, from, to)));
            packets.add(chunk("1", i, Arrays.copyOfRange(bytes, from, to)));
            from = to;
        }
        Collections.shuffle(packets, new Random(seed));
        var header = header("1", false);
        if (compressed) {
            header.setUnknownFields(deflate());
        }
        // The header may come after the first chunk; the trailer last, as the channel keeps the order of one stream's end.
        packets.add(Math.floorMod(seed, 2), packet().setStreamHeader(header));
        packets.add(trailer("1", true));
        packets.forEach(p -> reading.read(p.build().toByteArray(), false, 0));
        assertTrue(texts.getLast().settled());
        assertEquals(text.startsWith("{") ? TimedText.plain(text) : text, texts.getLast().text());
        assertEquals(0, reading.openStreams());
    }

    @Test
    void jsonTimedStringsAreTheirTexts() {
        header(header("1", false));
        chunk("1", 0, "{\"text\": \"Hel\", \"start_time\": 0.1}\n{\"te");
        assertEquals("Hel", last().text());
        chunk("1", 1, "xt\": \"lo \\\"you\\\"\", \"words\": [{\"a\": 1}]}\n");
        read(trailer("1", true));
        assertEquals("Hello \"you\"", last().text());
        assertEquals("{not json", TimedText.plain("{not json"));
        assertEquals("{\"a\": 1}\n", TimedText.plain("{\"a\": 1}\n"));
    }

    @Test
    void theOlderPacketsNeedNoTrackAndNoSpeaker() {
        read(packet().setTranscription(Transcription.newBuilder()
                .setTranscribedParticipantIdentity("carl")
                .addSegments(TranscriptionSegment.newBuilder().setId("a").setText("One").setLanguage("de"))
                .addSegments(TranscriptionSegment.newBuilder().setId("b").setText("Two").setFinal(true))));
        assertEquals(
                List.of(
                        new Said(Said.Way.PACKET, "carl", "a", "One", false, true, "de", null),
                        new Said(Said.Way.PACKET, "carl", "b", "Two", true, true, null, null)),
                said);
        read(packet().setTranscription(Transcription.newBuilder()
                .addSegments(TranscriptionSegment.newBuilder().setId("c").setText("Three").setFinal(true))));
        assertEquals("ava", last().speaker());
    }

    @Test
    void whatIsSentAgainAfterAResumeIsDroppedAndANewSidBeginsAnew() {
        for (int sequence : new int[] {1, 2, 2, 1, 3}) {
            read(packet().setParticipantSid("PA_1").setSequence(sequence).setTranscription(Transcription.newBuilder()
                    .addSegments(TranscriptionSegment.newBuilder().setId("x" + sequence).setText("t"))));
        }
        assertEquals(List.of("x1", "x2", "x3"), said.stream().map(Said::segment).toList());
        assertEquals(2, reader.repeated());
        assertEquals(Map.of("PA_1", 3), reader.lastSequences());
        read(packet().setParticipantSid("PA_2").setSequence(1).setTranscription(Transcription.newBuilder()
                .addSegments(TranscriptionSegment.newBuilder().setId("y").setText("t"))));
        assertEquals("y", last().segment());
    }

    @Test
    void abandonedStreamsAreForgottenAndTheirMemoryHasABound() {
        for (int i = 0; i < 5_000; i++) {
            header(header("s" + i, false));
            chunk("s" + i, 0, "x".repeat(10_000));
            chunk("s" + i, 2, "y".repeat(10_000));
            chunk("orphan" + i, 0, "z".repeat(10_000));
        }
        assertTrue(reader.openStreams() <= TranscriptionReader.MOST_STREAMS);
        reader.expire(TranscriptionReader.ABANDONED_MILLIS + 1);
        assertEquals(0, reader.openStreams());
        // A few kilobytes that stand for a gigabyte.
        header(header("bomb", false).setUnknownFields(deflate()));
        byte[] bomb = deflated("0".repeat(50_000_000));
        for (int i = 0; i * 1000 < bomb.length; i++) {
            read(chunk("bomb", i, Arrays.copyOfRange(bomb, i * 1000, Math.min(bomb.length, i * 1000 + 1000))));
        }
        assertEquals(TextStream.LONGEST_TEXT, last().text().length());
    }

    @Test
    void encryptedPacketsAreRecognised() {
        reader.read(new byte[] {(byte) 0x92, 1, 0}, true, 0);
        assertTrue(reader.sawEncrypted());
    }

    @Property(tries = 20_000, seed = Fixed.SEED)
    void nothingThatIsSentDoesHarm(@ForAll byte[] bytes) {
        var reading = new TranscriptionReader(s -> {});
        reading.read(bytes, true, 0);
        reading.expire(1);
    }

    /** Real packets with bytes changed: deeper than random bytes reach. */
    @Test
    void damagedPacketsDoNoHarm() {
        var random = new Random(11);
        List<byte[]> real = new ArrayList<>();
        for (var p : List.of(
                packet().setStreamHeader(header("1", false).setUnknownFields(deflate())),
                chunk("1", 0, deflated("Hello there")),
                trailer("1", true),
                packet().setTranscription(Transcription.newBuilder()
                        .addSegments(TranscriptionSegment.newBuilder().setId("a").setText("One"))))) {
            real.add(p.build().toByteArray());
        }
        for (int i = 0; i < 200_000; i++) {
            byte[] damaged = real.get(i % real.size()).clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            reader.read(damaged, i % 3 == 0, i);
            said.clear();
        }
        assertTrue(reader.openStreams() <= TranscriptionReader.MOST_STREAMS);
    }
}
