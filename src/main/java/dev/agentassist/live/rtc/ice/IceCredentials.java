package dev.agentassist.live.rtc.ice;

import dev.agentassist.live.rtc.stun.StunKey;
import java.security.SecureRandom;

/** One side's user name fragment and password of one ICE generation (RFC 8839, section 5.4). */
public final class IceCredentials {

    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    private final String ufrag;
    private final String password;
    private final StunKey key;

    public IceCredentials(String ufrag, String password) {
        this.ufrag = ufrag;
        this.password = password;
        this.key = StunKey.shortTerm(password);
    }

    /** 48 bits and 144 bits of chance; at least 24 and 128 are wanted. */
    static IceCredentials random(SecureRandom random) {
        return new IceCredentials(text(random, 8), text(random, 24));
    }

    private static String text(SecureRandom random, int length) {
        var b = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            b.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return b.toString();
    }

    public String ufrag() {
        return ufrag;
    }

    public String password() {
        return password;
    }

    StunKey key() {
        return key;
    }

    boolean sameAs(IceCredentials other) {
        return other != null && ufrag.equals(other.ufrag) && password.equals(other.password);
    }
}
