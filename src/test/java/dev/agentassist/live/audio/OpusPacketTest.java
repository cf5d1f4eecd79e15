package dev.agentassist.live.audio;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Fixed;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Any bytes are told apart from Opus, and decoded to as much sound as they say, without a failure. */
class OpusPacketTest {

    @Test
    void theTableOfTheStandard() {
        // RFC 6716, table 2, by configuration; code 0: one frame.
        int[] tenths = {
            100, 200, 400, 600, 100, 200, 400, 600, 100, 200, 400, 600, 100, 200, 100, 200,
            25, 50, 100, 200, 25, 50, 100, 200, 25, 50, 100, 200, 25, 50, 100, 200
        };
        for (int config = 0; config < 32; config++) {
            assertEquals(tenths[config] * 48 / 10, OpusPacket.samples(new byte[] {(byte) (config << 3), 1, 2}), "config " + config);
        }
    }

    @Test
    void whatBreaksTheRulesIsNoPacket() {
        assertEquals(0, OpusPacket.samples(new byte[0]));
        assertEquals(0, OpusPacket.samples(new byte[] {1, 2}), "two equal frames in an odd number of bytes");
        assertEquals(0, OpusPacket.samples(new byte[] {3}), "code 3 without its count");
        assertEquals(0, OpusPacket.samples(new byte[] {3, 0}), "no frames");
        assertEquals(0, OpusPacket.samples(new byte[] {(byte) (3 << 3 | 3), 3}), "180 ms");
        assertEquals(5760, OpusPacket.samples(new byte[] {(byte) (3 << 3 | 3), 2}), "120 ms");
    }

    @Test
    void silenceIsSilence() {
        for (int samples : new int[] {120, 240, 480, 960}) {
            byte[] packet = OpusPacket.silence(samples);
            assertEquals(samples, OpusPacket.samples(packet));
            short[] pcm = new SpeechDecoder().decode(packet);
            for (int i = 0; i < samples; i++) {
                assertEquals(0, pcm[i]);
            }
        }
    }

    @Property(tries = 20_000, seed = Fixed.SEED)
    void anyBytesAreDecodedOrCounted(@ForAll @Size(max = 400) byte[] bytes) {
        int samples = OpusPacket.samples(bytes);
        assertTrue(samples >= 0 && samples <= OpusPacket.MOST_SAMPLES && samples % OpusPacket.LEAST_SAMPLES == 0);
        if (samples > 0) {
            var decoder = new SpeechDecoder();
            decoder.decode(bytes);
            decoder.conceal(960, bytes);
            decoder.decode(Sounds.tone(440, 1).getFirst());
        }
    }
}
