package dev.agentassist.live.rtc.net;

import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;
import java.util.Arrays;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * A TCP connection on the event loop, with TLS where wanted. Frames are cut by the listener. What cannot be written at
 * once waits in a bounded queue; beyond it packets are dropped, as a network drops them.
 */
public final class StreamLink {

    /** What the link tells, on the loop's thread. */
    public interface Listener {
        void connected();

        /**
         * Bytes in order.
         *
         * @return how many of them made up whole frames; the rest comes again with more behind it
         * @throws IOException where they cannot be the protocol; closes the link
         */
        int received(byte[] bytes, int offset, int length) throws IOException;

        /** Once, unless the link was closed from this side. */
        void closed(String reason);
    }

    /** Bytes that may wait to be written. */
    private static final int MAX_QUEUED = 1 << 20;

    /** The largest frame: 64 KB and its header. */
    private static final int MAX_FRAME = 65536 + 64;

    private static final long CONNECT_NANOS = 10_000_000_000L;

    private final EventLoop loop;
    private final Listener listener;
    private final SocketChannel channel;
    private final SSLEngine tls;
    private final ArrayDeque<ByteBuffer> queue = new ArrayDeque<>();
    private byte[] frame = new byte[4096];
    private int held;
    private int queued;
    private ByteBuffer cipher;
    private ByteBuffer plain;
    private SelectionKey key;
    private boolean ready;
    private boolean closed;

