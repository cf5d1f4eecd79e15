package dev.agentassist.live.rtc.ice;

import dev.agentassist.live.rtc.net.EventLoop;
import dev.agentassist.live.rtc.net.StreamLink;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;

/** An active TCP candidate (RFC 6544): a connection to one passive candidate, with frames of RFC 4571. */
final class TcpPath extends IcePath implements StreamLink.Listener {

    /** What happens on it. */
    interface Sink {
        void connected(TcpPath path);

        void received(TcpPath path, byte[] bytes, int offset, int length);

        void closed(TcpPath path, String reason);
    }

    final InetSocketAddress remote;
    private final StreamLink link;
    private final Sink sink;
    private InetSocketAddress local;
    private byte[] frame = new byte[2048];

    TcpPath(EventLoop loop, InetSocketAddress remote, long priority, Sink sink) throws IOException {
        super(IceCandidate.Type.HOST, true, priority);
        this.remote = remote;
        this.sink = sink;
        InetAddress any = InetAddress.getByAddress(new byte[remote.getAddress().getAddress().length]);
        this.local = new InetSocketAddress(any, 9);
        this.link = new StreamLink(loop, remote, null, null, this);
    }

    @Override
    InetSocketAddress local() {
        return local;
    }

    @Override
    boolean reaches(IceCandidate candidate) {
        return candidate.tcp() && candidate.address().equals(remote);
    }

    @Override
    void send(byte[] bytes, int offset, int length, InetSocketAddress to) {
        if (frame.length < length + 2) {
            frame = new byte[length + 2];
        }
        frame[0] = (byte) (length >> 8);
        frame[1] = (byte) length;
        System.arraycopy(bytes, offset, frame, 2, length);
        link.send(frame, 0, length + 2);
    }

    @Override
    void close() {
        link.close();
    }

    @Override
    public void connected() {
        try {
            local = link.local();
        } catch (IOException e) {
            // It is for show only.
        }
        sink.connected(this);
    }

    @Override
    public int received(byte[] bytes, int offset, int length) {
        if (length < 2) {
            return 0;
        }
        int size = (bytes[offset] & 0xff) << 8 | bytes[offset + 1] & 0xff;
        if (length < 2 + size) {
            return 0;
        }
        sink.received(this, bytes, offset + 2, size);
        return 2 + size;
    }

    @Override
    public void closed(String reason) {
        sink.closed(this, reason);
    }
}
