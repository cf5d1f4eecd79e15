package dev.agentassist.live.rtc.dtls;

/**
 * What SRTP is keyed with (RFC 5764, section 4.2): ours to send with, theirs to receive with.
 *
 * @param profile the protection profile's number: 1 AES_CM_128_HMAC_SHA1_80 (RFC 5764), 7 AEAD_AES_128_GCM (RFC 7714)
 */
public record SrtpKeys(int profile, byte[] localKey, byte[] localSalt, byte[] remoteKey, byte[] remoteSalt) {

    public static final int AES_CM_128_HMAC_SHA1_80 = 1;
    public static final int AEAD_AES_128_GCM = 7;

    static final int KEY = 16;

    static int salt(int profile) {
        return profile == AEAD_AES_128_GCM ? 12 : 14;
    }

    /** Cuts the exported material: client key, server key, client salt, server salt. */
    static SrtpKeys cut(int profile, byte[] material, boolean client) {
        int salt = salt(profile);
        int ours = client ? 0 : 1;
        return new SrtpKeys(
                profile,
                part(material, ours * KEY, KEY),
                part(material, 2 * KEY + ours * salt, salt),
                part(material, (1 - ours) * KEY, KEY),
                part(material, 2 * KEY + (1 - ours) * salt, salt));
    }

    private static byte[] part(byte[] from, int at, int length) {
        byte[] part = new byte[length];
        System.arraycopy(from, at, part, 0, length);
        return part;
    }

    @Override
    public String toString() {
        return "SrtpKeys[profile=" + profile + "]";
    }
}
