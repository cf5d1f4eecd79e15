package dev.agentassist.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Consumer;

/**
 * What proxies of the tests have in common. All on threads of the platform: those that read a program's output can hold up
 * all carriers of virtual ones.
 */
final class Connections {

    private Connections() {}

    /** A free port of loopback. */
    static ServerSocket listening() {
        try {
            return new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Serves each who connects, in a thread of its own, until the socket is closed. */
    static void serve(ServerSocket socket, Consumer<Socket> each) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                while (true) {
                    Socket client = socket.accept();
                    Thread.ofPlatform().daemon().start(() -> each.accept(client));
                }
            } catch (IOException e) {
                // Closed.
            }
        });
    }

    /** In a thread of its own. The client's end ends the server's; a server that has answered may still be read from. */
    static void pour(InputStream in, Socket server, Socket client) {
        Thread.ofPlatform().daemon().start(() -> {
            try {
                in.transferTo(server.getOutputStream());
                server.shutdownOutput();
            } catch (IOException e) {
                close(server);
                close(client);
            }
        });
    }

    static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is over anyway.
        }
    }

    static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
