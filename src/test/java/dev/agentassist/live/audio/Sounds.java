package dev.agentassist.live.audio;

import dev.agentassist.live.AudioPacket;
import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sound for tests, and what is heard in it. */
public final class Sounds {

    static final int FRAME = 960;
    static final long FRAME_NANOS = 20_000_000L;
    static final long START = 1_000_000_000_000L;

    private Sounds() {}

    /** Opus packets of 20 ms each with a tone. */
    static List<byte[]> tone(int hertz, int frames) {
        try {
            var encoder = new OpusEncoder(OpusPacket.RATE, 1, OpusApplication.OPUS_APPLICATION_AUDIO);
            encoder.setBitrate(48_000);
            var packets = new ArrayList<byte[]>();
            var pcm = new short[FRAME];
            var coded = new byte[1275];
            for (int f = 0; f < frames; f++) {
                for (int i = 0; i < FRAME; i++) {
                    pcm[i] = (short) (8000 * Math.sin(2 * Math.PI * hertz * (f * (double) FRAME + i) / OpusPacket.RATE));
                }
                packets.add(Arrays.copyOf(coded, encoder.encode(pcm, 0, FRAME, coded, 0, coded.length)));
            }
            return packets;
        } catch (OpusException e) {
            throw new AssertionError(e);
        }
    }

    static AudioPacket packet(String track, String who, long sequence, long timestamp, byte[] opus, long arrivalNanos) {
        return new AudioPacket(track, who, sequence, timestamp & 0xffff_ffffL, false, opus, arrivalNanos);
    }

    /** How strong a tone is in a stretch of sound: about its amplitude (Goertzel). */
    public static double strength(short[] pcm, int from, int to, int hertz) {
        double re = 0;
        double im = 0;
        for (int i = from; i < to; i++) {
            double phase = 2 * Math.PI * hertz * i / OpusPacket.RATE;
            re += pcm[i] * Math.cos(phase);
            im += pcm[i] * Math.sin(phase);
        }
        return 2 * Math.hypot(re, im) / (to - from);
    }

    /** The sound of an Ogg file, as a player would play it. */
    public static short[] play(byte[] file) {
        OggFile ogg = OggFile.read(file);
        var decoder = new SpeechDecoder();
        var all = new short[ogg.decoded()];
        int at = 0;
        for (byte[] packet : ogg.packets()) {
            short[] pcm = decoder.decode(packet);
            System.arraycopy(pcm, 0, all, at, OpusPacket.samples(packet));
            at += OpusPacket.samples(packet);
        }
        int to = Math.min(all.length, ogg.preSkip() + (int) ogg.length());
        return Arrays.copyOfRange(all, ogg.preSkip(), to);
    }

    static final class Heard implements SoundFile {
        private short[] pcm = new short[0];
        private int length;
        int flushes;
        boolean closed;

        @Override
        public void write(short[] more, int count) {
            if (length + count > pcm.length) {
                pcm = Arrays.copyOf(pcm, 2 * (length + count));
            }
            System.arraycopy(more, 0, pcm, length, count);
            length += count;
        }

        @Override
        public void flush() {
            flushes++;
        }

        @Override
        public void close() {
            closed = true;
        }

        short[] pcm() {
            return Arrays.copyOf(pcm, length);
        }
    }
}
