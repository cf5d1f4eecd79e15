package dev.agentassist.conversation.format;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Ends a record that is too long for memory with a sentence instead of an OutOfMemoryError. */
final class LimitedInput extends FilterInputStream {

    /** Longest record in bytes: a day of speech is a tenth of it, and the program's heap holds it several times over. */
    static final int LONGEST = 16 << 20;

    /** Thrown while reading; caught where the place is known. */
    static final class TooLong extends IOException {
        private static final long serialVersionUID = 1L;
    }

    private long left = LONGEST;
    private long total;

    LimitedInput(InputStream in) {
        super(in);
    }

    /** The next record begins. */
    void next() {
        left = LONGEST;
    }

    /** Bytes read so far. */
    long total() {
        return total;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        count(b < 0 ? 0 : 1);
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int n = super.read(bytes, offset, length);
        count(Math.max(n, 0));
        return n;
    }

    private void count(int n) throws TooLong {
        total += n;
        left -= n;
        if (left < 0) {
            throw new TooLong();
        }
    }
}
