package dev.agentassist.live.wire;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;

/**
 * Reads one message, field by field (<a href="https://protobuf.dev/programming-guides/encoding/">encoding</a>): after
 * {@link #next} the value is taken with the method that fits the field, or left, and is then skipped. Nested messages are
 * read in place. Throws {@link MalformedMessage}, and nothing else, whatever the bytes are.
 */
public final class ProtoReader {

    private static final int VARINT = 0;
    private static final int FIXED64 = 1;
    private static final int LENGTH_DELIMITED = 2;
    private static final int FIXED32 = 5;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int field;
    private int type = -1;

    public ProtoReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private ProtoReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** Moves to the next field; false at the end of the message. */
    public boolean next() throws MalformedMessage {
        skip();
        if (at == end) {
            return false;
        }
        long tag = varint64();
        field = (int) (tag >>> 3);
        type = (int) tag & 7;
        if (field == 0 || tag >>> 32 != 0) {
            throw new MalformedMessage("a field with the number " + (tag >>> 3));
        }
        return true;
    }

    /** The number of the current field. */
    public int field() {
        return field;
    }

    /** {@code int64}, {@code uint64}, {@code int32}, {@code uint32} or an enum. */
    public long number() throws MalformedMessage {
        expect(VARINT);
        return varint64();
    }

    public int int32() throws MalformedMessage {
        return (int) number();
    }

    public boolean bool() throws MalformedMessage {
        return number() != 0;
    }

    /** Bytes that are no UTF-8 come out as U+FFFD. */
    public String string() throws MalformedMessage {
        int length = length();
        String text = new String(bytes, at, length, StandardCharsets.UTF_8);
        at += length;
        return text;
    }

    public byte[] bytes() throws MalformedMessage {
        int length = length();
        byte[] copy = Arrays.copyOfRange(bytes, at, at + length);
        at += length;
        return copy;
    }

    public ProtoReader message() throws MalformedMessage {
        int length = length();
        var nested = new ProtoReader(bytes, at, at + length);
        at += length;
        return nested;
    }

    /** An entry of a {@code map<string, string>}, put into the map. */
    public void entry(Map<String, String> map) throws MalformedMessage {
        ProtoReader entry = message();
        String key = "";
        String value = "";
        while (entry.next()) {
            switch (entry.field()) {
                case 1 -> key = entry.string();
                case 2 -> value = entry.string();
                default -> { }
            }
        }
        map.put(key, value);
    }

    private void skip() throws MalformedMessage {
        switch (type) {
            case -1 -> { }
            case VARINT -> varint64();
            case FIXED64 -> advance(8);
            case LENGTH_DELIMITED -> advance(length());
            case FIXED32 -> advance(4);
            // Groups (3 and 4) have not been used since proto2.
            default -> throw new MalformedMessage("a field of type " + type);
        }
        type = -1;
    }

    private void advance(int count) throws MalformedMessage {
        if (count > end - at) {
            throw new MalformedMessage("cut off");
        }
        at += count;
    }

    private void expect(int wanted) throws MalformedMessage {
        if (type != wanted) {
            throw new MalformedMessage("field " + field + " of type " + type + " instead of " + wanted);
        }
        type = -1;
    }

    private int length() throws MalformedMessage {
        expect(LENGTH_DELIMITED);
        long length = varint64();
        if (length < 0 || length > end - at) {
            throw new MalformedMessage("cut off");
        }
        return (int) length;
    }

    private long varint64() throws MalformedMessage {
        long value = 0;
        for (int shift = 0; shift < 64; shift += 7) {
            if (at == end) {
                throw new MalformedMessage("cut off");
            }
            byte b = bytes[at++];
            value |= (long) (b & 0x7f) << shift;
            if (b >= 0) {
                return value;
            }
        }
        throw new MalformedMessage("a number of more than ten bytes");
    }
}
