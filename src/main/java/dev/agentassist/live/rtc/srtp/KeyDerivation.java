package dev.agentassist.live.rtc.srtp;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** Session keys from the master key and salt (RFC 3711, section 4.3), with a key derivation rate of zero. */
final class KeyDerivation {

    static final int RTP_ENCRYPTION = 0;
    static final int RTP_AUTHENTICATION = 1;
    static final int RTP_SALT = 2;
    static final int RTCP_ENCRYPTION = 3;
    static final int RTCP_AUTHENTICATION = 4;
    static final int RTCP_SALT = 5;

    private static final int SALT = 14;
    private static final int LABEL_AT = 7;

    private KeyDerivation() {}

    /** A salt of 96 bits is filled up with zeros behind (RFC 7714, section 11). */
    static byte[] derive(byte[] masterKey, byte[] masterSalt, int label, int length) {
        byte[] iv = Arrays.copyOf(Arrays.copyOf(masterSalt, SALT), 16);
        iv[LABEL_AT] ^= (byte) label;
        try {
            Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
            cipher.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(masterKey, "AES"), new IvParameterSpec(iv));
            return cipher.doFinal(new byte[length]);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
