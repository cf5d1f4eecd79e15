package dev.agentassist.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An HTTP proxy of a company's network: it knows one name, which nobody else knows, and makes connections to it
 * ({@code CONNECT}) that end at a port of this machine.
 */
public final class ConnectProxy implements AutoCloseable {

    private final ServerSocket socket;
    private final String name;
    private final int port;
    private final String credentials;
    private final boolean refusing;
    private final List<String> asked = new CopyOnWriteArrayList<>();

    private ConnectProxy(String name, int port, String credentials, boolean refusing) {
        this.name = name;
        this.port = port;
        this.credentials = credentials;
        this.refusing = refusing;
        socket = Connections.listening();
        Connections.serve(socket, this::serve);
    }

    /** For everybody. {@code name}: as {@code livekit.test:443}; {@code port}: where its connections end. */
    public static ConnectProxy open(String name, int port) {
        return new ConnectProxy(name, port, null, false);
    }

    /** For those who say {@code user:password}; others get 407. */
    public static ConnectProxy wanting(String credentials, String name, int port) {
        return new ConnectProxy(name, port, credentials, false);
    }

    /** Answers everybody with 403. */
    public static ConnectProxy refusing() {
        return new ConnectProxy("", 0, null, true);
    }

    /** {@code host:port}, for {@code http://host:port} and {@code http://user:password@host:port}. */
    public String address() {
        return "127.0.0.1:" + socket.getLocalPort();
    }

    /** What it was asked to connect to, as {@code livekit.test:443}. */
    public List<String> asked() {
        return List.copyOf(asked);
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            HttpHead head = HttpHead.read(in);
            asked.add(head.target());
            int status = status(head);
            if (status != 200) {
                String more = status == 407 ? "proxy-authenticate: Basic realm=\"tests\"\r\n" : "";
                say(client, "HTTP/1.1 " + status + " .\r\n" + more + "content-length: 0\r\nconnection: close\r\n\r\n");
                return;
            }
            try (var upstream = new Socket(InetAddress.getLoopbackAddress(), port)) {
                say(client, "HTTP/1.1 200 .\r\n\r\n");
                Thread.ofPlatform().daemon().start(() -> {
                    try (client; upstream) {
                        in.transferTo(upstream.getOutputStream());
                    } catch (IOException e) {
                        // One of them is gone, and so the other is to be.
                    }
                });
                upstream.getInputStream().transferTo(client.getOutputStream());
            }
        } catch (IOException e) {
            // The client is gone.
        }
    }

    private int status(HttpHead head) {
        if (refusing || !head.method().equals("CONNECT")) {
            return 403;
        }
        String basic = credentials == null
                ? null
                : "Basic " + Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
        if (basic != null && !basic.equals(head.headers().get("proxy-authorization"))) {
            return 407;
        }
        return head.target().equals(name) ? 200 : 502;
    }

    private static void say(Socket client, String text) throws IOException {
        client.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    }

    @Override
    public void close() {
        Connections.close(socket);
    }
}
