package dev.agentassist.live.rtc.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Hashtable;
import java.util.List;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.HashAlgorithm;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureAndHashAlgorithm;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.bc.BcDefaultTlsCredentialedSigner;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** What we offer and accept in the handshake. */
final class DtlsPeer extends DefaultTlsClient {

    /** RFC 6347 says 1 s; answers come within tens of milliseconds, and lost flights should not cost that much. */
    private static final int RESEND_MILLIS = 300;

    private static final int TIMEOUT_MILLIS = 20_000;
    private static final int[] SUITES = {
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
        CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
        CipherSuite.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384
    };
    private static final int[] PROFILES = {SrtpKeys.AEAD_AES_128_GCM, SrtpKeys.AES_CM_128_HMAC_SHA1_80};
    private static final String EXPORTER = "EXTRACTOR-dtls_srtp";

    private final DtlsIdentity identity;
    private final List<Fingerprint> fingerprints;
    private volatile SrtpKeys srtp;
    private volatile String refused;
    private int profile = -1;

    DtlsPeer(DtlsIdentity identity, List<Fingerprint> fingerprints) {
        super(new BcTlsCrypto(new SecureRandom()));
        this.identity = identity;
        this.fingerprints = fingerprints;
    }

    /** Known once the handshake is done; null where no profile was agreed. */
    SrtpKeys srtp() {
        return srtp;
    }

    /** Why we refused the other side, or null. */
    String refused() {
        return refused;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return SUITES.clone();
    }

    @Override
    public int getHandshakeResendTimeMillis() {
        return RESEND_MILLIS;
    }

    @Override
    public int getHandshakeTimeoutMillis() {
        return TIMEOUT_MILLIS;
    }

    @Override
    @SuppressWarnings({"rawtypes", "unchecked"})
    public Hashtable getClientExtensions() throws IOException {
        Hashtable extensions = super.getClientExtensions();
        if (extensions == null) {
            extensions = new Hashtable();
        }
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(PROFILES.clone(), TlsUtils.EMPTY_BYTES));
        return extensions;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processServerExtensions(Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        UseSRTPData agreed = TlsSRTPUtils.getUseSRTPExtension(extensions);
        if (agreed != null && agreed.getProtectionProfiles().length == 1) {
            profile = agreed.getProtectionProfiles()[0];
            if (profile != PROFILES[0] && profile != PROFILES[1]) {
                throw new TlsFatalAlert(AlertDescription.illegal_parameter);
            }
        }
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        if (profile >= 0) {
            int length = 2 * (SrtpKeys.KEY + SrtpKeys.salt(profile));
            srtp = SrtpKeys.cut(profile, context.exportKeyingMaterial(EXPORTER, null, length));
        }
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
                byte[] der = shown.getCertificate().getLength() == 0
                        ? new byte[0]
                        : shown.getCertificate().getCertificateAt(0).getEncoded();
                if (fingerprints.stream().noneMatch(f -> f.matches(der))) {
                    refused = "the server's certificate has another fingerprint than its description says";
                    throw new TlsFatalAlert(AlertDescription.bad_certificate);
                }
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                var crypto = (BcTlsCrypto) context.getCrypto();
                AsymmetricKeyParameter key = PrivateKeyFactory.createKey(identity.key().getEncoded());
                var certificate =
                        new Certificate(new TlsCertificate[] {crypto.createCertificate(identity.certificate())});
                return new BcDefaultTlsCredentialedSigner(
                        new TlsCryptoParameters(context),
                        crypto,
                        key,
                        certificate,
                        new SignatureAndHashAlgorithm(HashAlgorithm.sha256, SignatureAlgorithm.ecdsa));
            }
        };
    }
}
