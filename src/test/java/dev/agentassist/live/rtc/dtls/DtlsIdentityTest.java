package dev.agentassist.live.rtc.dtls;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Fixed;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Instant;
import java.util.Date;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

/** What we say who we are, as the JDK reads it: made by another library, and its DER by hand. */
class DtlsIdentityTest {

    private static X509Certificate read(DtlsIdentity identity) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(identity.certificate()));
    }

    @Test
    void isOfP256AndSignedByItself() throws Exception {
        X509Certificate certificate = read(DtlsIdentity.create(Instant.now()));
        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity();
        var key = (ECPublicKey) certificate.getPublicKey();
        assertEquals(256, key.getParams().getCurve().getField().getFieldSize());
        assertEquals("SHA256withECDSA", certificate.getSigAlgName());
        assertEquals("CN=WebRTC", certificate.getSubjectX500Principal().getName());
        assertEquals(certificate.getSubjectX500Principal(), certificate.getIssuerX500Principal());
    }

    @Test
    void itsFingerprintIsOfTheWholeCertificate() throws Exception {
        DtlsIdentity identity = DtlsIdentity.create(Instant.now());
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(identity.certificate());
        assertEquals("sha-256 " + HexFormat.ofDelimiter(":").withUpperCase().formatHex(digest), identity.fingerprint());
        assertNotEquals(identity.fingerprint(), DtlsIdentity.create(Instant.now()).fingerprint());
    }

    /** Lengths differ with the numbers that are drawn: a hundred of them are read. */
    @Property(tries = 100, seed = Fixed.SEED)
    void eachOneCanBeRead(@ForAll @LongRange(min = 1_700_000_000L, max = 2_500_000_000L) long now) throws Exception {
        X509Certificate certificate = read(DtlsIdentity.create(Instant.ofEpochSecond(now)));
        certificate.verify(certificate.getPublicKey());
        certificate.checkValidity(Date.from(Instant.ofEpochSecond(now)));
        assertTrue(certificate.getSerialNumber().signum() > 0);
    }
}
