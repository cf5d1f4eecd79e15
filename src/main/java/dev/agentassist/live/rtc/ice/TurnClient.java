package dev.agentassist.live.rtc.ice;

import dev.agentassist.live.rtc.net.EventLoop;
import dev.agentassist.live.rtc.stun.Stun;
import dev.agentassist.live.rtc.stun.StunBuilder;
import dev.agentassist.live.rtc.stun.StunKey;
import dev.agentassist.live.rtc.stun.StunMessage;
import dev.agentassist.live.rtc.stun.TransactionId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;

/**
 * One allocation on a TURN server (RFC 8656): long-term credentials with renewal of the nonce, refreshes, and for each
 * peer a channel, which brings the permission with it (section 12), or where the server refuses one, a permission and
 * Send indications.
 */
final class TurnClient {

    /** What becomes of the allocation. */
    interface Listener {
        /** {@code mapped} is our address as the server sees it, or null. */
        void allocated(InetSocketAddress relayed, InetSocketAddress mapped);

        void received(InetSocketAddress peer, byte[] bytes, int offset, int length);

        /** The server relays nothing to this peer. */
        void refused(InetSocketAddress peer, int code);

        /** It never came, or is lost. */
        void failed(String reason);
    }

    /** A request that waits for its answer. */
    private final class Pending {
        final int type;
        final Consumer<StunBuilder> attributes;
        final Consumer<StunMessage> then;
        byte[] bytes;
        TransactionId id;
        int sent;
        int renewed;

        Pending(int type, Consumer<StunBuilder> attributes, Consumer<StunMessage> then) {
            this.type = type;
            this.attributes = attributes;
            this.then = then;
        }
    }

    /** Somebody behind the relay. */
    private static final class Peer {
        final InetSocketAddress address;
        final int channel;
        boolean bound;
        boolean permitted;
        byte[] waiting;

        Peer(InetSocketAddress address, int channel) {
            this.address = address;
            this.channel = channel;
        }
    }

    private static final long SECOND = 1_000_000_000L;
    private static final int MAX_PEERS = 64;
    private static final int FIRST_CHANNEL = 0x4000;

    /** Permissions last five minutes, channels ten (sections 9 and 12). */
    private static final long PEER_REFRESH = 240 * SECOND;

    private static final int MAX_SENT = 7;
    private static final long FIRST_RESEND = SECOND / 4;
    private static final long STREAM_TIMEOUT = 8 * SECOND;
    private static final int MAX_RENEWED = 3;
    private static final int UDP = 17;

    private final EventLoop loop;
    private final TurnUrl url;
    private final SSLContext tls;
    private final String username;
    private final String password;
    private final Listener listener;
    private final Map<TransactionId, Pending> pending = new HashMap<>();
    private final Map<InetSocketAddress, Peer> peers = new HashMap<>();
    private final Map<Integer, Peer> channels = new HashMap<>();
    private TurnTransport transport;
    private String realm;
    private byte[] nonce;
    private StunKey key;
    private byte[] frame = new byte[2048];
    private boolean redirected;
    private boolean allocated;
    private boolean closed;

    TurnClient(EventLoop loop, TurnUrl url, SSLContext tls, String username, String password, Listener listener) {
        this.loop = loop;
        this.url = url;
        this.tls = tls;
        this.username = username;
        this.password = password;
        this.listener = listener;
    }

    void start(InetSocketAddress server) {
        try {
            transport = new TurnTransport(loop, url, server, tls, new TurnTransport.Sink() {
                @Override
                public void ready() {
                    allocate();
                }

                @Override
                public void received(byte[] bytes, int offset, int length) {
                    TurnClient.this.received(bytes, offset, length);
                }

                @Override
                public void closed(String reason) {
                    fail(reason);
                }
            });
        } catch (IOException e) {
            fail(e.getMessage());
        }
    }

    private void allocate() {
        request(
                Stun.ALLOCATE_REQUEST,
                b -> b.add(Stun.REQUESTED_TRANSPORT, new byte[] {UDP, 0, 0, 0}),
                answer -> {
                    InetSocketAddress relayed = answer == null ? null : answer.xorAddress(Stun.XOR_RELAYED_ADDRESS);
                    if (answer != null && answer.errorCode() == 300 && redirect(answer)) {
                        return;
                    }
                    if (relayed == null || !Stun.isSuccess(answer.type())) {
                        fail(explain("the allocation", answer));
                        return;
                    }
                    allocated = true;
                    refreshLater(answer);
                    listener.allocated(relayed, answer.xorAddress(Stun.XOR_MAPPED_ADDRESS));
                });
    }

