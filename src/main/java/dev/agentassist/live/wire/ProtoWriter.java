package dev.agentassist.live.wire;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Writes one message, field by field. Values that are their type's default are left out, as proto3 does. */
public final class ProtoWriter {

    private static final int VARINT = 0;
    private static final int LENGTH_DELIMITED = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream(128);

    public ProtoWriter number(int field, long value) {
        if (value != 0) {
            varint(field << 3 | VARINT);
            varint(value);
        }
        return this;
    }

    public ProtoWriter bool(int field, boolean value) {
        return number(field, value ? 1 : 0);
    }

    public ProtoWriter string(int field, String value) {
        return value == null || value.isEmpty() ? this : write(field, value.getBytes(StandardCharsets.UTF_8));
    }

    public ProtoWriter bytes(int field, byte[] value) {
        return value.length == 0 ? this : write(field, value);
    }

    /** One element of a repeated field: written even if it is empty. */
    public ProtoWriter element(int field, String value) {
        return write(field, value.getBytes(StandardCharsets.UTF_8));
    }

    /** A nested message: written even if it is empty, since its presence can matter. */
    public ProtoWriter message(int field, ProtoWriter message) {
        return write(field, message.toByteArray());
    }

    public byte[] toByteArray() {
        return out.toByteArray();
    }

    private ProtoWriter write(int field, byte[] value) {
        varint(field << 3 | LENGTH_DELIMITED);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) (rest & 0x7f | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }
}
