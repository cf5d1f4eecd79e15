package dev.agentassist.live.rtc.srtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES_CM_128_HMAC_SHA1_80 (RFC 3711, sections 4.1.1 and 4.2.1): counter mode and a tag of 80 bits. */
final class CmTransform implements SrtpTransform {

    private static final int TAG = 10;
    private static final int SALT = 14;
    private static final int AUTHENTICATION_KEY = 20;
    private static final int RTCP_HEADER = 8;
    private static final int TRAILER = 4;
    private static final int ENCRYPTED = 0x80000000;

    private final SecretKeySpec rtpKey;
    private final SecretKeySpec rtcpKey;
    private final byte[] rtpSalt;
    private final byte[] rtcpSalt;
    private final Mac rtpMac;
    private final Mac rtcpMac;
    private final Cipher cipher;

    CmTransform(byte[] key, byte[] salt) throws GeneralSecurityException {
        rtpKey = new SecretKeySpec(KeyDerivation.derive(key, salt, KeyDerivation.RTP_ENCRYPTION, key.length), "AES");
        rtcpKey = new SecretKeySpec(KeyDerivation.derive(key, salt, KeyDerivation.RTCP_ENCRYPTION, key.length), "AES");
        rtpSalt = KeyDerivation.derive(key, salt, KeyDerivation.RTP_SALT, SALT);
        rtcpSalt = KeyDerivation.derive(key, salt, KeyDerivation.RTCP_SALT, SALT);
        rtpMac = mac(KeyDerivation.derive(key, salt, KeyDerivation.RTP_AUTHENTICATION, AUTHENTICATION_KEY));
        rtcpMac = mac(KeyDerivation.derive(key, salt, KeyDerivation.RTCP_AUTHENTICATION, AUTHENTICATION_KEY));
        cipher = Cipher.getInstance("AES/CTR/NoPadding");
    }

    private static Mac mac(byte[] key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(key, "HmacSHA1"));
        return mac;
    }

    @Override
    public int overhead() {
        return TAG;
    }

    private void crypt(
            SecretKeySpec key, byte[] salt, long ssrc, long index, byte[] in, int at, int length, byte[] out, int to)
            throws GeneralSecurityException {
        byte[] iv = ByteBuffer.allocate(16)
                .putInt(0)
                .putInt((int) ssrc)
                .putInt((int) (index >>> 16))
                .putShort((short) index)
                .putShort((short) 0)
                .array();
        for (int i = 0; i < SALT; i++) {
            iv[i] ^= salt[i];
        }
        cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(iv));
        cipher.doFinal(in, at, length, out, to);
    }

    private byte[] rtpTag(byte[] packet, int offset, int length, long index) {
        rtpMac.update(packet, offset, length);
        rtpMac.update(ByteBuffer.allocate(4).putInt((int) (index >>> 16)).array());
        return Arrays.copyOf(rtpMac.doFinal(), TAG);
    }

    @Override
    public byte[] protect(byte[] packet, int length, int header, long ssrc, long index)
            throws GeneralSecurityException {
        byte[] out = Arrays.copyOf(packet, length + TAG);
        crypt(rtpKey, rtpSalt, ssrc, index, packet, header, length - header, out, header);
        System.arraycopy(rtpTag(out, 0, length, index), 0, out, length, TAG);
        return out;
    }

    @Override
    public byte[] unprotect(byte[] packet, int offset, int length, int header, long ssrc, long index)
            throws GeneralSecurityException {
        int body = length - TAG;
        if (body < header) {
            return null;
        }
        byte[] tag = Arrays.copyOfRange(packet, offset + body, offset + length);
        if (!MessageDigest.isEqual(tag, rtpTag(packet, offset, body, index))) {
            return null;
        }
        byte[] out = Arrays.copyOfRange(packet, offset, offset + body);
        crypt(rtpKey, rtpSalt, ssrc, index, packet, offset + header, body - header, out, header);
        return out;
    }

    @Override
    public byte[] protectRtcp(byte[] packet, long ssrc, int index) throws GeneralSecurityException {
        int body = packet.length + TRAILER;
        byte[] out = Arrays.copyOf(packet, body + TAG);
        crypt(rtcpKey, rtcpSalt, ssrc, index, packet, RTCP_HEADER, packet.length - RTCP_HEADER, out, RTCP_HEADER);
        ByteBuffer.wrap(out).putInt(packet.length, index | ENCRYPTED);
        rtcpMac.update(out, 0, body);
        System.arraycopy(rtcpMac.doFinal(), 0, out, body, TAG);
        return out;
    }

    @Override
    public byte[] unprotectRtcp(byte[] packet, int offset, int length, long ssrc) throws GeneralSecurityException {
        int index = rtcpIndex(packet, offset, length);
        if (index < 0) {
            return null;
        }
        int body = length - TAG;
        rtcpMac.update(packet, offset, body);
        byte[] tag = Arrays.copyOf(rtcpMac.doFinal(), TAG);
        if (!MessageDigest.isEqual(tag, Arrays.copyOfRange(packet, offset + body, offset + length))) {
            return null;
        }
        int plain = body - TRAILER;
        byte[] out = Arrays.copyOfRange(packet, offset, offset + plain);
        crypt(
                rtcpKey, rtcpSalt, ssrc, index, packet, offset + RTCP_HEADER, plain - RTCP_HEADER, out, RTCP_HEADER);
        return out;
    }

    @Override
    public int rtcpIndex(byte[] packet, int offset, int length) {
        if (length < RTCP_HEADER + TRAILER + TAG) {
            return -1;
        }
        int trailer = ByteBuffer.wrap(packet).getInt(offset + length - TAG - TRAILER);
        return (trailer & ENCRYPTED) == 0 ? -1 : trailer & ~ENCRYPTED;
    }
}