    /** ALTERNATE-SERVER (RFC 8489, section 10), once, in the clear only: a certificate is for a name. */
    private boolean redirect(StunMessage answer) {
        byte[] v = answer.value(Stun.ALTERNATE_SERVER);
        if (redirected || url.tls() || v == null || v.length != 8 || v[1] != 1) {
            return false;
        }
        redirected = true;
        transport.close();
        String host = (v[4] & 0xff) + "." + (v[5] & 0xff) + "." + (v[6] & 0xff) + "." + (v[7] & 0xff);
        realm = null;
        key = null;
        start(new InetSocketAddress(IceCandidate.literal(host), (v[2] & 0xff) << 8 | v[3] & 0xff));
        return true;
    }

    private void refreshLater(StunMessage answer) {
        long lifetime = Math.max(2, answer.u32(Stun.LIFETIME));
        long wait = Math.max(lifetime / 2, lifetime - 60);
        loop.schedule(wait * SECOND, () -> {
            if (!closed) {
                request(Stun.REFRESH_REQUEST, b -> {}, refreshed -> {
                    if (refreshed == null || !Stun.isSuccess(refreshed.type())) {
                        fail(explain("the refresh", refreshed));
                    } else {
                        refreshLater(refreshed);
                    }
                });
            }
        });
    }

    /** To a peer, through its channel once there is one. */
    void send(byte[] bytes, int offset, int length, InetSocketAddress to) throws IOException {
        if (!allocated || closed) {
            return;
        }
        Peer peer = peers.get(to);
        if (peer == null) {
            if (peers.size() >= MAX_PEERS) {
                return;
            }
            peer = new Peer(to, FIRST_CHANNEL + peers.size());
            peers.put(to, peer);
            bind(peer);
        }
        if (peer.bound) {
            int whole = 4 + length;
            int padded = transport.reliable() ? whole + 3 & ~3 : whole;
            if (frame.length < padded) {
                frame = new byte[padded];
            }
            frame[0] = (byte) (peer.channel >> 8);
            frame[1] = (byte) peer.channel;
            frame[2] = (byte) (length >> 8);
            frame[3] = (byte) length;
            System.arraycopy(bytes, offset, frame, 4, length);
            for (int i = whole; i < padded; i++) {
                frame[i] = 0;
            }
            transport.send(frame, padded);
        } else if (peer.permitted) {
            byte[] indication = new StunBuilder(Stun.SEND_INDICATION, TransactionId.random())
                    .addXorAddress(Stun.XOR_PEER_ADDRESS, to)
                    .add(Stun.DATA, bytes, offset, length)
                    .build();
            transport.send(indication, indication.length);
        } else {
            // The last one only: it is a connectivity check, and will be sent again.
            peer.waiting = Arrays.copyOfRange(bytes, offset, offset + length);
        }
    }

    private void bind(Peer peer) {
        request(
                Stun.CHANNEL_BIND_REQUEST,
                b -> b.add(Stun.CHANNEL_NUMBER, new byte[] {(byte) (peer.channel >> 8), (byte) peer.channel, 0, 0})
                        .addXorAddress(Stun.XOR_PEER_ADDRESS, peer.address),
                answer -> {
                    if (answer != null && Stun.isSuccess(answer.type())) {
                        peer.bound = true;
                        channels.put(peer.channel, peer);
                        again(peer, () -> bind(peer));
                    } else if (answer != null && answer.errorCode() == 403) {
                        listener.refused(peer.address, 403);
                    } else {
                        peer.bound = false;
                        permit(peer);
                    }
                });
    }

    private void permit(Peer peer) {
        request(
                Stun.CREATE_PERMISSION_REQUEST,
                b -> b.addXorAddress(Stun.XOR_PEER_ADDRESS, peer.address),
                answer -> {
                    peer.permitted = answer != null && Stun.isSuccess(answer.type());
                    if (peer.permitted) {
                        again(peer, () -> permit(peer));
                    } else {
                        listener.refused(peer.address, answer == null ? 0 : answer.errorCode());
                    }
                });
    }

    private void again(Peer peer, Runnable task) {
        loop.schedule(PEER_REFRESH, () -> {
            if (!closed) {
                task.run();
            }
        });
        byte[] waiting = peer.waiting;
        peer.waiting = null;
        if (waiting != null) {
            try {
                send(waiting, 0, waiting.length, peer.address);
            } catch (IOException e) {
                // Lost, as packets are.
            }
        }
    }

    private void request(int type, Consumer<StunBuilder> attributes, Consumer<StunMessage> then) {
        write(new Pending(type, attributes, then));
    }

