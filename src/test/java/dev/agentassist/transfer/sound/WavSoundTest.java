package dev.agentassist.transfer.sound;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.live.audio.Sounds;
import dev.agentassist.testkit.Fixed;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** WAV of synthesisers: any rate, one channel or two, with or without a length. */
class WavSoundTest {

    private static byte[] wav(int rate, int channels, int hertz, int frames, int saidLength) {
        var out = ByteBuffer.allocate(44 + 2 * frames * channels).order(ByteOrder.LITTLE_ENDIAN);
        out.put("RIFF".getBytes()).putInt(0).put("WAVEfmt ".getBytes()).putInt(16).putShort((short) 1).putShort((short) channels);
        out.putInt(rate).putInt(rate * channels * 2).putShort((short) (channels * 2)).putShort((short) 16);
        out.put("data".getBytes()).putInt(saidLength);
        for (int i = 0; i < frames; i++) {
            for (int c = 0; c < channels; c++) {
                out.putShort((short) (8000 * Math.sin(2 * Math.PI * hertz * i / rate)));
            }
        }
        return out.array();
    }

    @ParameterizedTest
    @CsvSource({"8000,1", "22050,1", "44100,2", "48000,1"})
    void aToneStaysTheSameTone(int rate, int channels) throws IOException {
        short[] pcm = WavSound.at48k(wav(rate, channels, 440, rate, 0x7ffff000));
        assertEquals(48_000, pcm.length, 5);
        assertTrue(Sounds.strength(pcm, 4800, 43_200, 440) > 7500);
        assertTrue(Sounds.strength(pcm, 4800, 43_200, 880) < 200);
    }

    @Test
    void itIsMadeIntoPackets() throws IOException {
        assertTrue(WavSound.encode(wav(22_050, 1, 440, 22_050, 44_100)).packets().size() >= 50);
    }

    @Test
    void whatIsNoneIsSaid() {
        byte[] good = wav(8000, 1, 440, 100, 200);
        byte[] eightBit = good.clone();
        eightBit[34] = 8;
        assertThrows(IOException.class, () -> WavSound.encode(eightBit));
        assertThrows(IOException.class, () -> WavSound.encode(Arrays.copyOf(good, 30)));
        assertThrows(IOException.class, () -> WavSound.encode(new byte[0]));
    }

    @Property(seed = Fixed.SEED)
    void rubbishIsRefusedOrRead(@ForAll byte[] rest) {
        byte[] bytes = ByteBuffer.allocate(12 + rest.length).put("RIFF....WAVE".getBytes()).put(rest).array();
        try {
            WavSound.at48k(bytes);
        } catch (IOException e) {
            assertTrue(e.getMessage() != null);
        }
    }
}
