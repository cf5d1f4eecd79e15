package dev.agentassist.live.audio;

import java.util.Arrays;

/**
 * The bundled music for callers on hold: broken chords on something like an electric piano, written down here and nowhere
 * else, so that it is ours and anybody's. It fades where it ends, so that it can begin again at once. The same samples on
 * every machine.
 */
final class HoldMusic {

    private static final int RATE = OpusPacket.RATE;
    /** An eighth at 80 beats a minute. */
    private static final int EIGHTH = RATE * 3 / 8;
    /** MIDI numbers: the bass, then the chord from below. Tones that a telephone carries. */
    private static final int[][] BARS = {
        {48, 60, 64, 67, 74}, {45, 60, 64, 67, 72}, {53, 60, 65, 69, 76}, {55, 59, 62, 67, 74},
        {48, 60, 64, 67, 74}, {45, 60, 64, 69, 76}, {50, 60, 65, 69, 77}, {55, 59, 65, 67, 74},
        {52, 59, 64, 67, 76}, {45, 60, 64, 69, 72}, {53, 60, 65, 69, 76}, {48, 60, 64, 67, 79},
        {50, 57, 62, 65, 74}, {55, 59, 62, 67, 71}, {48, 60, 64, 67, 72}, {48, 60, 64, 67, 76}
    };
    private static final int[] UP_AND_DOWN = {1, 2, 3, 4, 3, 2, 3, 2};
    /** Of the last bar, what is left to die away. */
    private static final int LAST_NOTES = 4;

    private final double[] sound = new double[BARS.length * 8 * EIGHTH];

    private HoldMusic() {}

    /** Mono at 48 kHz, 48 seconds. */
    static short[] samples() {
        return new HoldMusic().play();
    }

    private short[] play() {
        for (int bar = 0; bar < BARS.length; bar++) {
            int at = bar * 8 * EIGHTH;
            boolean last = bar == BARS.length - 1;
            note(at, BARS[bar][0], 0.5, 1.4);
            for (int eighth = 0; eighth < (last ? LAST_NOTES : 8); eighth++) {
                double accent = eighth % 4 == 0 ? 0.5 : 0.36;
                note(at + eighth * EIGHTH, BARS[bar][UP_AND_DOWN[eighth]], accent, 0.7);
            }
        }
        double peak = Arrays.stream(sound).map(Math::abs).max().orElseThrow();
        int fade = 2 * EIGHTH;
        var pcm = new short[sound.length];
        for (int i = 0; i < sound.length; i++) {
            double end = Math.min(1, (sound.length - i) / (double) fade);
            // A quarter of full scale: music is there to be talked over.
            pcm[i] = (short) Math.round(sound[i] / peak * 8192 * end);
        }
        return pcm;
    }

    /** {@code seconds}: in which it falls to a third. */
    private void note(int at, int midi, double loud, double seconds) {
        double hertz = 440 * StrictMath.pow(2, (midi - 69) / 12.0);
        partial(at, hertz, loud, seconds);
        partial(at, 2 * hertz, 0.3 * loud, 0.6 * seconds);
        partial(at, 3 * hertz, 0.08 * loud, 0.3 * seconds);
    }

    private void partial(int at, double hertz, double loud, double seconds) {
        // A turning pointer instead of a sine: only sums and products, which are the same everywhere.
        double step = 2 * StrictMath.PI * hertz / RATE;
        double cos = StrictMath.cos(step);
        double sin = StrictMath.sin(step);
        double fall = StrictMath.exp(-1 / (seconds * RATE));
        int attack = RATE / 80;
        double x = loud;
        double y = 0;
        for (int i = 0; at + i < sound.length && x * x + y * y > 1e-8; i++) {
            sound[at + i] += y * Math.min(1, i / (double) attack);
            double turned = (x * cos - y * sin) * fall;
            y = (x * sin + y * cos) * fall;
            x = turned;
        }
    }
}
