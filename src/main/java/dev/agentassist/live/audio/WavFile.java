package dev.agentassist.live.audio;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * RIFF/WAVE with 16-bit PCM, mono, 48 kHz. In a file the sizes in the header are brought up to date at each
 * {@link #flush}, so that they hold after a kill. In a pipe, where there is no way back, both say 0xFFFFFFFF, which players
 * take for “until the end”, as do the streams of other programs; so does a file beyond 4 GB.
 */
public final class WavFile implements SoundFile {

    static final int HEADER = 44;
    private static final long UNKNOWN = 0xffff_ffffL;

    private final FileChannel file;
    private final OutputStream pipe;
    private final ByteBuffer buffer = ByteBuffer.allocate(32 * 1024).order(ByteOrder.LITTLE_ENDIAN);
    private long bytes;

    private WavFile(FileChannel file, OutputStream pipe) {
        this.file = file;
        this.pipe = pipe;
    }

    /** Into an empty file. */
    public static WavFile into(FileChannel file) throws IOException {
        var wav = new WavFile(file, null);
        wav.put(header(0));
        return wav;
    }

    /** Into a stream, which is flushed with each piece of sound. */
    public static WavFile into(OutputStream pipe) throws IOException {
        var wav = new WavFile(null, pipe);
        wav.put(header(UNKNOWN));
        return wav;
    }

    /** The samples alone, without a header, into a stream. */
    public static WavFile samplesInto(OutputStream pipe) {
        return new WavFile(null, pipe);
    }

    private static ByteBuffer header(long dataBytes) {
        long data = dataBytes + HEADER - 8 > UNKNOWN ? UNKNOWN : dataBytes;
        long riff = data == UNKNOWN ? UNKNOWN : data + HEADER - 8;
        var header = ByteBuffer.allocate(HEADER).order(ByteOrder.LITTLE_ENDIAN);
        header.put("RIFF".getBytes(StandardCharsets.US_ASCII)).putInt((int) riff);
        header.put("WAVEfmt ".getBytes(StandardCharsets.US_ASCII)).putInt(16);
        header.putShort((short) 1).putShort((short) 1);
        header.putInt(OpusPacket.RATE).putInt(OpusPacket.RATE * 2).putShort((short) 2).putShort((short) 16);
        header.put("data".getBytes(StandardCharsets.US_ASCII)).putInt((int) data);
        return header.flip();
    }

    @Override
    public void write(short[] pcm, int length) throws IOException {
        for (int i = 0; i < length; i++) {
            if (buffer.remaining() < 2) {
                drain();
            }
            buffer.putShort(pcm[i]);
        }
        bytes += 2L * length;
        if (pipe != null) {
            drain();
        }
    }

    private void drain() throws IOException {
        put(buffer.flip());
        buffer.clear();
    }

    private void put(ByteBuffer what) throws IOException {
        if (pipe != null) {
            pipe.write(what.array(), what.position(), what.remaining());
            pipe.flush();
            return;
        }
        while (what.hasRemaining()) {
            file.write(what);
        }
    }

    @Override
    public void flush() throws IOException {
        drain();
        if (file != null) {
            // After the sound: a header never promises what is not there.
            ByteBuffer header = header(bytes);
            while (header.hasRemaining()) {
                file.write(header, header.position());
            }
        }
    }

    @Override
    public void close() throws IOException {
        try (var closing = file == null ? pipe : file) {
            flush();
        }
    }
}
