package dev.agentassist.live.rtc.dtls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;

/**
 * A fresh P-256 key with a certificate signed by itself (RFC 8827, section 6.5): it says nothing about who we are; the
 * description carries its fingerprint. The certificate is so small that its DER is written here.
 */
public final class DtlsIdentity {

    private static final byte[] ECDSA_WITH_SHA256 = hex("300a06082a8648ce3d040302");
    private static final byte[] VERSION_3 = hex("a003020102");
    private static final byte[] COMMON_NAME = hex("0603550403");
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final PrivateKey key;
    private final byte[] certificate;

    private DtlsIdentity(PrivateKey key, byte[] certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** Valid from a day ago for a month: clocks differ. */
    public static DtlsIdentity create(Instant now) {
        try {
            var generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            byte[] name = der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0c, ascii("WebRTC")))));
            byte[] serial = der(0x02, new BigInteger(64, new SecureRandom()).setBit(63).toByteArray());
            byte[] validity = der(
                    0x30,
                    der(0x17, ascii(UTC_TIME.format(now.minus(Duration.ofDays(1))))),
                    der(0x17, ascii(UTC_TIME.format(now.plus(Duration.ofDays(30))))));
            byte[] signed = der(
                    0x30,
                    VERSION_3,
                    serial,
                    ECDSA_WITH_SHA256,
                    name,
                    validity,
                    name,
                    pair.getPublic().getEncoded());
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(pair.getPrivate());
            signature.update(signed);
            byte[] bits = signature.sign();
            byte[] padded = new byte[bits.length + 1];
            System.arraycopy(bits, 0, padded, 1, bits.length);
            return new DtlsIdentity(pair.getPrivate(), der(0x30, signed, ECDSA_WITH_SHA256, der(0x03, padded)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot make a P-256 key.", e);
        }
    }

    PrivateKey key() {
        return key;
    }

    /** In DER. */
    public byte[] certificate() {
        return certificate.clone();
    }

    /** {@code sha-256 AB:CD:…}, as {@code a=fingerprint} has it (RFC 8122). */
    public String fingerprint() {
        return "sha-256 " + fingerprint("SHA-256", certificate);
    }

    static String fingerprint(String algorithm, byte[] der) {
        try {
            byte[] digest = MessageDigest.getInstance(algorithm).digest(der);
            return HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] der(int tag, byte[]... parts) {
        var content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        int n = content.size();
        var out = new ByteArrayOutputStream();
        out.write(tag);
        if (n < 128) {
            out.write(n);
        } else if (n < 256) {
            out.write(0x81);
            out.write(n);
        } else {
            out.write(0x82);
            out.write(n >> 8);
            out.write(n);
        }
        out.writeBytes(content.toByteArray());
        return out.toByteArray();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}
