package dev.agentassist.testkit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A port on loopback that leads to another one, and whose connections can be broken while what goes over UDP goes on. */
public final class TcpProxy implements AutoCloseable {

    private final ServerSocket listening;
    private final int to;
    private final List<Socket> open = new CopyOnWriteArrayList<>();
    private final AtomicInteger taken = new AtomicInteger();

    private TcpProxy(int to) {
        this.to = to;
        try {
            listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public static TcpProxy before(int port) {
        return new TcpProxy(port);
    }

    public int port() {
        return listening.getLocalPort();
    }

    /** How many connections it has led on so far. */
    public int taken() {
        return taken.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket one = listening.accept();
                Socket other = new Socket(InetAddress.getLoopbackAddress(), to);
                taken.incrementAndGet();
                open.addAll(List.of(one, other));
                Thread.ofVirtual().start(() -> copy(one, other));
                Thread.ofVirtual().start(() -> copy(other, one));
            } catch (IOException e) {
                // Closed, or there is no server: whoever connected sees it.
            }
        }
    }

    private static void copy(Socket from, Socket to) {
        try (from; to) {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            byte[] buffer = new byte[16_384];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                out.write(buffer, 0, n);
            }
        } catch (IOException e) {
            // Broken, which is what it is for.
        }
    }

    /** Breaks every connection; new ones are taken. */
    public void cut() {
        for (Socket socket : open) {
            try {
                socket.close();
            } catch (IOException e) {
                // It is gone.
            }
        }
        open.clear();
    }

    @Override
    public void close() {
        try {
            listening.close();
        } catch (IOException e) {
            // It is gone.
        }
        cut();
    }
}
