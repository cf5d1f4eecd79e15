package dev.agentassist.live.rtc.ice;

import dev.agentassist.live.rtc.net.EventLoop;
import dev.agentassist.live.rtc.stun.Stun;
import dev.agentassist.live.rtc.stun.StunBuilder;
import dev.agentassist.live.rtc.stun.StunMessage;
import dev.agentassist.live.rtc.stun.TransactionId;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/** Finds our own candidates: sockets on the machine's addresses, what STUN servers see of them, relays. */
final class Gatherer {

    /** What was found. */
    interface Listener {
        /** A base; null candidate where it need not be told to the other side. */
        void path(IcePath path, IceCandidate candidate);

        /** A reflexive candidate, whose base is there already. */
        void reflexive(IceCandidate candidate);

        void received(IcePath path, InetSocketAddress from, byte[] bytes, int offset, int length);

        void refused(IcePath path, InetSocketAddress peer);

        void lost(IcePath path, String reason);

        /** A server that is of no use, and why. */
        void unusable(String reason);
    }

    private static final int MAX_HOSTS = 16;
    private static final int MAX_SERVERS = 16;
    private static final int STUN_TRIES = 5;
    private static final long STUN_RESEND = 300_000_000L;

    private final EventLoop loop;
    private final Listener listener;
    private final Map<InetAddress, UdpPath> hosts = new LinkedHashMap<>();
    private final Map<TransactionId, UdpPath> asked = new HashMap<>();
    private final Map<String, TurnClient> relays = new LinkedHashMap<>();
    private boolean closed;
    private int foundations;

    Gatherer(EventLoop loop, Listener listener) {
        this.loop = loop;
        this.listener = listener;
    }

    /** Opens a socket on each address that has none yet. */
    void hosts(boolean loopback) {
        var found = new ArrayList<InetAddress>();
        try {
            for (NetworkInterface each : Collections.list(NetworkInterface.getNetworkInterfaces())) {
                if (each.isUp() && (loopback || !each.isLoopback())) {
                    found.addAll(Collections.list(each.getInetAddresses()));
                }
            }
        } catch (SocketException e) {
            listener.unusable("the network interfaces cannot be listed: " + e.getMessage());
        }
        for (InetAddress address : found) {
            if (address.isMulticastAddress()
                    || address.isLinkLocalAddress()
                    || address.isAnyLocalAddress()
                    || hosts.containsKey(address)
                    || hosts.size() >= MAX_HOSTS) {
                continue;
            }
            // The first addresses are preferred, and loopback is only ever of use where nothing else is.
            int preference = 65535 - hosts.size() * 256;
            long priority = IceCandidate.priority(IceCandidate.Type.HOST.preference, preference);
            try {
                var path = new UdpPath(loop, address, priority, this::received);
                hosts.put(address, path);
                listener.path(
                        path,
                        new IceCandidate(
                                foundation(), false, null, priority, path.local(), IceCandidate.Type.HOST, null));
            } catch (IOException e) {
                listener.unusable("no socket on " + address.getHostAddress() + ": " + e.getMessage());
            }
        }
    }

    private String foundation() {
        return Integer.toString(++foundations);
    }

    private void received(UdpPath path, InetSocketAddress from, byte[] bytes, int offset, int length) {
        if (!asked.isEmpty() && Stun.looksLike(bytes, offset, length)) {
            StunMessage m = StunMessage.parse(bytes, offset, length);
            if (m != null && m.type() == Stun.BINDING_SUCCESS && asked.remove(m.transaction()) == path) {
                InetSocketAddress mapped = m.xorAddress(Stun.XOR_MAPPED_ADDRESS);
                if (mapped != null && !mapped.equals(path.local())) {
                    long priority = IceCandidate.priority(IceCandidate.Type.SRFLX.preference, 65535);
                    listener.reflexive(new IceCandidate(
                            foundation(), false, null, priority, mapped, IceCandidate.Type.SRFLX, path.local()));
                }
                return;
            }
        }
        listener.received(path, from, bytes, offset, length);
    }

