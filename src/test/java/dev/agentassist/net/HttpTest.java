package dev.agentassist.net;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpTest {

    private static final Duration PATIENCE = Duration.ofSeconds(20);

    @TempDir
    Path folder;

    private static Proxy proxyFor(String url, String proxy, String noProxy) {
        OkHttpClient client = Http.client(new Http.Options(PATIENCE, null, proxy, noProxy));
        return client.proxySelector().select(URI.create(url)).getFirst();
    }

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "https://lk.example.com, -",
        "https://lk.example.com, 'other.org,example.net'",
        "https://notexample.com, example.com",
    })
    void goesThroughTheProxy(String url, String noProxy) {
        Proxy proxy = proxyFor(url, "http://user:pw@proxy.corp:3128", noProxy);
        assertEquals(new Proxy(Proxy.Type.HTTP, InetSocketAddress.createUnresolved("proxy.corp", 3128)), proxy);
    }

    @ParameterizedTest
    @CsvSource({
        "https://lk.example.com, '*'",
        "https://lk.example.com, 'a.b, .example.com'",
        "https://LK.Example.com, example.com",
        "https://example.com, example.com",
        "http://127.0.0.1:7880, x",
        "http://localhost:7880, x",
        "'http://[::1]:7880', x",
    })
    void goesDirectWhereNoProxySaysSoAndOnThisMachine(String url, String noProxy) {
        assertEquals(Proxy.NO_PROXY, proxyFor(url, "proxy.corp", noProxy));
    }

    @Test
    void withoutAProxyOfOursTheJvmsIsNotTaken() {
        assertEquals(Proxy.NO_PROXY, proxyFor("https://lk.example.com", null, null));
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://user:pa ss@h", "http://", "://x"})
    void aBadProxyIsNamedWithoutItsPassword(String proxy) {
        Failure failure = assertThrows(Failure.class, () -> proxyFor("https://x", proxy, null));
        assertInstanceOf(Problem.BadInput.class, failure.problem());
        assertFalse(failure.problem().detail().contains("pa ss"), failure.problem().detail());
    }

    @Test
    void aCaFileThatIsNoneIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("ca.pem"), "nothing");
        for (Path bad : new Path[] {file, folder.resolve("missing.pem"), folder}) {
            var options = new Http.Options(PATIENCE, bad, null, null);
            for (Executable client : List.<Executable>of(() -> Http.client(options), () -> Http.clientWithoutTls(options))) {
                Failure failure = assertThrows(Failure.class, client);
                assertInstanceOf(Problem.BadInput.class, failure.problem());
                assertTrue(failure.problem().detail().contains(bad.toString()), failure.problem().detail());
            }
        }
    }

    /** A TLS server whose certificate an authority of the CA file signed: trusted with the file, refused without. */
    @Test
    void trustsTheAuthoritiesOfTheCaFile() throws Exception {
        var authority = new HeldCertificate.Builder().certificateAuthority(0).build();
        var own = new HeldCertificate.Builder().signedBy(authority).addSubjectAlternativeName("localhost").build();
        var tls = new HandshakeCertificates.Builder().heldCertificate(own).build();
        Path file = Files.writeString(folder.resolve("ca.pem"), authority.certificatePem());
        try (var server = (ServerSocket) tls.sslContext().getServerSocketFactory()
                .createServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread.ofPlatform().daemon().start(() -> answer(server));
            var request = new Request.Builder().url("https://localhost:" + server.getLocalPort() + "/").build();

            OkHttpClient trusting = Http.client(new Http.Options(PATIENCE, file, null, null));
            try (var response = trusting.newCall(request).execute()) {
                assertEquals(200, response.code());
            }
            OkHttpClient strict = Http.client(new Http.Options(PATIENCE, null, null, null));
            assertThrows(SSLException.class, () -> strict.newCall(request).execute().close());
        }
    }

    private static void answer(ServerSocket server) {
        while (!server.isClosed()) {
            try (var client = server.accept()) {
                byte[] request = new byte[4096];
                if (client.getInputStream().read(request) > 0) {
                    client.getOutputStream().write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".getBytes());
                }
            } catch (IOException e) {
                // Refused by the client, or closed.
            }
        }
    }

    @Test
    void theClientWithoutTlsSpeaksNoTls() {
        OkHttpClient plain = Http.clientWithoutTls(new Http.Options(PATIENCE, null, null, null));
        var request = new Request.Builder().url("https://localhost:1/").build();
        assertThrows(IllegalStateException.class, () -> plain.newCall(request).execute().close());
    }

    @Test
    void aServerThatIsSilentIsNotWaitedForForEver() throws Exception {
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            OkHttpClient client = Http.clientWithoutTls(new Http.Options(Duration.ofMillis(200), null, null, null));
            var request = new Request.Builder().url("http://127.0.0.1:" + silent.getLocalPort() + "/").build();
            var e = assertThrows(java.io.InterruptedIOException.class, () -> client.newCall(request).execute().close());
            assertTrue(e instanceof SocketTimeoutException || "timeout".equals(e.getMessage()), e.toString());
        }
    }
}
