package dev.agentassist.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A bad network on loopback: forwards datagrams to a port, in both directions, and loses, repeats and swaps some. Can be
 * cut and mended. Each client has a socket of its own towards the server, so the server tells them apart.
 */
public final class UdpProxy implements AutoCloseable {

    /**
     * How bad, in parts of one.
     *
     * @param swapped datagrams that are let past by the one behind them
     */
    public record Weather(double lost, double repeated, double swapped) {
        public static final Weather FINE = new Weather(0, 0, 0);
    }

    private final Selector selector = Selector.open();
    private final DatagramChannel front = DatagramChannel.open();
    private final InetSocketAddress server;
    private final Random random;
    private final Map<SocketAddress, DatagramChannel> clients = new HashMap<>();
    private final Thread thread;
    private final AtomicLong forwarded = new AtomicLong();
    private final AtomicLong dropped = new AtomicLong();
    private volatile Weather weather;
    private volatile boolean cut;
    private volatile boolean closed;
    private DatagramChannel keptBy;
    private SocketAddress keptTo;
    private byte[] kept;

    private UdpProxy(int serverPort, Weather weather, long seed) throws IOException {
        this.server = new InetSocketAddress(InetAddress.getLoopbackAddress(), serverPort);
        this.weather = weather;
        this.random = new Random(seed);
        front.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        front.configureBlocking(false).register(selector, SelectionKey.OP_READ);
        thread = Thread.ofPlatform().daemon().name("udp-proxy").start(this::run);
    }

    /** {@code seed} decides which datagrams are hit. */
    public static UdpProxy to(int serverPort, Weather weather, long seed) {
        try {
            return new UdpProxy(serverPort, weather, seed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public int port() {
        return front.socket().getLocalPort();
    }

    public void weather(Weather now) {
        weather = now;
    }

    /** Nothing goes through until {@link #mend()}. */
    public void cut() {
        cut = true;
    }

    public void mend() {
        cut = false;
    }

    public long forwarded() {
        return forwarded.get();
    }

    public long dropped() {
        return dropped.get();
    }

    private void run() {
        var buffer = ByteBuffer.allocateDirect(65536);
        while (!closed) {
            try {
                selector.select(20);
                for (SelectionKey key : selector.selectedKeys()) {
                    read((DatagramChannel) key.channel(), (SocketAddress) key.attachment(), buffer);
                }
                selector.selectedKeys().clear();
                // Nobody came to swap with.
                release();
            } catch (IOException e) {
                if (!closed) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void read(DatagramChannel from, SocketAddress client, ByteBuffer buffer) throws IOException {
        for (SocketAddress sender; (sender = from.receive(buffer.clear())) != null; ) {
            buffer.flip();
            byte[] bytes = new byte[buffer.remaining()];
            buffer.get(bytes);
            if (from == front) {
                pass(towardsServer(sender), server, bytes);
            } else {
                pass(front, client, bytes);
            }
        }
    }

    private DatagramChannel towardsServer(SocketAddress client) throws IOException {
        DatagramChannel channel = clients.get(client);
        if (channel == null) {
            channel = DatagramChannel.open();
            channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            channel.configureBlocking(false).register(selector, SelectionKey.OP_READ, client);
            clients.put(client, channel);
        }
        return channel;
    }

    private void pass(DatagramChannel by, SocketAddress to, byte[] bytes) throws IOException {
        Weather w = weather;
        if (cut || random.nextDouble() < w.lost) {
            dropped.incrementAndGet();
            return;
        }
        if (kept == null && random.nextDouble() < w.swapped) {
            keptBy = by;
            keptTo = to;
            kept = bytes;
            return;
        }
        send(by, to, bytes);
        if (random.nextDouble() < w.repeated) {
            send(by, to, bytes);
        }
        release();
    }

    private void release() throws IOException {
        if (kept != null) {
            byte[] late = kept;
            kept = null;
            send(keptBy, keptTo, late);
        }
    }

    private void send(DatagramChannel by, SocketAddress to, byte[] bytes) throws IOException {
        by.send(ByteBuffer.wrap(bytes), to);
        forwarded.incrementAndGet();
    }

    @Override
    public void close() {
        closed = true;
        try {
            selector.wakeup();
            thread.join(2000);
            for (DatagramChannel each : clients.values()) {
                each.close();
            }
            front.close();
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
