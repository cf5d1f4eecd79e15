package dev.agentassist.live.audio;

import static dev.agentassist.live.audio.Sounds.FRAME_NANOS;
import static dev.agentassist.live.audio.Sounds.START;
import static dev.agentassist.live.audio.Sounds.packet;
import static dev.agentassist.live.audio.Sounds.strength;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Fixed;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is recorded is what was said, when it was said, and as long as the listening. */
class RecordingTest {

    private static final int RATE = OpusPacket.RATE;

    @TempDir
    private Path folder;

    /** Ticks as the thread does, and packets when they arrive. */
    private static void feed(Recording recording, String track, String who, List<byte[]> packets, double atSecond) throws IOException {
        long begin = START + (long) (atSecond * 1e9);
        for (int i = 0; i < packets.size(); i++) {
            recording.packet(packet(track, who, i, 77_000L + i * 960L, packets.get(i), begin + i * FRAME_NANOS));
            recording.tick(begin + i * FRAME_NANOS);
        }
    }

    @Test
    void twoSpeakersAreHeardInOneFileEachAtTheirTime() throws IOException {
        var heard = new Sounds.Heard();
        var recording = new MixedRecording(START, heard);
        feed(recording, "TR_a", "agent", Sounds.tone(440, 100), 1);
        feed(recording, "TR_b", "caller", Sounds.tone(1000, 100), 4);
        recording.finish(START + 8_000_000_000L);

        short[] pcm = heard.pcm();
        assertEquals(8 * RATE, pcm.length);
        assertTrue(heard.closed && heard.flushes >= 4, "flushed each second: " + heard.flushes);
        assertTrue(strength(pcm, 0, RATE - 2000, 440) < 20);
        assertTrue(strength(pcm, RATE + 4000, 3 * RATE - 4000, 440) > 6000);
        assertTrue(strength(pcm, 3 * RATE + 2000, 4 * RATE - 2000, 440) < 100);
        assertTrue(strength(pcm, 4 * RATE + 4000, 6 * RATE - 4000, 1000) > 6000);
        assertTrue(strength(pcm, 4 * RATE + 4000, 6 * RATE - 4000, 440) < 100);
    }

    @Test
    void aLostPacketIsHardlyHeard() throws IOException {
        var heard = new Sounds.Heard();
        var recording = new MixedRecording(START, heard);
        List<byte[]> tone = Sounds.tone(440, 100);
        for (int i = 0; i < 100; i++) {
            if (i % 10 != 5) {
                recording.packet(packet("TR", "a", i, i * 960L, tone.get(i), START + i * FRAME_NANOS));
            }
            recording.tick(START + i * FRAME_NANOS);
        }
        recording.finish(START + 2_000_000_000L);
        short[] pcm = heard.pcm();
        assertEquals(2 * RATE, pcm.length);
        for (int i = 10; i < 90; i++) {
            assertTrue(strength(pcm, i * 960, i * 960 + 960, 440) > 2500, "there is sound at frame " + i);
        }
    }

    @Property(tries = 60, seed = Fixed.SEED)
    void anOggFileIsAsLongAsItsSoundAndPlays(@ForAll @IntRange(min = 0, max = 200_000) int samples, @ForAll Random random)
            throws IOException {
        var out = new ByteArrayOutputStream();
        var ogg = new OggSound(out, random.nextInt(), Map.of("TITLE", "a\u001b[31mb"));
        var pcm = new short[1000];
        for (int left = samples; left > 0; ) {
            int some = Math.min(left, 1 + random.nextInt(1000));
            ogg.write(pcm, some);
            left -= some;
            if (random.nextInt(10) == 0) {
                ogg.flush();
            }
        }
        ogg.close();
        OggFile file = OggFile.read(out.toByteArray());
        assertTrue(file.ended());
        assertEquals(samples, file.length());
        assertTrue(file.tags().contains("TITLE=a\ufffd[31mb"), file.tags());
        file.pageSamples().forEach(s -> assertTrue(s <= RATE + 960, "a page for each second: " + s));
    }

    @Test
    void anOggFilePlaysAtTheSameTimeAsWhatWasGiven() throws IOException {
        var out = new ByteArrayOutputStream();
        var ogg = new OggSound(out, 1, Map.of());
        var pcm = new short[RATE];
        for (int i = RATE / 2; i < RATE; i++) {
            pcm[i] = (short) (9000 * Math.sin(2 * Math.PI * 300 * i / RATE));
        }
        ogg.write(pcm, RATE);
        ogg.close();
        short[] played = Sounds.play(out.toByteArray());
        assertEquals(RATE, played.length);
        // Where the tone begins, to the millisecond or three.
        assertTrue(strength(played, RATE / 2 - 1500, RATE / 2 - 150, 300) < 400, "" + strength(played, RATE / 2 - 1500, RATE / 2 - 150, 300));
        assertTrue(strength(played, RATE / 2 + 150, RATE / 2 + 1500, 300) > 5000, "" + strength(played, RATE / 2 + 150, RATE / 2 + 1500, 300));
    }