    private void write(Pending p) {
        p.id = TransactionId.random();
        p.sent = 0;
        var b = new StunBuilder(p.type, p.id);
        p.attributes.accept(b);
        if (key != null) {
            b.add(Stun.USERNAME, username).add(Stun.REALM, realm).add(Stun.NONCE, nonce);
        }
        p.bytes = key == null ? b.build() : b.build(key);
        pending.put(p.id, p);
        transmit(p, p.id);
    }

    private void transmit(Pending p, TransactionId id) {
        if (closed || pending.get(id) != p) {
            return;
        }
        if (p.sent >= (transport.reliable() ? 1 : MAX_SENT)) {
            pending.remove(id);
            p.then.accept(null);
            return;
        }
        try {
            transport.send(p.bytes, p.bytes.length);
        } catch (IOException e) {
            // As if lost: it is sent again.
        }
        long wait = transport.reliable() ? STREAM_TIMEOUT : FIRST_RESEND << Math.min(p.sent, 4);
        p.sent++;
        loop.schedule(wait, () -> transmit(p, id));
    }

    private void received(byte[] b, int offset, int length) {
        if (closed || length < 4) {
            return;
        }
        if ((b[offset] & 0xC0) == 0x40) {
            int size = (b[offset + 2] & 0xff) << 8 | b[offset + 3] & 0xff;
            Peer peer = channels.get((b[offset] & 0xff) << 8 | b[offset + 1] & 0xff);
            if (peer != null && size <= length - 4) {
                listener.received(peer.address, b, offset + 4, size);
            }
            return;
        }
        StunMessage m = StunMessage.parse(b, offset, length);
        if (m == null) {
            return;
        }
        if (m.type() == Stun.DATA_INDICATION) {
            InetSocketAddress from = m.xorAddress(Stun.XOR_PEER_ADDRESS);
            byte[] data = m.value(Stun.DATA);
            if (from != null && data != null && mayReach(from)) {
                listener.received(from, data, 0, data.length);
            }
            return;
        }
        Pending p = pending.get(m.transaction());
        if (p == null || !(Stun.isSuccess(m.type()) || Stun.isError(m.type())) || (m.type() & ~0x0110) != p.type) {
            return;
        }
        if (Stun.isSuccess(m.type()) && key != null && !m.verify(key)) {
            return;
        }
        pending.remove(m.transaction());
        if (Stun.isError(m.type()) && renew(p, m)) {
            write(p);
        } else {
            p.then.accept(m);
        }
    }

    /**
     * Permissions are by address, whatever the port (RFC 8656, section 9): the other side's checks may come from a port that
     * no candidate has named, behind a NAT for one.
     */
    private boolean mayReach(InetSocketAddress from) {
        return peers.containsKey(from)
                || peers.keySet().stream().anyMatch(peer -> peer.getAddress().equals(from.getAddress()));
    }

    /** 401 asks for credentials, 438 for the new nonce (RFC 8489, section 9.2.5). */
    private boolean renew(Pending p, StunMessage m) {
        int code = m.errorCode();
        if (code != 401 && code != 438 || username == null || p.renewed++ >= MAX_RENEWED) {
            return false;
        }
        String newRealm = m.has(Stun.REALM) ? m.text(Stun.REALM) : realm;
        byte[] newNonce = m.value(Stun.NONCE);
        // A second 401 to the same nonce means that the credentials are wrong.
        if (newRealm == null || newNonce == null || code == 401 && key != null && Arrays.equals(newNonce, nonce)) {
            return false;
        }
        if (key == null || !newRealm.equals(realm)) {
            key = StunKey.longTerm(username, newRealm, password);
        }
        realm = newRealm;
        nonce = newNonce;
        return true;
    }

    private static String explain(String what, StunMessage answer) {
        return answer == null
                ? "no answer to " + what
                : answer.errorCode() == 401
                        ? "the server refused the credentials"
                        : "the server refused " + what + " with " + answer.errorCode();
    }

    private void fail(String reason) {
        if (!closed) {
            close();
            listener.failed(reason);
        }
    }

    /** Gives the allocation back (a refresh with lifetime 0, unanswered) and ends. */
    void close() {
        if (closed) {
            return;
        }
        if (allocated) {
            try {
                var b = new StunBuilder(Stun.REFRESH_REQUEST, TransactionId.random()).add32(Stun.LIFETIME, 0);
                if (key != null) {
                    b.add(Stun.USERNAME, username).add(Stun.REALM, realm).add(Stun.NONCE, nonce);
                }
                byte[] bytes = key == null ? b.build() : b.build(key);
                transport.send(bytes, bytes.length);
            } catch (IOException e) {
                // It ends by itself, later.
            }
        }
        closed = true;
        pending.clear();
        if (transport != null) {
            transport.close();
        }
    }
}