    /** {@code trust} null for no TLS; {@code host} is the name that the certificate must bear. */
    public StreamLink(EventLoop loop, InetSocketAddress to, SSLContext trust, String host, Listener listener)
            throws IOException {
        this.loop = loop;
        this.listener = listener;
        this.tls = trust == null ? null : engine(trust, host, to.getPort());
        this.channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            key = loop.register(channel, SelectionKey.OP_CONNECT, new EventLoop.Handler() {
                @Override
                public void ready(SelectionKey k) throws IOException {
                    StreamLink.this.ready(k);
                }

                @Override
                public void failed(IOException cause) {
                    end(cause.getMessage() == null ? cause.getClass().getSimpleName() : cause.getMessage());
                }
            });
            channel.connect(to);
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e instanceof IOException io ? io : new IOException(e);
        }
        loop.schedule(CONNECT_NANOS, () -> {
            if (!ready && !closed) {
                end("timed out while connecting");
            }
        });
    }

    private static SSLEngine engine(SSLContext trust, String host, int port) {
        SSLEngine engine = trust.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        var parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        engine.setSSLParameters(parameters);
        return engine;
    }

    public InetSocketAddress local() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    /** Whether the frame was taken: false once too much waits, or the link is not up. */
    public boolean send(byte[] bytes, int offset, int length) {
        if (closed || !ready || queued + length > MAX_QUEUED) {
            return false;
        }
        try {
            if (tls == null) {
                write(ByteBuffer.wrap(bytes, offset, length));
            } else {
                var source = ByteBuffer.wrap(bytes, offset, length);
                while (source.hasRemaining() && wrap(source)) {
                    // One record a turn.
                }
            }
            return true;
        } catch (IOException e) {
            end(e.getMessage());
            return false;
        }
    }

    /** Closes without telling the listener. */
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (tls != null && ready) {
                tls.closeOutbound();
                wrap(ByteBuffer.allocate(0));
            }
        } catch (IOException e) {
            // A farewell that could not be said.
        }
        try {
            channel.close();
        } catch (IOException e) {
            // Closing is all that was wanted.
        }
        queue.clear();
    }

    private void end(String reason) {
        if (!closed) {
            close();
            listener.closed(reason);
        }
    }

    private void ready(SelectionKey k) throws IOException {
        if (k.isConnectable() && channel.finishConnect()) {
            k.interestOps(SelectionKey.OP_READ);
            if (tls == null) {
                up();
            } else {
                cipher = ByteBuffer.allocate(tls.getSession().getPacketBufferSize() * 2);
                plain = ByteBuffer.allocate(tls.getSession().getApplicationBufferSize());
                tls.beginHandshake();
                handshake();
            }
        }
        if (k.isValid() && k.isReadable()) {
            read();
        }
        if (!closed && k.isValid() && k.isWritable()) {
            flush();
        }
    }

    private void up() {
        ready = true;
        listener.connected();
    }

    private void read() throws IOException {
        if (tls == null) {
            ByteBuffer buffer = loop.readBuffer();
            int n = channel.read(buffer);
            if (n < 0) {
                throw new EOFException("closed by the other side");
            }
            frames(buffer.flip());
            return;
        }
        int n = channel.read(cipher);
        if (n < 0) {
            throw new EOFException("closed by the other side");
        }
        unwrap();
    }

    private void unwrap() throws IOException {
        cipher.flip();
        try {
            while (!closed && cipher.hasRemaining()) {
                plain.clear();
                SSLEngineResult result = tls.unwrap(cipher, plain);
                if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
                    break;
                }
                if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
                    plain = ByteBuffer.allocate(tls.getSession().getApplicationBufferSize());
                    continue;
                }
                if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
                    throw new EOFException("closed by the other side");
                }
                if (plain.position() > 0) {
                    frames(plain.flip());
                }
                handshake();
            }
        } finally {
            if (!closed) {
                cipher.compact();
            }
        }
    }

    private void handshake() throws IOException {
        while (!closed) {
            switch (tls.getHandshakeStatus()) {
                case NEED_TASK -> {
                    for (Runnable task; (task = tls.getDelegatedTask()) != null; ) {
                        task.run();
                    }
                }
                case NEED_WRAP -> {
                    if (!wrap(ByteBuffer.allocate(0))) {
                        return;
                    }
                }
                case NOT_HANDSHAKING -> {
                    if (!ready) {
                        up();
                    }
                    return;
                }
                default -> {
                    return;
                }
            }
        }
    }

    private boolean wrap(ByteBuffer source) throws IOException {
        var record = ByteBuffer.allocate(tls.getSession().getPacketBufferSize());
        SSLEngineResult result = tls.wrap(source, record);
        if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
            throw new SSLException("A TLS record did not fit.");
        }
        write(record.flip());
        if (result.getHandshakeStatus() == SSLEngineResult.HandshakeStatus.FINISHED && !ready) {
            up();
        }
        return result.getStatus() == SSLEngineResult.Status.OK;
    }

    private void write(ByteBuffer bytes) throws IOException {
        if (queue.isEmpty()) {
            channel.write(bytes);
        }
        if (bytes.hasRemaining()) {
            var rest = ByteBuffer.allocate(bytes.remaining()).put(bytes).flip();
            queued += rest.remaining();
            queue.add(rest);
            key.interestOpsOr(SelectionKey.OP_WRITE);
        }
    }

    private void flush() throws IOException {
        while (!queue.isEmpty()) {
            ByteBuffer next = queue.peek();
            queued -= channel.write(next);
            if (next.hasRemaining()) {
                return;
            }
            queue.poll();
        }
        key.interestOpsAnd(~SelectionKey.OP_WRITE);
    }

    /** Appends to what is held, and lets the listener cut frames off its front. */
    private void frames(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining() && !closed) {
            if (held == frame.length) {
                if (held >= MAX_FRAME) {
                    throw new IOException("a frame larger than any");
                }
                frame = Arrays.copyOf(frame, Math.min(MAX_FRAME, frame.length * 2));
            }
            int n = Math.min(bytes.remaining(), frame.length - held);
            bytes.get(frame, held, n);
            held += n;
            int used = 0;
            while (used < held && !closed) {
                int cut = listener.received(frame, used, held - used);
                if (cut == 0) {
                    break;
                }
                used += cut;
            }
            held -= used;
            System.arraycopy(frame, used, frame, 0, held);
        }
    }
}
