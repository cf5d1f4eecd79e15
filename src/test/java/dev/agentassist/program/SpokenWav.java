package dev.agentassist.program;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;

/** Sound at 8 kHz, and how like another sound it is. */
final class SpokenWav {

    private static final int RATE = 8_000;
    private static final int STEP = RATE / 100;

    private final double[] samples;

    private SpokenWav(double[] samples) {
        this.samples = samples;
    }

    /** A WAV file with 16 bits and one channel, of any rate. */
    static SpokenWav read(Path wav) {
        try {
            ByteBuffer in = ByteBuffer.wrap(Files.readAllBytes(wav)).order(ByteOrder.LITTLE_ENDIAN);
            var pcm = new short[(in.limit() - 44) / 2];
            for (int i = 0; i < pcm.length; i++) {
                pcm[i] = in.getShort(44 + 2 * i);
            }
            return of(pcm, in.getInt(24));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Averages what falls on one sample: enough for speech. */
    static SpokenWav of(short[] pcm, int rate) {
        var samples = new double[(int) ((long) pcm.length * RATE / rate)];
        for (int i = 0; i < samples.length; i++) {
            int from = (int) ((long) i * rate / RATE);
            int to = Math.max(from + 1, (int) ((i + 1L) * rate / RATE));
            for (int j = from; j < to; j++) {
                samples[i] += (double) pcm[Math.min(j, pcm.length - 1)] / (to - from);
            }
        }
        return new SpokenWav(samples);
    }

    double seconds() {
        return (double) samples.length / RATE;
    }

    /**
     * How much of this one is in the other, from 0 to 1, where it fits best: first by loudness in steps of 10 ms, then wave by wave
     * around there.
     */
    double isIn(SpokenWav other) {
        double[] mine = loudness(samples);
        double[] theirs = loudness(other.samples);
        int best = 0;
        double most = -1;
        for (int lag = 0; lag + mine.length <= theirs.length; lag++) {
            double like = correlation(mine, theirs, lag);
            if (like > most) {
                most = like;
                best = lag;
            }
        }
        most = 0;
        for (int lag = Math.max(0, best * STEP - 2 * STEP); lag <= best * STEP + 2 * STEP; lag++) {
            most = Math.max(most, correlation(samples, other.samples, lag));
        }
        return most;
    }

    private static double[] loudness(double[] samples) {
        var loudness = new double[samples.length / STEP];
        for (int i = 0; i < loudness.length; i++) {
            for (int j = 0; j < STEP; j++) {
                loudness[i] += Math.abs(samples[i * STEP + j]);
            }
        }
        return loudness;
    }

    private static double correlation(double[] a, double[] b, int lag) {
        double product = 0;
        double ofA = 1e-9;
        double ofB = 1e-9;
        for (int i = 0; i < a.length && i + lag < b.length; i++) {
            product += a[i] * b[i + lag];
            ofA += a[i] * a[i];
            ofB += b[i + lag] * b[i + lag];
        }
        return product / Math.sqrt(ofA * ofB);
    }
}
