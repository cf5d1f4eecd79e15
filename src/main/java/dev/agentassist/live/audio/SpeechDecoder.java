package dev.agentassist.live.audio;

import io.github.jaredmdobson.concentus.OpusDecoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.util.Arrays;

/** Decodes the Opus of one track to mono at 48 kHz, and makes up for a few lost packets. Any bytes do: bad ones are silence. */
public final class SpeechDecoder {

    /** More lost sound than this is silence: what is made up would be heard as such. */
    private static final int MOST_CONCEALED = OpusPacket.RATE * 100 / 1000;

    private final short[] pcm = new short[OpusPacket.MOST_SAMPLES];
    private OpusDecoder decoder;
    private long undecodable;

    /** How many packets could not be decoded. */
    public long undecodable() {
        return undecodable;
    }

    /** The samples, valid until the next call: {@link OpusPacket#samples} of them. */
    short[] decode(byte[] packet) {
        run(packet, OpusPacket.samples(packet), false);
        return pcm;
    }

    /**
     * What was probably said in a hole before a packet: from the low-rate copy that the packet may hold (RFC 6716, section
     * 2.1.7), else by carrying on. Null where it is too long.
     */
    short[] conceal(int samples, byte[] following) {
        if (samples > MOST_CONCEALED || samples < OpusPacket.LEAST_SAMPLES || samples % OpusPacket.LEAST_SAMPLES != 0) {
            return null;
        }
        if (samples == OpusPacket.samples(following)) {
            run(following, samples, true);
        } else {
            run(null, samples, false);
        }
        return pcm;
    }

    private void run(byte[] packet, int samples, boolean copy) {
        try {
            if (decoder == null) {
                decoder = new OpusDecoder(OpusPacket.RATE, 1);
            }
            int got = decoder.decode(packet, 0, packet == null ? 0 : packet.length, pcm, 0, samples, copy);
            if (got < samples) {
                Arrays.fill(pcm, Math.max(0, got), samples, (short) 0);
            }
        } catch (OpusException | RuntimeException | AssertionError e) {
            undecodable++;
            decoder = null;
            Arrays.fill(pcm, 0, samples, (short) 0);
        }
    }
}
