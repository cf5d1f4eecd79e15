package dev.agentassist.live.rtc.stun;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The key of MESSAGE-INTEGRITY (HMAC-SHA1; RFC 8489, section 14.5). Not for several threads at once. */
public final class StunKey {

    static final int LENGTH = 20;

    private final Mac mac;

    private StunKey(byte[] key) {
        try {
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** ICE's: the password itself (section 9.1.1). */
    public static StunKey shortTerm(String password) {
        return new StunKey(password.getBytes(StandardCharsets.UTF_8));
    }

    /** TURN's: MD5 of {@code username:realm:password} (section 9.2.2). */
    public static StunKey longTerm(String username, String realm, String password) {
        try {
            return new StunKey(MessageDigest.getInstance("MD5")
                    .digest((username + ":" + realm + ":" + password).getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    byte[] sign(byte[] b, int offset, int length) {
        mac.update(b, offset, length);
        return mac.doFinal();
    }
}
