package dev.agentassist.live.rtc.dtls;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.Hashtable;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateRequest;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.DatagramTransport;
import org.bouncycastle.tls.DefaultTlsClient;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsAuthentication;
import org.bouncycastle.tls.TlsCredentials;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.TlsSRTPUtils;
import org.bouncycastle.tls.TlsServerCertificate;
import org.bouncycastle.tls.TlsUtils;
import org.bouncycastle.tls.UseSRTPData;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

/** What we offer and accept in the handshake. */
final class DtlsClientSide extends DefaultTlsClient implements DtlsAssociation.Side {

    /** RFC 6347 says 1 s; answers come within tens of milliseconds, and lost flights should not cost that much. */
    private static final int RESEND_MILLIS = 300;

    private static final int TIMEOUT_MILLIS = 20_000;
    private final DtlsIdentity identity;
    private final List<Fingerprint> fingerprints;
    private volatile SrtpKeys srtp;
    private volatile String refused;
    private int profile = -1;

    DtlsClientSide(DtlsIdentity identity, List<Fingerprint> fingerprints) {
        super(new BcTlsCrypto(new SecureRandom()));
        this.identity = identity;
        this.fingerprints = fingerprints;
    }

    @Override
    public DTLSTransport handshake(DatagramTransport datagrams) throws IOException {
        return new DTLSClientProtocol().connect(this, datagrams);
    }

    @Override
    public SrtpKeys srtp() {
        return srtp;
    }

    @Override
    public String refused() {
        return refused;
    }

    @Override
    protected ProtocolVersion[] getSupportedVersions() {
        return ProtocolVersion.DTLSv12.only();
    }

    @Override
    protected int[] getSupportedCipherSuites() {
        return DtlsProfile.suites();
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
        TlsSRTPUtils.addUseSRTPExtension(extensions, new UseSRTPData(DtlsProfile.srtp(), TlsUtils.EMPTY_BYTES));
        return extensions;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public void processServerExtensions(Hashtable extensions) throws IOException {
        super.processServerExtensions(extensions);
        UseSRTPData agreed = TlsSRTPUtils.getUseSRTPExtension(extensions);
        if (agreed != null && agreed.getProtectionProfiles().length == 1) {
            profile = agreed.getProtectionProfiles()[0];
            if (!DtlsProfile.isKnown(profile)) {
                throw new TlsFatalAlert(AlertDescription.illegal_parameter);
            }
        }
    }

    @Override
    public void notifyHandshakeComplete() throws IOException {
        super.notifyHandshakeComplete();
        if (profile >= 0) {
            srtp = DtlsProfile.export(context, profile, true);
        }
    }

    @Override
    public TlsAuthentication getAuthentication() {
        return new TlsAuthentication() {
            @Override
            public void notifyServerCertificate(TlsServerCertificate shown) throws IOException {
                refused = DtlsProfile.check(shown.getCertificate(), fingerprints);
                if (refused != null) {
                    throw new TlsFatalAlert(AlertDescription.bad_certificate);
                }
            }

            @Override
            public TlsCredentials getClientCredentials(CertificateRequest request) throws IOException {
                return DtlsProfile.credentials(context, identity);
            }
        };
    }
}
