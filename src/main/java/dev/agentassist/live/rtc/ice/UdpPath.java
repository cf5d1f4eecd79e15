package dev.agentassist.live.rtc.ice;

import dev.agentassist.live.rtc.net.EventLoop;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;

/** A UDP socket on one of the machine's addresses. */
final class UdpPath extends IcePath implements EventLoop.Handler {

    /** What is received from where. */
    interface Sink {
        void received(UdpPath path, InetSocketAddress from, byte[] bytes, int offset, int length);
    }

    /** Room for bursts: a flood that the loop has no time for is lost in the kernel, not kept on the heap. */
    private static final int SOCKET_BUFFER = 1 << 20;

    /** Datagrams that one turn of the loop reads from a socket, before it looks at the others. */
    private static final int BATCH = 64;

    private final EventLoop loop;
    private final DatagramChannel channel;
    private final InetSocketAddress local;
    private final Sink sink;
    private final byte[] bytes = new byte[2048];

    UdpPath(EventLoop loop, InetAddress address, long priority, Sink sink) throws IOException {
        super(IceCandidate.Type.HOST, false, priority);
        this.loop = loop;
        this.sink = sink;
        this.channel = DatagramChannel.open(
                address.getAddress().length == 4
                        ? StandardProtocolFamily.INET
                        : StandardProtocolFamily.INET6);
        try {
            channel.setOption(StandardSocketOptions.SO_RCVBUF, SOCKET_BUFFER);
            channel.bind(new InetSocketAddress(address, 0));
            local = new InetSocketAddress(
                    address, ((InetSocketAddress) channel.getLocalAddress()).getPort());
            loop.register(channel, SelectionKey.OP_READ, this);
        } catch (IOException e) {
            channel.close();
            throw e;
        }
    }

    @Override
    InetSocketAddress local() {
        return local;
    }

    @Override
    void send(byte[] b, int offset, int length, InetSocketAddress to) throws IOException {
        channel.send(ByteBuffer.wrap(b, offset, length), to);
    }

    @Override
    public void ready(SelectionKey key) throws IOException {
        for (int i = 0; i < BATCH && channel.isOpen(); i++) {
            ByteBuffer buffer = loop.readBuffer();
            InetSocketAddress from;
            try {
                from = (InetSocketAddress) channel.receive(buffer);
            } catch (PortUnreachableException e) {
                continue;
            }
            if (from == null) {
                return;
            }
            // Larger than any path's MTU: none of ours.
            int n = buffer.flip().remaining();
            if (n <= bytes.length) {
                buffer.get(bytes, 0, n);
                sink.received(this, from, bytes, 0, n);
            }
        }
    }

    @Override
    void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Closing is all that was wanted.
        }
    }
}
