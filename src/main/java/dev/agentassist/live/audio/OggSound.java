package dev.agentassist.live.audio;

import io.github.jaredmdobson.concentus.OpusApplication;
import io.github.jaredmdobson.concentus.OpusEncoder;
import io.github.jaredmdobson.concentus.OpusException;
import io.github.jaredmdobson.concentus.OpusSignal;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Map;

/** Encodes sound with Opus and writes it as Ogg. */
public final class OggSound implements SoundFile {

    private static final int FRAME = OpusPacket.RATE / 50;
    private static final int LONGEST = 1275;
    /** Speech of several people in full band: clearly above what telephones send. */
    private static final int BITS_PER_SECOND = 32_000;

    private final OpusEncoder encoder;
    private final OggOpusWriter ogg;
    private final int preSkip;
    private final short[] frame = new short[FRAME];
    private final byte[] coded = new byte[LONGEST];
    private int filled;
    private long written;

    /** {@code tags}: as {@code TITLE}. */
    public OggSound(OutputStream out, int serial, Map<String, String> tags) throws IOException {
        try {
            encoder = new OpusEncoder(OpusPacket.RATE, 1, OpusApplication.OPUS_APPLICATION_AUDIO);
        } catch (OpusException e) {
            throw new IllegalStateException(e);
        }
        encoder.setBitrate(BITS_PER_SECOND);
        encoder.setComplexity(5);
        encoder.setSignalType(OpusSignal.OPUS_SIGNAL_VOICE);
        encoder.setUseVBR(true);
        preSkip = encoder.getLookahead();
        ogg = new OggOpusWriter(out, 1, preSkip, serial, tags);
    }

    @Override
    public void write(short[] pcm, int length) throws IOException {
        written += length;
        for (int i = 0; i < length; i++) {
            frame[filled++] = pcm[i];
            if (filled == FRAME) {
                encode();
            }
        }
    }

    private void encode() throws IOException {
        // Before anything can fail: a writer that failed is still asked to end.
        filled = 0;
        try {
            int size = encoder.encode(frame, 0, FRAME, coded, 0, coded.length);
            ogg.packet(Arrays.copyOf(coded, size));
        } catch (OpusException e) {
            throw new IOException("Opus cannot encode: " + e.getMessage(), e);
        }
    }

    @Override
    public void flush() throws IOException {
        ogg.flush();
    }

    /** What the encoder still holds is pushed out with silence, which the end of the stream cuts off again. */
    @Override
    public void close() throws IOException {
        try (ogg) {
            // A file without any packet is none: one frame, of which nothing is played.
            boolean empty = written == 0;
            while (empty || ogg.samples() < written) {
                empty = false;
                Arrays.fill(frame, filled, FRAME, (short) 0);
                encode();
            }
            ogg.end(written);
        }
    }
}
