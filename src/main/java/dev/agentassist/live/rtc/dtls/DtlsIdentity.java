package dev.agentassist.live.rtc.dtls;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.ec.CustomNamedCurves;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECDomainParameters;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.ParametersWithRandom;
import org.bouncycastle.crypto.signers.ECDSASigner;
import org.bouncycastle.math.ec.rfc7748.X25519;

/**
 * A fresh P-256 key with a certificate signed by itself (RFC 8827, section 6.5): it says nothing about who we are; the
 * description carries its fingerprint. The certificate is so small that its DER is written here.
 */
public final class DtlsIdentity {

    private static final byte[] ECDSA_WITH_SHA256 = hex("300a06082a8648ce3d040302");
    /** {@code id-ecPublicKey} with {@code prime256v1} (RFC 5480). */
    private static final byte[] P256_KEY = hex("301306072a8648ce3d020106082a8648ce3d030107");
    private static final byte[] VERSION_3 = hex("a003020102");
    private static final byte[] COMMON_NAME = hex("0603550403");
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    private final ECPrivateKeyParameters key;
    private final byte[] certificate;

    private DtlsIdentity(ECPrivateKeyParameters key, byte[] certificate) {
        this.key = key;
        this.certificate = certificate;
    }

    /** Valid from a day ago for a month: clocks differ. */
    public static DtlsIdentity create(Instant now) {
        // BouncyCastle's curve, which the handshake needs too: the JDK's takes ten times as long until it is compiled.
        var curve = new ECDomainParameters(CustomNamedCurves.getByName("secp256r1"));
        var random = new SecureRandom();
        var generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(curve, random));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        var key = (ECPrivateKeyParameters) pair.getPrivate();
        byte[] point = ((ECPublicKeyParameters) pair.getPublic()).getQ().getEncoded(false);
        byte[] name = der(0x30, der(0x31, der(0x30, COMMON_NAME, der(0x0c, ascii("WebRTC")))));
        byte[] serial = der(0x02, new BigInteger(64, random).setBit(63).toByteArray());
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
                der(0x30, P256_KEY, der(0x03, new byte[1], point)));
        var signer = new ECDSASigner();
        signer.init(true, new ParametersWithRandom(key, random));
        BigInteger[] signature = signer.generateSignature(sha256(signed));
        byte[] bits = der(0x30, der(0x02, signature[0].toByteArray()), der(0x02, signature[1].toByteArray()));
        return new DtlsIdentity(key, der(0x30, signed, ECDSA_WITH_SHA256, der(0x03, new byte[1], bits)));
    }

    /** Makes the tables of X25519, which the first handshake makes otherwise, in the middle of connecting. */
    public static void prepareAgreement() {
        X25519.precompute();
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    ECPrivateKeyParameters key() {
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
