package dev.agentassist.live.rtc.stun;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;

/** The key of MESSAGE-INTEGRITY (HMAC-SHA1; RFC 8489, section 14.5). Not for several threads at once. */
public final class StunKey {

    static final int LENGTH = 20;

    private static final int BLOCK = 64;

    private final MessageDigest inner = sha1();
    private final MessageDigest outer = sha1();
    private final byte[] innerPad = new byte[BLOCK];
    private final byte[] outerPad = new byte[BLOCK];

    /** RFC 2104 by hand: looking for a Mac loads every security provider, in the middle of the first connection. */
    private StunKey(byte[] key) {
        byte[] short64 = key.length > BLOCK ? sha1().digest(key) : key;
        for (int i = 0; i < BLOCK; i++) {
            int k = i < short64.length ? short64[i] : 0;
            innerPad[i] = (byte) (k ^ 0x36);
            outerPad[i] = (byte) (k ^ 0x5c);
        }
    }

    private static MessageDigest sha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
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
        inner.update(innerPad);
        inner.update(b, offset, length);
        outer.update(outerPad);
        return outer.digest(inner.digest());
    }
}
