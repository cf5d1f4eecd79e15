package dev.agentassist.live.stream;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * One text stream while it is being put together. Chunks may come in any order and more than once; a character may be
 * split between two of them; a compressed stream is inflated as it comes. Bounded, whatever is sent.
 */
final class TextStream {

    /** A stream's text is cut here. */
    static final int LONGEST_TEXT = 1 << 20;
    /** Bytes that may wait for a chunk that is missing before them. */
    static final int MOST_WAITING = 1 << 20;

    private final String sender;
    private final Map<String, String> attributes;
    private final StringBuilder text = new StringBuilder();
    private final CharsetDecoder decoder = StandardCharsets.UTF_8
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPLACE)
            .onUnmappableCharacter(CodingErrorAction.REPLACE);
    private final TreeMap<Long, byte[]> waiting = new TreeMap<>();
    private Inflater inflater;
    private ByteBuffer rest = ByteBuffer.allocate(0);
    private int waitingBytes;
    private long next;
    private boolean broken;
    private DataPacket.Trailer trailer;
    private long touchedMillis;

    TextStream(String sender, DataPacket.Header header, long nowMillis) {
        this.sender = sender;
        this.attributes = new HashMap<>(header.attributes());
        this.inflater = header.deflated() ? new Inflater(true) : null;
        this.touchedMillis = nowMillis;
        if (header.inline() != null) {
            take(header.inline());
        }
    }

    /** Whether there is more text than before. */
    boolean add(DataPacket.Chunk chunk, long nowMillis) {
        touchedMillis = nowMillis;
        if (Long.compareUnsigned(chunk.index(), next) < 0 || waiting.containsKey(chunk.index())) {
            return false;
        }
        if (chunk.index() != next) {
            if (waitingBytes + chunk.content().length + 64 > MOST_WAITING) {
                broken = true;
                return false;
            }
            waiting.put(chunk.index(), chunk.content());
            waitingBytes += chunk.content().length + 64;
            return false;
        }
        take(chunk.content());
        next++;
        for (byte[] content = waiting.remove(next); content != null; content = waiting.remove(next)) {
            waitingBytes -= content.length + 64;
            take(content);
            next++;
        }
        return true;
    }

    void end(DataPacket.Trailer trailer, long nowMillis) {
        this.trailer = trailer;
        this.touchedMillis = nowMillis;
        attributes.putAll(trailer.attributes());
    }

    /** Ended, and no chunk is missing. */
    boolean whole() {
        return trailer != null && waiting.isEmpty();
    }

    /** Ended by its publisher for another reason than that all was said. */
    boolean cutShort() {
        return broken || trailer != null && !trailer.reason().isEmpty();
    }

    String sender() {
        return sender;
    }

    Map<String, String> attributes() {
        return attributes;
    }

    String text() {
        return text.toString();
    }

    long touchedMillis() {
        return touchedMillis;
    }

    /** Bytes that it takes, roughly. */
    int size() {
        return 2 * text.length() + waitingBytes;
    }

    /** Frees what the JVM does not: an {@link Inflater} holds native memory. */
    void close() {
        if (inflater != null) {
            inflater.end();
            inflater = null;
        }
    }

    private void take(byte[] content) {
        if (broken) {
            return;
        }
        if (inflater == null) {
            decode(content, content.length);
            return;
        }
        try {
            inflater.setInput(content);
            byte[] part = new byte[8192];
            // Bounded by the text: a few bytes can stand for gigabytes.
            while (!inflater.finished() && text.length() < LONGEST_TEXT) {
                int count = inflater.inflate(part);
                if (count == 0) {
                    break;
                }
                decode(part, count);
            }
        } catch (DataFormatException e) {
            broken = true;
        }
    }

    private void decode(byte[] content, int length) {
        int room = LONGEST_TEXT - text.length();
        if (room <= 0) {
            return;
        }
        ByteBuffer bytes = ByteBuffer.allocate(rest.remaining() + length);
        bytes.put(rest).put(content, 0, length).flip();
        CharBuffer chars = CharBuffer.allocate(bytes.remaining() + 1);
        decoder.decode(bytes, chars, false);
        chars.flip();
        text.append(chars, 0, Math.min(room, chars.length()));
        rest = bytes.slice();
    }
}
