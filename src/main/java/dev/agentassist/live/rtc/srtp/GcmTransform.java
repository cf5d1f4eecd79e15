package dev.agentassist.live.rtc.srtp;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AEAD_AES_128_GCM (RFC 7714). */
final class GcmTransform implements SrtpTransform {

    private static final int TAG = 16;
    private static final int SALT = 12;
    private static final int RTCP_HEADER = 8;
    private static final int TRAILER = 4;
    private static final int ENCRYPTED = 0x80000000;

    private final SecretKeySpec rtpKey;
    private final SecretKeySpec rtcpKey;
    private final byte[] rtpSalt;
    private final byte[] rtcpSalt;
    private final Cipher cipher;

    GcmTransform(byte[] key, byte[] salt) throws GeneralSecurityException {
        rtpKey = new SecretKeySpec(KeyDerivation.derive(key, salt, KeyDerivation.RTP_ENCRYPTION, key.length), "AES");
        rtcpKey = new SecretKeySpec(KeyDerivation.derive(key, salt, KeyDerivation.RTCP_ENCRYPTION, key.length), "AES");
        rtpSalt = KeyDerivation.derive(key, salt, KeyDerivation.RTP_SALT, SALT);
        rtcpSalt = KeyDerivation.derive(key, salt, KeyDerivation.RTCP_SALT, SALT);
        cipher = Cipher.getInstance("AES/GCM/NoPadding");
    }

    @Override
    public int overhead() {
        return TAG;
    }

    /** Section 8.1. */
    private GCMParameterSpec rtpIv(long ssrc, long index) {
        byte[] iv = ByteBuffer.allocate(SALT)
                .putShort((short) 0)
                .putInt((int) ssrc)
                .putInt((int) (index >>> 16))
                .putShort((short) index)
                .array();
        return salted(iv, rtpSalt);
    }

    /** Section 9.1. */
    private GCMParameterSpec rtcpIv(long ssrc, int index) {
        byte[] iv = ByteBuffer.allocate(SALT)
                .putShort((short) 0)
                .putInt((int) ssrc)
                .putShort((short) 0)
                .putInt(index)
                .array();
        return salted(iv, rtcpSalt);
    }

    private static GCMParameterSpec salted(byte[] iv, byte[] salt) {
        for (int i = 0; i < SALT; i++) {
            iv[i] ^= salt[i];
        }
        return new GCMParameterSpec(TAG * 8, iv);
    }

    @Override
    public byte[] protect(byte[] packet, int length, int header, long ssrc, long index)
            throws GeneralSecurityException {
        byte[] out = Arrays.copyOf(packet, length + TAG);
        cipher.init(Cipher.ENCRYPT_MODE, rtpKey, rtpIv(ssrc, index));
        cipher.updateAAD(packet, 0, header);
        cipher.doFinal(packet, header, length - header, out, header);
        return out;
    }

    @Override
    public byte[] unprotect(byte[] packet, int offset, int length, int header, long ssrc, long index)
            throws GeneralSecurityException {
        if (length < header + TAG) {
            return null;
        }
        byte[] out = Arrays.copyOfRange(packet, offset, offset + length - TAG);
        cipher.init(Cipher.DECRYPT_MODE, rtpKey, rtpIv(ssrc, index));
        cipher.updateAAD(packet, offset, header);
        return decrypt(packet, offset + header, length - header, out, header);
    }

    private byte[] decrypt(byte[] packet, int at, int length, byte[] out, int to) throws GeneralSecurityException {
        try {
            cipher.doFinal(packet, at, length, out, to);
            return out;
        } catch (AEADBadTagException e) {
            return null;
        }
    }

    @Override
    public byte[] protectRtcp(byte[] packet, long ssrc, int index) throws GeneralSecurityException {
        byte[] out = Arrays.copyOf(packet, packet.length + TAG + TRAILER);
        int trailer = index | ENCRYPTED;
        ByteBuffer.wrap(out).putInt(packet.length + TAG, trailer);
        cipher.init(Cipher.ENCRYPT_MODE, rtcpKey, rtcpIv(ssrc, index));
        cipher.updateAAD(packet, 0, RTCP_HEADER);
        cipher.updateAAD(out, packet.length + TAG, TRAILER);
        cipher.doFinal(packet, RTCP_HEADER, packet.length - RTCP_HEADER, out, RTCP_HEADER);
        return out;
    }

    @Override
    public byte[] unprotectRtcp(byte[] packet, int offset, int length, long ssrc) throws GeneralSecurityException {
        int index = rtcpIndex(packet, offset, length);
        if (index < 0) {
            return null;
        }
        int body = length - TRAILER;
        byte[] out = Arrays.copyOfRange(packet, offset, offset + body - TAG);
        cipher.init(Cipher.DECRYPT_MODE, rtcpKey, rtcpIv(ssrc, index));
        cipher.updateAAD(packet, offset, RTCP_HEADER);
        cipher.updateAAD(packet, offset + body, TRAILER);
        return decrypt(packet, offset + RTCP_HEADER, body - RTCP_HEADER, out, RTCP_HEADER);
    }

    @Override
    public int rtcpIndex(byte[] packet, int offset, int length) {
        if (length < RTCP_HEADER + TAG + TRAILER) {
            return -1;
        }
        int trailer = ByteBuffer.wrap(packet).getInt(offset + length - TRAILER);
        return (trailer & ENCRYPTED) == 0 ? -1 : trailer & ~ENCRYPTED;
    }
}
