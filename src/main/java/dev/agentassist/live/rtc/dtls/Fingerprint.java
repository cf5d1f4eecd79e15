package dev.agentassist.live.rtc.dtls;

import java.util.Locale;
import java.util.Map;

/**
 * What the other side's certificate must hash to (RFC 8122).
 *
 * @param algorithm {@code sha-256}, {@code sha-384} or {@code sha-512}
 * @param value hexadecimal, colons between
 */
public record Fingerprint(String algorithm, String value) {

    private static final Map<String, String> ALGORITHMS =
            Map.of("sha-256", "SHA-256", "sha-384", "SHA-384", "sha-512", "SHA-512");

    /** Reads {@code sha-256 AB:CD:…}; null where it is none, or the hash is one that proves little. */
    public static Fingerprint parse(String text) {
        String[] words = text.strip().split("\\s+");
        if (words.length != 2 || !words[1].matches("(?i)[0-9a-f]{2}(:[0-9a-f]{2}){31,63}")) {
            return null;
        }
        String algorithm = words[0].toLowerCase(Locale.ROOT);
        return ALGORITHMS.containsKey(algorithm)
                ? new Fingerprint(algorithm, words[1].toUpperCase(Locale.ROOT))
                : null;
    }

    boolean matches(byte[] certificate) {
        return DtlsIdentity.fingerprint(ALGORITHMS.get(algorithm), certificate).equals(value);
    }
}
