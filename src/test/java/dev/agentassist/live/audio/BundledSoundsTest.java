package dev.agentassist.live.audio;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.SpeechPart;
import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusSignal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The sounds that are bundled are those that are made here. To make them anew:
 * {@code mvn -q test -Dtest=BundledSoundsTest -Dassist.regenerate} (the prompt is spoken by espeak-ng, whose releases differ:
 * it is compared with nothing).
 */
class BundledSoundsTest {

    private static final String PROMPT = "You have a call waiting. Press 1 to take the call, 2 to decline.";
    private static final Path FOLDER = Path.of("src/main/resources/dev/agentassist/transfer");
    private static final boolean REGENERATE = System.getProperty("assist.regenerate") != null;

    @TempDir
    Path scratch;

    @Test
    void theMusicIsTheOneThatIsMadeHere() throws Exception {
        Path file = FOLDER.resolve("hold.ogg");
        byte[] made = coded(HoldMusic.samples(), OpusSignal.OPUS_SIGNAL_MUSIC, 40_000, "Hold music of Agent Assist");
        if (REGENERATE) {
            write(file, made);
        }
        assertArrayEquals(made, Files.readAllBytes(file), "run with -Dassist.regenerate");

        OggOpusFile ogg = OggOpusFile.read(file);
        assertEquals(1, ogg.channels());
        assertEquals(48_000, ogg.millis());
        assertTrue(made.length < 300_000, made.length + " bytes");
        short[] pcm = Sounds.play(made);
        assertTrue(loudness(pcm, 0, pcm.length) > 800, "it is heard");
        // Where it begins again nothing is cut off: its last tenth of a second is all but silent.
        assertTrue(loudness(pcm, pcm.length - 4800, pcm.length) < 40, "it has ended before it begins again");
    }

    @Test
    void thePromptIsSpeech() throws Exception {
        Path file = FOLDER.resolve("prompt.ogg");
        if (REGENERATE) {
            short[] spoken = at48000(SpeechPart.speak(PROMPT, scratch.resolve("prompt.wav")));
            write(file, coded(spoken, OpusSignal.OPUS_SIGNAL_VOICE, 24_000, PROMPT));
        }
        OggOpusFile ogg = OggOpusFile.read(file);
        assertEquals(1, ogg.channels());
        assertTrue(ogg.millis() > 3000 && ogg.millis() < 9000, ogg.millis() + " ms");
        byte[] bytes = Files.readAllBytes(file);
        assertTrue(bytes.length < 40_000, bytes.length + " bytes");
        assertTrue(OggFile.read(bytes).tags().contains("TITLE=" + PROMPT));
        short[] pcm = Sounds.play(bytes);
        assertTrue(loudness(pcm, 0, pcm.length) > 800, "it is heard");
    }

    private static void write(Path file, byte[] bytes) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, bytes);
    }

    private static double loudness(short[] pcm, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) pcm[i] * pcm[i];
        }
        return Math.sqrt(sum / (to - from));
    }

    private static byte[] coded(short[] pcm, OpusSignal signal, int bitsPerSecond, String title) throws IOException, OpusException {
        var encoder = new OpusEncoder(OpusPacket.RATE, 1, OpusApplication.OPUS_APPLICATION_AUDIO);
        encoder.setBitrate(bitsPerSecond);
        encoder.setComplexity(10);
        encoder.setSignalType(signal);
        encoder.setUseVBR(true);
        var out = new ByteArrayOutputStream();
        try (var ogg = new OggOpusWriter(out, 1, encoder.getLookahead(), 1, Map.of("TITLE", title))) {
            var coded = new byte[1275];
            for (int at = 0; ogg.samples() < pcm.length; at += Sounds.FRAME) {
                short[] frame = at < pcm.length ? Arrays.copyOfRange(pcm, at, at + Sounds.FRAME) : new short[Sounds.FRAME];
                ogg.packet(Arrays.copyOf(coded, encoder.encode(frame, 0, Sounds.FRAME, coded, 0, coded.length)));
            }
            ogg.end(pcm.length);
        }
        return out.toByteArray();
    }

    /** Speech at 48 kHz, as loud as speech should be, with a little silence on both sides. */
    private static short[] at48000(Path wav) throws IOException {
        ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(wav)).order(ByteOrder.LITTLE_ENDIAN);
        int rate = in.getInt(24);
        var spoken = new short[(in.capacity() - 44) / 2];
        in.position(44).asShortBuffer().get(spoken);
        int peak = 1;
        for (short s : spoken) {
            peak = Math.max(peak, Math.abs(s));
        }
        int silence = OpusPacket.RATE * 3 / 10;
        var pcm = new short[(int) ((long) spoken.length * OpusPacket.RATE / rate) + 2 * silence];
        for (int i = silence; i < pcm.length - silence; i++) {
            pcm[i] = (short) Math.round(between(spoken, (i - silence) * (double) rate / OpusPacket.RATE) * 16_384 / peak);
        }
        return pcm;
    }

    /** The sound between two samples: a windowed sinc over 32 of them. */
    private static double between(short[] pcm, double at) {
        int whole = (int) Math.floor(at);
        double sum = 0;
        for (int i = whole - 15; i <= whole + 16; i++) {
            double x = at - i;
            double sinc = x == 0 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
            double window = 0.5 + 0.5 * Math.cos(Math.PI * x / 17);
            sum += i >= 0 && i < pcm.length ? pcm[i] * sinc * window : 0;
        }
        return sum;
    }
}
