package dev.agentassist.live.rtc.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;

/** Writes one STUN message. */
public final class StunBuilder {

    private static final int FINGERPRINT_XOR = 0x5354554e;

    private byte[] bytes = new byte[256];
    private int length = Stun.HEADER;
    private final TransactionId transaction;

    public StunBuilder(int type, TransactionId transaction) {
        this.transaction = transaction;
        ByteBuffer.wrap(bytes)
                .putShort((short) type)
                .putShort((short) 0)
                .putInt(Stun.COOKIE)
                .putInt(transaction.high())
                .putLong(transaction.low());
    }

    public StunBuilder add(int attribute, byte[] value, int offset, int count) {
        int needed = length + 4 + StunMessage.padded(count);
        if (needed > bytes.length) {
            bytes = Arrays.copyOf(bytes, needed + 64);
        }
        ByteBuffer.wrap(bytes, length, needed - length)
                .putShort((short) attribute)
                .putShort((short) count)
                .put(value, offset, count);
        length = needed;
        return this;
    }

    public StunBuilder add(int attribute, byte[] value) {
        return add(attribute, value, 0, value.length);
    }

    public StunBuilder add(int attribute, String value) {
        return add(attribute, value.getBytes(StandardCharsets.UTF_8));
    }

    public StunBuilder add32(int attribute, long value) {
        return add(attribute, ByteBuffer.allocate(4).putInt((int) value).array());
    }

    public StunBuilder add64(int attribute, long value) {
        return add(attribute, ByteBuffer.allocate(8).putLong(value).array());
    }

    public StunBuilder addFlag(int attribute) {
        return add(attribute, new byte[0]);
    }

    /** ERROR-CODE without a reason phrase (RFC 8489, section 14.8). */
    public StunBuilder addError(int code) {
        return add(Stun.ERROR_CODE, new byte[] {0, 0, (byte) (code / 100), (byte) (code % 100)});
    }

    /** XOR-MAPPED-ADDRESS and the like (section 14.2). */
    public StunBuilder addXorAddress(int attribute, InetSocketAddress address) {
        byte[] ip = address.getAddress().getAddress();
        byte[] mask = ByteBuffer.allocate(16)
                .putInt(Stun.COOKIE)
                .putInt(transaction.high())
                .putLong(transaction.low())
                .array();
        var value = ByteBuffer.allocate(4 + ip.length)
                .put((byte) 0)
                .put((byte) (ip.length == 4 ? 1 : 2))
                .putShort((short) (address.getPort() ^ Stun.COOKIE >>> 16));
        for (int i = 0; i < ip.length; i++) {
            value.put((byte) (ip[i] ^ mask[i]));
        }
        return add(attribute, value.array());
    }

    /** The message without integrity. */
    public byte[] build() {
        setLength(length);
        return Arrays.copyOf(bytes, length);
    }

    /** The message with MESSAGE-INTEGRITY. */
    public byte[] build(StunKey key) {
        sign(key);
        return build();
    }

    /** The message with MESSAGE-INTEGRITY and FINGERPRINT, as ICE has it (RFC 8445, section 7.1). */
    public byte[] buildForIce(StunKey key) {
        sign(key);
        setLength(length + 8);
        var crc = new CRC32();
        crc.update(bytes, 0, length);
        add32(Stun.FINGERPRINT, crc.getValue() ^ FINGERPRINT_XOR);
        return build();
    }

    private void sign(StunKey key) {
        setLength(length + 4 + StunKey.LENGTH);
        add(Stun.MESSAGE_INTEGRITY, key.sign(bytes, 0, length));
    }

    private void setLength(int total) {
        int body = total - Stun.HEADER;
        bytes[2] = (byte) (body >> 8);
        bytes[3] = (byte) body;
    }
}
