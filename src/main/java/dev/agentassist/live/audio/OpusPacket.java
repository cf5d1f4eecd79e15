package dev.agentassist.live.audio;

import java.util.Arrays;

/** What can be told of an Opus packet without decoding it (RFC 6716, section 3). */
public final class OpusPacket {

    /** Samples a second that all positions and lengths count. */
    public static final int RATE = 48_000;

    /** A packet holds 120 ms at most (RFC 6716, section 3.4, R5). */
    public static final int MOST_SAMPLES = RATE * 120 / 1000;

    /** The shortest frame: 2.5 ms. */
    static final int LEAST_SAMPLES = RATE / 400;

    private static final int LONGEST_FRAME_BYTES = 1275;

    private OpusPacket() {}

    /** How long it plays, or 0 where it is empty or no Opus packet. */
    public static int samples(byte[] packet) {
        if (packet.length == 0) {
            return 0;
        }
        int frame = frameSamples(packet[0] & 0xff);
        int frames = frames(packet);
        int samples = frame * frames;
        return samples > MOST_SAMPLES ? 0 : samples;
    }

    /** Whether it was coded with two channels. */
    public static boolean stereo(byte[] packet) {
        return packet.length > 0 && (packet[0] & 4) != 0;
    }

    /** Table 2: the configuration is in the five upper bits. */
    private static int frameSamples(int toc) {
        int config = toc >> 3;
        if (config < 12) {
            return new int[] {480, 960, 1920, 2880}[config & 3];
        }
        if (config < 16) {
            return (config & 1) == 0 ? 480 : 960;
        }
        return LEAST_SAMPLES << (config & 3);
    }

    /** Section 3.2: 0 where the packet breaks a rule that its bytes can tell. */
    private static int frames(byte[] packet) {
        int payload = packet.length - 1;
        return switch (packet[0] & 3) {
            case 0 -> payload <= LONGEST_FRAME_BYTES ? 1 : 0;
            case 1 -> payload % 2 == 0 && payload / 2 <= LONGEST_FRAME_BYTES ? 2 : 0;
            case 2 -> payload >= 1 ? 2 : 0;
            default -> payload >= 1 ? packet[1] & 0x3f : 0;
        };
    }

    /**
     * A packet of silence: a CELT frame of the full band whose first symbol says so.
     *
     * @param samples 120, 240, 480 or 960
     */
    public static byte[] silence(int samples) {
        int size = Arrays.binarySearch(new int[] {120, 240, 480, 960}, samples);
        if (size < 0) {
            throw new IllegalArgumentException("No frame of CELT has " + samples + " samples.");
        }
        return new byte[] {(byte) ((28 + size) << 3), (byte) 0xff, (byte) 0xfe};
    }
}
