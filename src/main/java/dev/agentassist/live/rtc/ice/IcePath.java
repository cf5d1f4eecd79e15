package dev.agentassist.live.rtc.ice;

import java.io.IOException;
import java.net.InetSocketAddress;

/** A base (RFC 8445, section 2): where packets leave from. A socket, a TCP connection, or a relay's address. */
abstract class IcePath {

    final IceCandidate.Type type;
    final boolean tcp;
    final long priority;

    IcePath(IceCandidate.Type type, boolean tcp, long priority) {
        this.type = type;
        this.tcp = tcp;
        this.priority = priority;
    }

    /** For people and for addresses of the same family. */
    abstract InetSocketAddress local();

    /** Sends or drops. */
    abstract void send(byte[] bytes, int offset, int length, InetSocketAddress to) throws IOException;

    abstract void close();

    /** Whether packets from here can get there at all. */
    boolean reaches(IceCandidate remote) {
        var here = local().getAddress();
        var there = remote.address().getAddress();
        return remote.tcp() == tcp
                && here.getClass() == there.getClass()
                && (!here.isLoopbackAddress() || there.isLoopbackAddress())
                && here.isLinkLocalAddress() == there.isLinkLocalAddress();
    }

    /** {@code udp host 10.0.0.2:5000}. */
    String describe() {
        return (tcp ? "tcp " : "udp ") + type.text() + " " + text(local());
    }

    static String text(InetSocketAddress address) {
        String host = address.getAddress().getHostAddress();
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + address.getPort();
    }
}
