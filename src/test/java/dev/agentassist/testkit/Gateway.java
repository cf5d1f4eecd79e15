package dev.agentassist.testkit;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import livekit.LivekitRtc;
import okhttp3.tls.HandshakeCertificates;
import okhttp3.tls.HeldCertificate;

/**
 * What stands before a real LiveKit server in the field: ends TLS, does not know each path, sends elsewhere, is cut off. And
 * the firewall beside it: the two sides are told of each other's ports only what the test lets through.
 */
public final class Gateway implements AutoCloseable {

    /** An address in a description or a candidate: everything before the port, the port, and what follows. */
    private static final Pattern HOST_CANDIDATE =
            Pattern.compile("(candidate:\\S+ \\d (?:udp|tcp) \\d+ \\S+ )(\\d+)( typ host)", Pattern.CASE_INSENSITIVE);

    private static final Pattern JOIN_REQUEST = Pattern.compile("(?<=[?&]join_request=)[^&]*");

    private final int upstream;
    private final ServerSocket socket;
    private final HeldCertificate authority;
    private final Path authorityFile;
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<OutputStream> listening = new CopyOnWriteArrayList<>();
    private volatile Map<Integer, Integer> ports;
    private volatile String elsewhere;
    private boolean cut;

    private Gateway(LiveKitServerPart server, boolean tls) {
        this.upstream = server.port();
        try {
            if (tls) {
                authority = new HeldCertificate.Builder().certificateAuthority(0).commonName("Gateway's authority").build();
                var own = new HeldCertificate.Builder()
                        .signedBy(authority)
                        .commonName("localhost")
                        .addSubjectAlternativeName("localhost")
                        .addSubjectAlternativeName("livekit.test")
                        .build();
                socket = new HandshakeCertificates.Builder().heldCertificate(own, authority.certificate()).build()
                        .sslContext().getServerSocketFactory().createServerSocket(0, 50, InetAddress.getLoopbackAddress());
                authorityFile = Files.writeString(
                        Scratch.folder("gateway-" + socket.getLocalPort()).resolve("authority.pem"), authority.certificatePem());
            } else {
                authority = null;
                authorityFile = null;
                socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Connections.serve(socket, this::serve);
    }

    public static Gateway before(LiveKitServerPart server) {
        return new Gateway(server, false);
    }

    /** With TLS, for {@code localhost} and {@code livekit.test}, by an authority that nobody knows. */
    public static Gateway withTls(LiveKitServerPart server) {
        return new Gateway(server, true);
    }

    public int port() {
        return socket.getLocalPort();
    }

    /** For {@code LIVEKIT_URL}. */
    public String url() {
        return (authority == null ? "ws://127.0.0.1:" : "wss://localhost:") + port();
    }

    /** The authority's certificate, for {@code --ca-file}. */
    public Path authority() {
        return authorityFile;
    }

    /** A path is answered here, as by something that does not know it. */
    public Gateway answering(String path, int status) {
        answers.put(path, status);
        return this;
    }

    /** Whoever wants to join is sent elsewhere, by LiveKit's own message. */
    public Gateway sendingTo(String url) {
        elsewhere = url;
        return this;
    }

    /**
     * From now on a client is told of other ports than the server's own ones (0: of one where nobody is), and the server of
     * none of the client's own.
     */
    public Gateway telling(Map<Integer, Integer> portsTold) {
        ports = Map.copyOf(portsTold);
        return this;
    }

    /** Paths that were asked for, in order, without their queries. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Says something to all who are connected, in the server's name. */
    public void say(LivekitRtc.SignalResponse message) {
        for (OutputStream each : listening) {
            try {
                frame(each, message.toByteArray());
            } catch (IOException e) {
                // Gone in between.
            }
        }
    }

    /** Nothing goes through any more, and nothing is closed, until {@link #mend()}. */
    public synchronized void cut() {
        cut = true;
    }

    public synchronized void mend() {
        cut = false;
        notifyAll();
    }

    private synchronized void awaitWay() throws IOException {
        try {
            while (cut) {
                wait();
            }
        } catch (InterruptedException e) {
            throw new IOException(e);
        }
    }

    private void serve(Socket client) {
        try (client) {
            awaitWay();
            var in = new BufferedInputStream(client.getInputStream());
            HttpHead head = HttpHead.read(in);
            requests.add(head.path());
            Integer status = answers.get(head.path());
            if (status != null) {
                say(client, "HTTP/1.1 " + status + " .\r\ncontent-length: 9\r\nconnection: close\r\n\r\nnot here\n");
            } else if (elsewhere != null && head.webSocket()) {
                sendElsewhere(client, in, head);
            } else {
                pass(client, in, head);
            }
        } catch (IOException e) {
            // The client is gone, or does not trust us.
        }
    }

    private void pass(Socket client, InputStream in, HttpHead head) throws IOException {
        try (var server = new Socket(InetAddress.getLoopbackAddress(), upstream)) {
            server.getOutputStream().write(head.withTarget(target(head.target())).bytes());
            var answers = new BufferedInputStream(server.getInputStream());
            if (!head.webSocket()) {
                Connections.pour(in, server, client);
                answers.transferTo(client.getOutputStream());
                return;
            }
            HttpHead answer = HttpHead.read(answers);
            OutputStream out = client.getOutputStream();
            var text = new StringBuilder(answer.first()).append("\r\n");
            answer.headers().forEach((name, value) -> text.append(name).append(": ").append(value).append("\r\n"));
            say(client, text.append("\r\n").toString());
            if (!answer.first().contains(" 101 ")) {
                answers.transferTo(out);
                return;
            }
            listening.add(out);
            try {
                Thread.ofPlatform().daemon().start(() -> frames(in, server, client, this::ofClient));
                frames(answers, client, server, this::ofServer);
            } finally {
                listening.remove(out);
            }
        }
    }

    /** WebSocket frames (RFC 6455, section 5.2) one way, each with what the test makes of it: as long as before. */
    private void frames(InputStream from, Socket to, Socket back, UnaryOperator<byte[]> change) {
        try {
            var in = new DataInputStream(from);
            OutputStream out = to.getOutputStream();
            while (true) {
                byte[] head = new byte[14];
                in.readFully(head, 0, 2);
                int size = head[1] & 0x7f;
                int more = size == 126 ? 2 : size == 127 ? 8 : 0;
                in.readFully(head, 2, more);
                long length = size;
                if (more > 0) {
                    length = 0;
                    for (int i = 2; i < 2 + more; i++) {
                        length = length << 8 | head[i] & 0xff;
                    }
                }
                boolean masked = head[1] < 0;
                in.readFully(head, 2 + more, masked ? 4 : 0);
                byte[] payload = new byte[Math.toIntExact(length)];
                in.readFully(payload);
                mask(payload, head, 2 + more, masked);
                byte[] changed = change.apply(payload);
                mask(changed, head, 2 + more, masked);
                awaitWay();
                synchronized (out) {
                    out.write(head, 0, 2 + more + (masked ? 4 : 0));
                    out.write(changed);
                    out.flush();
                }
            }
        } catch (IOException e) {
            try {
                // Whoever is behind a cut hears of no end either.
                awaitWay();
            } catch (IOException interrupted) {
                // It ends all the same.
            }
            Connections.close(to);
            Connections.close(back);
        }
    }

    private static void mask(byte[] payload, byte[] head, int key, boolean masked) {
        for (int i = 0; masked && i < payload.length; i++) {
            payload[i] ^= head[key + i % 4];
        }
    }

    private byte[] ofServer(byte[] message) {
        return ports == null ? message : told(message, ports);
    }

    private byte[] ofClient(byte[] message) {
        return ports == null ? message : told(message, null);
    }

    /** {@code table} null: every port is one where nobody is. */
    private static byte[] told(byte[] message, Map<Integer, Integer> table) {
        Matcher m = HOST_CANDIDATE.matcher(new String(message, StandardCharsets.ISO_8859_1));
        String changed = m.replaceAll(found -> {
            int port = Integer.parseInt(found.group(2));
            int told = table == null ? 0 : table.getOrDefault(port, port);
            String text = String.format("%0" + found.group(2).length() + "d", told == 0 ? 9 : told);
            if (text.length() != found.group(2).length()) {
                throw new AssertionError("The port " + told + " has not as many digits as " + port + ".");
            }
            return Matcher.quoteReplacement(found.group(1) + text + found.group(3));
        });
        return changed.getBytes(StandardCharsets.ISO_8859_1);
    }

    /** The offer of {@code /rtc/v1} is in its query. */
    private String target(String target) {
        if (ports == null) {
            return target;
        }
        return JOIN_REQUEST.matcher(target).replaceAll(found -> {
            byte[] request = Base64.getUrlDecoder().decode(URLDecoder.decode(found.group(), StandardCharsets.UTF_8));
            String told = Base64.getUrlEncoder().encodeToString(told(request, null));
            return Matcher.quoteReplacement(URLEncoder.encode(told, StandardCharsets.UTF_8));
        });
    }

    private void sendElsewhere(Socket client, InputStream in, HttpHead head) throws IOException {
        say(client, "HTTP/1.1 101 .\r\nupgrade: websocket\r\nconnection: Upgrade\r\nsec-websocket-accept: "
                + accept(head.headers().get("sec-websocket-key")) + "\r\n\r\n");
        var join = LivekitRtc.JoinResponse.newBuilder().setAlternativeUrl(elsewhere);
        frame(client.getOutputStream(), LivekitRtc.SignalResponse.newBuilder().setJoin(join).build().toByteArray());
        in.transferTo(OutputStream.nullOutputStream());
    }

    /** RFC 6455, section 4.2.2. */
    private static String accept(String key) {
        try {
            byte[] sha1 = MessageDigest.getInstance("SHA-1")
                    .digest((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").getBytes(StandardCharsets.US_ASCII));
            return Base64.getEncoder().encodeToString(sha1);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A whole binary message. */
    private static void frame(OutputStream out, byte[] message) throws IOException {
        if (message.length > 65_535) {
            throw new IllegalArgumentException("too long");
        }
        synchronized (out) {
            out.write(0x82);
            if (message.length < 126) {
                out.write(message.length);
            } else {
                out.write(126);
                out.write(message.length >> 8);
                out.write(message.length);
            }
            out.write(message);
            out.flush();
        }
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() {
        mend();
        Connections.close(socket);
    }
}
