package dev.agentassist.conversation.format;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.Reader;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Any Unicode encoding as UTF-8: by its byte order mark, or by the zero bytes of UTF-16 around ASCII. */
final class Utf8 {

    private static final int HEAD = 4;

    private Utf8() {}

    /** The same text in UTF-8 without a mark. Bytes that are no UTF-8 pass through: the reader names their place. */
    static InputStream of(InputStream in) throws IOException {
        var pushback = new PushbackInputStream(in, HEAD);
        byte[] head = pushback.readNBytes(HEAD);
        int b0 = head.length > 0 ? head[0] & 0xff : -1;
        int b1 = head.length > 1 ? head[1] & 0xff : -1;
        int b2 = head.length > 2 ? head[2] & 0xff : -1;
        Charset charset = null;
        int mark = 0;
        if (b0 == 0xef && b1 == 0xbb && b2 == 0xbf) {
            mark = 3;
        } else if (b0 == 0xff && b1 == 0xfe) {
            charset = StandardCharsets.UTF_16LE;
            mark = 2;
        } else if (b0 == 0xfe && b1 == 0xff) {
            charset = StandardCharsets.UTF_16BE;
            mark = 2;
        } else if (b0 > 0 && b1 == 0) {
            charset = StandardCharsets.UTF_16LE;
        } else if (b0 == 0 && b1 > 0) {
            charset = StandardCharsets.UTF_16BE;
        }
        pushback.unread(head, mark, head.length - mark);
        return charset == null ? pushback : new Encoded(new InputStreamReader(pushback, charset));
    }

    private static final class Encoded extends InputStream {
        private final Reader reader;
        private final char[] chars = new char[8192];
        private InputStream bytes = InputStream.nullInputStream();

        Encoded(Reader reader) {
            this.reader = reader;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] into, int offset, int length) throws IOException {
            if (length == 0) {
                return 0;
            }
            int n = bytes.read(into, offset, length);
            while (n < 0) {
                // One place is kept free: a surrogate pair must not be torn.
                int read = reader.read(chars, 0, chars.length - 1);
                if (read < 0) {
                    return -1;
                }
                if (Character.isHighSurrogate(chars[read - 1])) {
                    int low = reader.read();
                    if (low >= 0) {
                        chars[read++] = (char) low;
                    }
                }
                bytes = new ByteArrayInputStream(new String(chars, 0, read).getBytes(StandardCharsets.UTF_8));
                n = bytes.read(into, offset, length);
            }
            return n;
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }
}
