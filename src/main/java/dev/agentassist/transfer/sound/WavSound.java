package dev.agentassist.transfer.sound;

import dev.agentassist.live.audio.OggOpusFile;
import dev.agentassist.live.audio.OggSound;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Speech in a WAV file (16-bit PCM of any rate, all channels mixed), made ready to be sent. */
final class WavSound {

    private static final int RATE = 48_000;

    private WavSound() {}

    /** @throws IOException with one sentence where it is no such file */
    static Sound encode(byte[] wav) throws IOException {
        short[] pcm = at48k(wav);
        var ogg = new ByteArrayOutputStream();
        try (var sound = new OggSound(ogg, 1, Map.of())) {
            sound.write(pcm, pcm.length);
        }
        return new Sound(OggOpusFile.read(new ByteArrayInputStream(ogg.toByteArray()), "the speech").packets());
    }

    /** Resampled by straight lines between samples, which is plenty for speech on a telephone. */
    static short[] at48k(byte[] wav) throws IOException {
        var in = ByteBuffer.wrap(wav).order(ByteOrder.LITTLE_ENDIAN);
        if (wav.length < 12 || !word(wav, 0).equals("RIFF") || !word(wav, 8).equals("WAVE")) {
            throw new IOException("it is no WAV file");
        }
        int channels = 0;
        int rate = 0;
        int at = 12;
        while (at + 8 <= wav.length) {
            String name = word(wav, at);
            // A synthesiser that writes into a pipe does not know the length: what there is, is it.
            long said = in.getInt(at + 4) & 0xffffffffL;
            int length = (int) Math.min(said, wav.length - at - 8);
            int from = at + 8;
            if (name.equals("fmt ") && length >= 16) {
                channels = in.getShort(from + 2);
                rate = in.getInt(from + 4);
                if (in.getShort(from) != 1 && in.getShort(from) != (short) 0xfffe || in.getShort(from + 14) != 16) {
                    throw new IOException("it is no 16-bit PCM");
                }
            } else if (name.equals("data")) {
                if (channels < 1 || rate < 4_000 || rate > 384_000) {
                    throw new IOException("it does not say how it is coded");
                }
                return resample(in, from, length / 2 / channels, channels, rate);
            }
            at = from + length + (length & 1);
        }
        throw new IOException("there is no sound in it");
    }

    private static short[] resample(ByteBuffer in, int from, int frames, int channels, int rate) {
        var out = new short[(int) ((long) frames * RATE / rate)];
        for (int i = 0; i < out.length; i++) {
            double where = (double) i * rate / RATE;
            int left = (int) where;
            int right = Math.min(left + 1, frames - 1);
            double part = where - left;
            out[i] = (short) Math.round(frame(in, from, left, channels) * (1 - part) + frame(in, from, right, channels) * part);
        }
        return out;
    }

    private static double frame(ByteBuffer in, int from, int frame, int channels) {
        double sum = 0;
        for (int c = 0; c < channels; c++) {
            sum += in.getShort(from + 2 * (frame * channels + c));
        }
        return sum / channels;
    }

    private static String word(byte[] bytes, int at) {
        return new String(bytes, at, 4, StandardCharsets.US_ASCII);
    }
}
