package dev.agentassist.live.rtc.dtls;

import java.io.IOException;
import java.util.List;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsCredentialedSigner;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** What both sides of the handshake have in common. */
final class DtlsProfile {

    private static final String EXPORTER = "EXTRACTOR-dtls_srtp";

    /** What sealing adds to a record in each of {@link #suites}: nonce and tag of GCM (RFC 5288, section 3), in bytes. */
    static final int SEAL = 8 + 16;

    private DtlsProfile() {}

    /** What RFC 8827, section 6.5 wants, and its usual kin. */
    static int[] suites() {
        return new int[] {
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
        };
    }

    /** SRTP's protection profiles, the preferred one first. */
    static int[] srtp() {
        return new int[] {SrtpKeys.AEAD_AES_128_GCM, SrtpKeys.AES_CM_128_HMAC_SHA1_80};
    }

    static boolean isKnown(int profile) {
        return profile == SrtpKeys.AEAD_AES_128_GCM || profile == SrtpKeys.AES_CM_128_HMAC_SHA1_80;
    }

    /** Null where the certificate is the described one's; else why not. */
    static String check(Certificate shown, List<Fingerprint> fingerprints) throws IOException {
        if (shown == null || shown.isEmpty()) {
            return "the other side showed no certificate";
        }
        byte[] der = shown.getCertificateAt(0).getEncoded();
        return fingerprints.stream().anyMatch(f -> f.matches(der))
                ? null
                : "the other side's certificate has another fingerprint than its description says";
    }

    static TlsCredentialedSigner credentials(TlsContext context, DtlsIdentity identity) throws IOException {
        var crypto = (BcTlsCrypto) context.getCrypto();
        var certificate = new Certificate(new TlsCertificate[] {crypto.createCertificate(identity.certificate())});
        return new BcDefaultTlsCredentialedSigner(
                new TlsCryptoParameters(context),
                crypto,
                identity.key(),
                certificate,
                new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
    }

    /** RFC 5764, section 4.2. */
    static SrtpKeys export(TlsContext context, int profile, boolean client) {
        int length = 2 * (SrtpKeys.KEY + SrtpKeys.salt(profile));
        return SrtpKeys.cut(profile, context.exportKeyingMaterial(EXPORTER, null, length), client);
    }
}
