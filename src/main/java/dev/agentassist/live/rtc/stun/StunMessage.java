package dev.agentassist.live.rtc.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * A STUN message that was received (RFC 8489, section 5). Attributes are looked up in place; their number is bounded by
 * the datagram.
 */
public final class StunMessage {

    private final byte[] bytes;

    private StunMessage(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The message, copied, or null where the bytes are none: wrong cookie or length, or attributes that overrun it. */
    public static StunMessage parse(byte[] b, int offset, int length) {
        if (!Stun.looksLike(b, offset, length)) {
            return null;
        }
        int body = u16(b, offset + 2);
        if ((body & 3) != 0 || Stun.HEADER + body != length) {
            return null;
        }
        int at = offset + Stun.HEADER;
        int end = offset + length;
        while (at < end) {
            if (at + 4 > end) {
                return null;
            }
            at += 4 + padded(u16(b, at + 2));
        }
        return at == end ? new StunMessage(Arrays.copyOfRange(b, offset, end)) : null;
    }

    public int type() {
        return u16(bytes, 0);
    }

    /** The transaction id, as something that can be a map's key. */
    public TransactionId transaction() {
        return TransactionId.read(bytes, 8);
    }

    public boolean has(int attribute) {
        return find(attribute) >= 0;
    }

    /** The attribute's value, or null. What follows MESSAGE-INTEGRITY is not looked at (section 14.5). */
    public byte[] value(int attribute) {
        int at = find(attribute);
        return at < 0 ? null : Arrays.copyOfRange(bytes, at + 4, at + 4 + u16(bytes, at + 2));
    }

    /** The attribute as UTF-8, or null. */
    public String text(int attribute) {
        int at = find(attribute);
        return at < 0 ? null : new String(bytes, at + 4, u16(bytes, at + 2), StandardCharsets.UTF_8);
    }

    /** The attribute's 32 bits, unsigned, or -1 where it is missing or of another length. */
    public long u32(int attribute) {
        int at = find(attribute);
        return at < 0 || u16(bytes, at + 2) != 4
                ? -1
                : (long) u16(bytes, at + 4) << 16 | u16(bytes, at + 6);
    }

    /** The attribute's 64 bits, or 0 where it is missing or of another length. */
    public long u64(int attribute) {
        int at = find(attribute);
        long value = 0;
        if (at >= 0 && u16(bytes, at + 2) == 8) {
            for (int i = 0; i < 8; i++) {
                value = value << 8 | bytes[at + 4 + i] & 0xff;
            }
        }
        return value;
    }

    /** The error's code (section 14.8), or 0. */
    public int errorCode() {
        byte[] v = value(Stun.ERROR_CODE);
        return v == null || v.length < 4 ? 0 : (v[2] & 7) * 100 + (v[3] & 0xff);
    }

    /** An XOR-MAPPED-ADDRESS and the like (section 14.2), or null. */
    public InetSocketAddress xorAddress(int attribute) {
        byte[] v = value(attribute);
        if (v == null || v.length < 8 || !(v[1] == 1 && v.length == 8 || v[1] == 2 && v.length == 20)) {
            return null;
        }
        int port = u16(v, 2) ^ Stun.COOKIE >>> 16;
        byte[] address = Arrays.copyOfRange(v, 4, v.length);
        for (int i = 0; i < address.length; i++) {
            address[i] ^= bytes[4 + i];
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(address), port);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** Whether MESSAGE-INTEGRITY is there and fits the key. */
    public boolean verify(StunKey key) {
        int at = find(Stun.MESSAGE_INTEGRITY);
        if (key == null || at < 0 || u16(bytes, at + 2) != StunKey.LENGTH) {
            return false;
        }
        byte[] signed = Arrays.copyOf(bytes, at);
        int length = at - Stun.HEADER + 4 + StunKey.LENGTH;
        signed[2] = (byte) (length >> 8);
        signed[3] = (byte) length;
        byte[] expected = key.sign(signed, 0, at);
        return MessageDigest.isEqual(expected, Arrays.copyOfRange(bytes, at + 4, at + 4 + StunKey.LENGTH));
    }

    private int find(int attribute) {
        int at = Stun.HEADER;
        while (at + 4 <= bytes.length) {
            int type = u16(bytes, at);
            if (type == attribute) {
                return at;
            }
            if (type == Stun.MESSAGE_INTEGRITY) {
                return -1;
            }
            at += 4 + padded(u16(bytes, at + 2));
        }
        return -1;
    }

    static int padded(int length) {
        return length + 3 & ~3;
    }

    static int u16(byte[] b, int at) {
        return (b[at] & 0xff) << 8 | b[at + 1] & 0xff;
    }
}