    @Test
    void aFileThatWasCutOffPlaysUpToThere() throws IOException {
        var out = new ByteArrayOutputStream();
        var recording = new MixedRecording(START, new OggSound(out, 1, Map.of()));
        feed(recording, "TR", "a", Sounds.tone(440, 500), 0);
        // No end: killed. Every write was a whole page.
        OggFile cut = OggFile.read(out.toByteArray());
        assertTrue(!cut.ended() && cut.length() > 8 * RATE, "ten seconds but for the last: " + cut.length());
    }

    @Test
    void separateFilesHoldThePacketsAsTheyCame() throws IOException {
        Map<String, ByteArrayOutputStream> files = new LinkedHashMap<>();
        var recording = new SeparateRecording(START, (who, count) -> files.computeIfAbsent(who + count, k -> new ByteArrayOutputStream()));
        List<byte[]> agent = Sounds.tone(440, 100);
        List<byte[]> caller = Sounds.tone(1000, 50);
        feed(recording, "TR_a", "agent", agent, 1);
        feed(recording, "TR_b", "caller", caller, 4.0075);
        // The same speaker's next track.
        feed(recording, "TR_c", "agent", agent.subList(0, 20), 6);
        recording.finish(START + 8_123_000_000L);

        assertEquals(List.of("agent1", "caller1"), List.copyOf(files.keySet()));
        OggFile a = OggFile.read(files.get("agent1").toByteArray());
        OggFile b = OggFile.read(files.get("caller1").toByteArray());
        assertEquals(8_123 * 48, a.length());
        assertEquals(8_123 * 48, b.length());
        assertTrue(a.ended() && b.ended());
        int first = indexOf(a.packets(), agent.getFirst());
        for (int i = 0; i < 100; i++) {
            assertEquals(ByteBuffer.wrap(agent.get(i)), ByteBuffer.wrap(a.packets().get(first + i)), "packet " + i);
        }
        assertEquals(a.preSkip() + RATE, before(a, first), "to the sample where it was said");
        assertEquals(b.preSkip() + 4 * RATE + 360, before(b, indexOf(b.packets(), caller.getFirst())));
    }

    private static int indexOf(List<byte[]> packets, byte[] packet) {
        for (int i = 0; i < packets.size(); i++) {
            if (java.util.Arrays.equals(packets.get(i), packet)) {
                return i;
            }
        }
        throw new AssertionError("The packet is not there.");
    }

    private static int before(OggFile file, int index) {
        return file.packets().subList(0, index).stream().mapToInt(OpusPacket::samples).sum();
    }

    @Test
    void oneSpeakersTwoTracksAtOnceAreTwoFiles() throws IOException {
        Map<String, ByteArrayOutputStream> files = new LinkedHashMap<>();
        var recording = new SeparateRecording(START, (who, count) -> files.computeIfAbsent(who + count, k -> new ByteArrayOutputStream()));
        byte[] opus = Sounds.tone(440, 1).getFirst();
        for (int i = 0; i < 50; i++) {
            recording.packet(packet("TR_a", "a", i, i * 960L, opus, START + i * FRAME_NANOS));
            recording.packet(packet("TR_b", "a", i, 9_999_999 + i * 960L, opus, START + i * FRAME_NANOS + 1));
            recording.tick(START + i * FRAME_NANOS);
        }
        recording.finish(START + 1_000_000_000L);
        assertEquals(List.of("a1", "a2"), List.copyOf(files.keySet()));
        files.values().forEach(f -> assertEquals(RATE, OggFile.read(f.toByteArray()).length()));
    }

    @Test
    void aWavFileHasTheRightHeaderAtAnyMoment() throws IOException {
        Path file = folder.resolve("a.wav");
        try (var channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
            WavFile wav = WavFile.into(channel);
            var pcm = new short[] {1, -2, 3};
            for (int i = 1; i <= 3; i++) {
                wav.write(pcm, 3);
                wav.flush();
                ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
                assertEquals(44 + 6 * i, bytes.limit());
                assertEquals(36 + 6 * i, bytes.getInt(4));
                assertEquals(6 * i, bytes.getInt(40));
                assertEquals(-2, bytes.getShort(46));
            }
        }
    }

    @Test
    void aWavStreamSaysThatItsLengthIsNotKnown() throws IOException {
        var out = new ByteArrayOutputStream();
        WavFile wav = WavFile.into(out);
        wav.write(new short[] {7}, 1);
        ByteBuffer bytes = ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals(46, bytes.limit(), "nothing waits for more");
        assertEquals(-1, bytes.getInt(4));
        assertEquals(-1, bytes.getInt(40));
    }
}