    /** Asks the servers that were not asked yet. */
    void servers(IceConfig config) {
        for (IceConfig.Server server : config.servers()) {
            TurnUrl url = TurnUrl.parse(server.url());
            if (url == null || relays.containsKey(server.url()) || relays.size() >= MAX_SERVERS) {
                continue;
            }
            if (!url.tcp() && !config.udp() || !url.turn() && config.relayOnly()) {
                continue;
            }
            if (url.turn() && (server.username() == null || server.credential() == null)) {
                listener.unusable(server.url() + " came without credentials");
                continue;
            }
            relays.put(server.url(), null);
            resolve(url, address -> {
                if (!url.turn()) {
                    reflect(new InetSocketAddress(address, url.port()));
                } else {
                    relay(server, url, new InetSocketAddress(address, url.port()), config.tls());
                }
            });
        }
    }

    /** Names are looked up on a thread of their own: the system's resolver blocks. */
    private void resolve(TurnUrl url, Consumer<InetAddress> then) {
        InetAddress literal = IceCandidate.literal(url.host());
        if (literal != null) {
            then.accept(literal);
            return;
        }
        Thread.ofPlatform().daemon().name("rtc-resolve").start(() -> {
            try {
                InetAddress address = InetAddress.getByName(url.host());
                loop.execute(() -> {
                    if (!closed) {
                        then.accept(address);
                    }
                });
            } catch (UnknownHostException e) {
                loop.execute(() -> listener.unusable("the name " + url.host() + " cannot be resolved"));
            }
        });
    }

    private void reflect(InetSocketAddress server) {
        for (UdpPath path : hosts.values()) {
            InetAddress here = path.local().getAddress();
            if (here.getClass() == server.getAddress().getClass()
                    && here.isLoopbackAddress() == server.getAddress().isLoopbackAddress()) {
                ask(path, server, 0);
            }
        }
    }

    private void ask(UdpPath path, InetSocketAddress server, int tries) {
        if (closed || tries >= STUN_TRIES) {
            return;
        }
        var id = TransactionId.random();
        asked.put(id, path);
        byte[] request = new StunBuilder(Stun.BINDING_REQUEST, id).build();
        try {
            path.send(request, 0, request.length, server);
        } catch (IOException e) {
            // No way from this address.
        }
        loop.schedule(STUN_RESEND << tries, () -> {
            if (asked.remove(id) != null) {
                ask(path, server, tries + 1);
            }
        });
    }

    private void relay(IceConfig.Server server, TurnUrl url, InetSocketAddress address, SSLContext tls) {
        var path = new RelayPath[1];
        var client = new TurnClient[1];
        SSLContext trust;
        try {
            trust = !url.tls() ? null : tls != null ? tls : SSLContext.getDefault();
        } catch (NoSuchAlgorithmException e) {
            listener.unusable(server.url() + " needs TLS, which this Java does not have");
            return;
        }
        client[0] = new TurnClient(loop, url, trust, server.username(), server.credential(), new TurnClient.Listener() {
            @Override
            public void allocated(InetSocketAddress relayed, InetSocketAddress mapped) {
                int local = relayed.getAddress() instanceof Inet4Address ? 65535 : 65534;
                long priority = IceCandidate.priority(url.typePreference(), local);
                path[0] = new RelayPath(client[0], relayed, priority);
                InetSocketAddress related = mapped != null ? mapped : new InetSocketAddress(relayed.getAddress(), 9);
                listener.path(
                        path[0],
                        new IceCandidate(
                                foundation(), false, null, priority, relayed, IceCandidate.Type.RELAY, related));
            }

            @Override
            public void received(InetSocketAddress peer, byte[] bytes, int offset, int length) {
                if (path[0] != null) {
                    listener.received(path[0], peer, bytes, offset, length);
                }
            }

            @Override
            public void refused(InetSocketAddress peer, int code) {
                listener.refused(path[0], peer);
            }

            @Override
            public void failed(String reason) {
                relays.remove(server.url());
                if (path[0] != null) {
                    listener.lost(path[0], reason);
                } else {
                    listener.unusable(server.url() + ": " + reason);
                }
            }
        });
        relays.put(server.url(), client[0]);
        client[0].start(address);
    }

    void close() {
        closed = true;
        hosts.values().forEach(UdpPath::close);
        relays.values().stream().filter(Objects::nonNull).forEach(TurnClient::close);
        asked.clear();
    }
}
