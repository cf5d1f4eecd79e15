package dev.agentassist.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * A real TURN server (coturn) on loopback: UDP and TCP on one port, TLS on another with a certificate of a private
 * authority. Its lifetimes are as short as the test wants them.
 */
public final class CoturnPart implements AutoCloseable {

    public static final String USER = "tester";
    public static final String PASSWORD = "a-password-of-the-tests";

    private final int port = Ports.free();
    private final int tlsPort = Ports.free();
    private final Path folder;
    private final SSLContext trust;
    private final Process process;

    private CoturnPart(List<String> more) {
        Path program = Parts.debian("turnserver", "coturn");
        folder = Scratch.folder("coturn-" + port);
        try {
            var authority = new HeldCertificate.Builder().certificateAuthority(0).commonName("Tests' authority").build();
            var server = new HeldCertificate.Builder()
                    .signedBy(authority)
                    .commonName("localhost")
                    .addSubjectAlternativeName("localhost")
                    .build();
            trust = new HandshakeCertificates.Builder()
                    .addTrustedCertificate(authority.certificate())
                    .build()
                    .sslContext();
            Files.writeString(authority(), authority.certificatePem());
            Path certificate = Files.writeString(folder.resolve("certificate.pem"), server.certificatePem());
            Path key = Files.writeString(folder.resolve("key.pem"), server.privateKeyPkcs8Pem());
            var command = Stream.concat(
                    Stream.of(
                            program.toString(), "-n", "--listening-ip=127.0.0.1", "--relay-ip=127.0.0.1",
                            "--listening-port=" + port, "--tls-listening-port=" + tlsPort, "--no-dtls", "--no-cli",
                            "--cert=" + certificate, "--pkey=" + key, "--lt-cred-mech", "--user=" + USER + ":" + PASSWORD,
                            "--realm=tests", "--allow-loopback-peers", "--relay-threads=1", "--no-software-attribute",
                            "--pidfile=" + folder.resolve("pid"), "--userdb=" + folder.resolve("users"),
                            "--log-file=stdout", "--simple-log", "--verbose"),
                    more.stream());
            process = new ProcessBuilder(command.collect(Collectors.toList()))
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log().toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Children.add(process);
        Await.until("coturn answers (its log: " + log() + ")", () -> Ports.answers(port) && Ports.answers(tlsPort));
    }

    /** {@code more}: further options, as {@code --stale-nonce=2}. */
    public static CoturnPart start(String... more) {
        return new CoturnPart(List.of(more));
    }

    public int port() {
        return port;
    }

    public String udpUrl() {
        return "turn:127.0.0.1:" + port + "?transport=udp";
    }

    public String tcpUrl() {
        return "turn:127.0.0.1:" + port + "?transport=tcp";
    }

    /** The certificate is for {@code localhost}. */
    public String tlsUrl() {
        return "turns:localhost:" + tlsPort + "?transport=tcp";
    }

    /** Trusts the private authority, and nobody else. */
    public SSLContext trust() {
        return trust;
    }

    /** Its authority's certificate, for {@code --ca-file}. */
    public Path authority() {
        return folder.resolve("authority.pem");
    }

    public int tlsPort() {
        return tlsPort;
    }

    public Path log() {
        return folder.resolve("coturn.log");
    }

    /** How often a text stands in the log. */
    public long logged(String text) {
        try (Stream<String> lines = Files.lines(log())) {
            return lines.filter(line -> line.contains(text)).count();
        } catch (IOException | UncheckedIOException e) {
            return 0;
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
