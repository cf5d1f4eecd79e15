package dev.agentassist.net;

import dev.agentassist.problem.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import okhttp3.Authenticator;
import okhttp3.ConnectionSpec;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.tls.HandshakeCertificates;

/** Makes the HTTP client that all connections use: one timeout, one trust, one proxy. */
public final class Http {

    /**
     * @param timeout for connecting, for each silence between bytes, and for the whole call
     * @param caFile PEM certificates to trust besides the platform's, or null
     * @param proxy {@code http://host:port} or {@code http://user:password@host:port}, or null
     * @param noProxy hosts and domain suffixes reached directly, separated by commas, {@code *} for all; or null
     */
    public record Options(Duration timeout, Path caFile, String proxy, String noProxy) {}

    private Http() {}

    /** For any server. */
    public static OkHttpClient client(Options options) {
        OkHttpClient.Builder client = builder(options);
        if (options.caFile() != null) {
            HandshakeCertificates trust = trust(options.caFile());
            client.sslSocketFactory(trust.sslSocketFactory(), trust.trustManager());
        }
        return client.build();
    }

    /** For a server whose address is {@code http://…}: the certificates that TLS needs take 90 ms of a cold start to read. */
    public static OkHttpClient clientWithoutTls(Options options) {
        check(options);
        return builder(options).connectionSpecs(List.of(ConnectionSpec.CLEARTEXT)).build();
    }

    /** Fails where the options hold what no client can be made with. */
    public static void check(Options options) {
        if (options.proxy() != null) {
            proxies(options);
        }
        if (options.caFile() != null) {
            certificates(options.caFile());
        }
    }

    private static OkHttpClient.Builder builder(Options options) {
        var client = new OkHttpClient.Builder();
        String user = options.proxy() == null ? null : address(options.proxy()).getUserInfo();
        if (user != null) {
            client.proxyAuthenticator(credentials(user));
        }
        return client.connectTimeout(options.timeout())
                .readTimeout(options.timeout())
                .writeTimeout(options.timeout())
                .callTimeout(options.timeout())
                .proxySelector(options.proxy() == null ? direct() : proxies(options));
    }

    /** The platform's authorities and those of the file. */
    public static HandshakeCertificates trust(Path caFile) {
        var trust = new HandshakeCertificates.Builder().addPlatformTrustedCertificates();
        certificates(caFile).forEach(c -> trust.addTrustedCertificate((X509Certificate) c));
        return trust.build();
    }

    private static Collection<? extends Certificate> certificates(Path caFile) {
        try (InputStream in = Files.newInputStream(caFile)) {
            var certificates = CertificateFactory.getInstance("X.509").generateCertificates(in);
            if (certificates.isEmpty()) {
                throw notPem(caFile, null);
            }
            return certificates;
        } catch (CertificateException e) {
            throw notPem(caFile, e);
        } catch (IOException e) {
            throw Failure.badInput("The CA file " + caFile + " cannot be read.", "Check --ca-file (or ca_file).");
        }
    }

    private static Failure notPem(Path file, Exception cause) {
        return new Failure(
                dev.agentassist.problem.Problem.badInput(
                        "The CA file " + file + " holds no PEM certificate.",
                        "Give a file with -----BEGIN CERTIFICATE----- blocks."),
                cause);
    }

    private static ProxySelector direct() {
        return new Selector(List.of(Proxy.NO_PROXY), List.of("*"));
    }

    private static ProxySelector proxies(Options options) {
        URI uri = address(options.proxy());
        int port = uri.getPort() > 0 ? uri.getPort() : 80;
        var address = InetSocketAddress.createUnresolved(uri.getHost(), port);
        List<String> direct = options.noProxy() == null
                ? List.of()
                : Arrays.stream(options.noProxy().split(","))
                        .map(s -> s.strip().toLowerCase(Locale.ROOT))
                        .filter(s -> !s.isEmpty())
                        .toList();
        return new Selector(List.of(new Proxy(Proxy.Type.HTTP, address)), direct);
    }

    private static URI address(String proxy) {
        try {
            URI uri = URI.create(proxy.contains("://") ? proxy : "http://" + proxy);
            if (uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // Said below.
        }
        throw badProxy(proxy);
    }

    /** Basic (RFC 7617), sent with the first request: proxies seldom know another scheme that a URL could hold. */
    private static Authenticator credentials(String userInfo) {
        int colon = userInfo.indexOf(':');
        String user = colon < 0 ? userInfo : userInfo.substring(0, colon);
        String basic = Credentials.basic(user, colon < 0 ? "" : userInfo.substring(colon + 1), StandardCharsets.UTF_8);
        return (route, response) -> response.request().header("Proxy-Authorization") != null
                // They were not taken.
                ? null
                : response.request().newBuilder().header("Proxy-Authorization", basic).build();
    }

    private static Failure badProxy(String proxy) {
        // A proxy's address can hold a password.
        String shown = proxy.replaceAll("//[^@/]*@", "//***@");
        return Failure.badInput("“" + shown + "” is not a proxy's address.", "Set HTTPS_PROXY as http://host:port.");
    }

    private static final class Selector extends ProxySelector {
        private final List<Proxy> proxies;
        private final List<String> direct;

        Selector(List<Proxy> proxies, List<String> direct) {
            this.proxies = proxies;
            this.direct = direct;
        }

        @Override
        public List<Proxy> select(URI uri) {
            return goesDirect(uri.getHost()) ? List.of(Proxy.NO_PROXY) : proxies;
        }

        private boolean goesDirect(String host) {
            if (host == null) {
                return true;
            }
            String name = host.toLowerCase(Locale.ROOT);
            if (name.equals("localhost") || name.startsWith("127.") || name.equals("[::1]") || name.equals("::1")) {
                return true;
            }
            return direct.stream().anyMatch(d -> d.equals("*")
                    || name.equals(d)
                    || name.endsWith(d.startsWith(".") ? d : "." + d));
        }

        @Override
        public void connectFailed(URI uri, SocketAddress address, IOException e) {
            // Said by whoever made the call.
        }
    }
}
