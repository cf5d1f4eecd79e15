package dev.agentassist.live.rtc.ice;

import dev.agentassist.live.rtc.net.EventLoop;
import dev.agentassist.live.rtc.net.StreamLink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLContext;

/** How TURN's messages get to the server and back: in datagrams, or in a stream that is cut into them. */
final class TurnTransport implements StreamLink.Listener {

    /** What arrives, message by message. */
    interface Sink {
        void ready();

        void received(byte[] bytes, int offset, int length);

        void closed(String reason);
    }

    final InetSocketAddress server;
    private final Sink sink;
    private final UdpPath udp;
    private final StreamLink stream;

    /** {@code tls} null for none. */
    TurnTransport(EventLoop loop, TurnUrl url, InetSocketAddress server, SSLContext tls, Sink sink) throws IOException {
        this.server = server;
        this.sink = sink;
        if (url.tcp()) {
            udp = null;
            stream = new StreamLink(loop, server, url.tls() ? tls : null, url.host(), this);
        } else {
            stream = null;
            InetAddress any = InetAddress.getByAddress(new byte[server.getAddress().getAddress().length]);
            udp = new UdpPath(loop, any, 0, (path, from, bytes, offset, length) -> {
                if (from.equals(server)) {
                    sink.received(bytes, offset, length);
                }
            });
            loop.execute(sink::ready);
        }
    }

    boolean reliable() {
        return stream != null;
    }

    void send(byte[] bytes, int length) throws IOException {
        if (stream != null) {
            stream.send(bytes, 0, length);
        } else {
            udp.send(bytes, 0, length, server);
        }
    }

    void close() {
        if (stream != null) {
            stream.close();
        } else {
            udp.close();
        }
    }

    @Override
    public void connected() {
        sink.ready();
    }

    /** STUN says its length; ChannelData too, and is padded to four bytes (RFC 8656, section 12.5). */
    @Override
    public int received(byte[] b, int offset, int length) throws IOException {
        if (length < 4) {
            return 0;
        }
        int size = (b[offset + 2] & 0xff) << 8 | b[offset + 3] & 0xff;
        int kind = b[offset] & 0xC0;
        if (kind != 0 && kind != 0x40) {
            throw new IOException("the server does not speak TURN");
        }
        int whole = kind == 0 ? 20 + size : 4 + size;
        int padded = whole + 3 & ~3;
        if (length < padded) {
            return 0;
        }
        sink.received(b, offset, whole);
        return padded;
    }

    @Override
    public void closed(String reason) {
        sink.closed(reason);
    }
}
