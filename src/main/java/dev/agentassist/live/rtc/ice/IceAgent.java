package dev.agentassist.live.rtc.ice;

import dev.agentassist.live.rtc.net.EventLoop;
import dev.agentassist.live.rtc.stun.Stun;
import dev.agentassist.live.rtc.stun.StunMessage;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;

/**
 * One component's way to the other side: finds it, keeps it, says when it is lost. Loop's thread only.
 *
 * <p>UDP goes first. TCP is tried 0.2 s later, servers are asked 0.3 s later, and only while nothing was found: most
 * connections need neither, and two hundred of them should not allocate two hundred relays. With {@code relayOnly}, or
 * without UDP, they are tried at once.
 */
public final class IceAgent {

    /** How the way fares. */
    public enum State {
        NEW,
        CHECKING,
        CONNECTED,
        DISCONNECTED,
        FAILED,
        CLOSED
    }

    /** What the agent tells. */
    public interface Listener {
        void candidate(IceCandidate candidate);

        void state(State state, String reason);

        /** A datagram that is not STUN; the array is the agent's. */
        void received(byte[] bytes, int offset, int length);
    }

    private static final long MILLI = 1_000_000L;
    private static final long PACE = 10 * MILLI;
    private static final long GUARD = 250 * MILLI;
    private static final long TCP_AFTER = 200 * MILLI;
    private static final long SERVERS_AFTER = 300 * MILLI;

    /** How long a pair that is not straight waits for a better one, from the first check. */
    private static final long PATIENCE = 600 * MILLI;

    /** RFC 7675, section 5.1: every five seconds at least; oftener, to notice within seconds. */
    private static final long CONSENT = 2500 * MILLI;

    private static final long CONSENT_AGAIN = 500 * MILLI;
    private static final int MAX_REMOTE = 64;

    private final EventLoop loop;
    private final Listener listener;
    private final SecureRandom random = new SecureRandom();
    private final CheckList checks;
    private final Gatherer gatherer;
    private final List<IcePath> paths = new ArrayList<>();
    private final List<IceCandidate> local = new ArrayList<>();
    private final List<IceCandidate> remote = new ArrayList<>();
    private final List<IceGeneration> generations = new ArrayList<>();
    private IceConfig config;
    private IceGeneration current;
    private IcePair selected;
    private State state = State.NEW;
    private String lastProblem;
    private long checkingSince;
    private long consentWait = CONSENT;
    private boolean pacing;
    private boolean guarding;
    private boolean loopback;
    private long bytesSent;
    private long bytesReceived;

    public IceAgent(EventLoop loop, IceConfig config, Listener listener) {
        this.loop = loop;
        this.config = config;
        this.listener = listener;
        this.current = new IceGeneration(IceCredentials.random(random));
        this.generations.add(current);
        this.checks = new CheckList(random.nextLong(), new CheckList.Listener() {
            @Override
            public void valid(IcePair pair) {
                IceAgent.this.valid(pair);
            }

            @Override
            public void nominated(IcePair pair) {
                select(pair);
            }
        });
        this.gatherer = new Gatherer(loop, new Gathered());
    }

    /** Opens the sockets; {@link #localCandidates()} has them afterwards. */
    public void gather() {
        loopback = config.loopback();
        if (config.udp() && !config.relayOnly()) {
            gatherer.hosts(loopback);
        }
    }

    public IceCredentials credentials() {
        return current.local;
    }

    /** Those that are known by now, for a description. */
    public List<IceCandidate> localCandidates() {
        return List.copyOf(local);
    }

    /** New credentials (RFC 8445, section 9); the old way is kept until there is a new one. */
    public void restart() {
        generations.removeIf(g -> g != current);
        remote.clear();
        current = new IceGeneration(IceCredentials.random(random));
        generations.add(current);
        if (config.udp() && !config.relayOnly()) {
            gatherer.hosts(loopback);
        }
    }

    /** The other side's credentials, from a description; others than before are a restart of theirs. */
    public void setRemote(IceCredentials theirs, boolean lite, boolean weOffered) {
        if (theirs.sameAs(current.remote)) {
            return;
        }
        if (current.remote != null) {
            restart();
        }
        current.remote = theirs;
        checks.role(weOffered || lite, lite);
        checkingSince = loop.now();
        if (state != State.CONNECTED && state != State.DISCONNECTED) {
            become(State.CHECKING, "looking for a way");
        }
        loop.schedule(otherWaysAfter(), this::otherWays);
        pace();
        guard();
    }

    /** Ignores what cannot be used. */
    public void addRemoteCandidate(String line) {
        IceCandidate candidate = IceCandidate.parse(line);
        if (candidate == null || remote.size() >= MAX_REMOTE || state == State.CLOSED || remote.contains(candidate)) {
            return;
        }
        if (candidate.tcp() && !"passive".equals(candidate.tcpType())) {
            return;
        }
        remote.add(candidate);
        // Loopback is of use only when the server is on this machine.
        if (candidate.address().getAddress().isLoopbackAddress() && !loopback) {
            loopback = true;
            if (config.udp() && !config.relayOnly()) {
                gatherer.hosts(true);
            }
        }
        for (IcePath path : List.copyOf(paths)) {
            checks.add(path, candidate, current);
        }
        if (candidate.tcp() && current.ready() && loop.now() - checkingSince >= otherWaysAfter()) {
            otherWays();
        }
        pace();
    }

    /** The servers, and whether relays alone may be used. */
    public void setServers(List<IceConfig.Server> servers, boolean relayOnly) {
        config = config.with(servers, relayOnly);
        if (current.ready()) {
            otherWays();
        }
    }

    private long otherWaysAfter() {
        return config.udp() && !config.relayOnly() ? TCP_AFTER : 0;
    }

    /** What has to be tried when nothing was found at once: TCP, then the servers. */
    private void otherWays() {
        if (!searching()) {
            return;
        }
        if (!config.relayOnly()) {
            for (IceCandidate candidate : List.copyOf(remote)) {
                if (candidate.tcp() && paths.stream().noneMatch(p -> p.reaches(candidate))) {
                    connect(candidate);
                }
            }
        }
        boolean atOnce = config.relayOnly() || !config.udp();
        loop.schedule(atOnce ? 0 : SERVERS_AFTER - TCP_AFTER, () -> {
            if (searching()) {
                gatherer.servers(config);
            }
        });
    }

    private boolean searching() {
        return state != State.CLOSED
                && (selected == null || state != State.CONNECTED || selected.generation != current);
    }

    private void connect(IceCandidate candidate) {
        // RFC 6544, section 4.2: direction preference 6 for active.
        long priority = IceCandidate.priority(IceCandidate.Type.HOST.preference, (6 << 13) + 8191);
        try {
            paths.add(new TcpPath(loop, candidate.address(), priority, new TcpPath.Sink() {
                @Override
                public void connected(TcpPath path) {
                    checks.add(path, candidate, current);
                    pace();
                }

                @Override
                public void received(TcpPath path, byte[] bytes, int offset, int length) {
                    IceAgent.this.received(path, path.remote, bytes, offset, length);
                }

                @Override
                public void closed(TcpPath path, String reason) {
                    lost(path, reason);
                }
            }));
        } catch (IOException e) {
            lastProblem = "TCP to " + IcePath.text(candidate.address()) + ": " + e.getMessage();
        }
    }

    /** What the gatherer finds. */
    private final class Gathered implements Gatherer.Listener {

        @Override
        public void path(IcePath path, IceCandidate candidate) {
            paths.add(path);
            local.add(candidate);
            for (IceCandidate each : remote) {
                checks.add(path, each, current);
            }
            listener.candidate(candidate);
            pace();
        }

        @Override
        public void reflexive(IceCandidate candidate) {
            local.add(candidate);
            listener.candidate(candidate);
        }

        @Override
        public void received(IcePath path, InetSocketAddress from, byte[] bytes, int offset, int length) {
            IceAgent.this.received(path, from, bytes, offset, length);
        }

        @Override
        public void refused(IcePath path, InetSocketAddress peer) {
            lastProblem = "the relay may not reach " + IcePath.text(peer);
            for (IcePair pair : checks.pairs()) {
                if (pair.path == path && pair.remote.equals(peer)) {
                    pair.dead = true;
                }
            }
        }

        @Override
        public void lost(IcePath path, String reason) {
            IceAgent.this.lost(path, reason);
        }

        @Override
        public void unusable(String reason) {
            lastProblem = reason;
        }
    }

    private void received(IcePath path, InetSocketAddress from, byte[] bytes, int offset, int length) {
        bytesReceived += length;
        if (length > 0 && (bytes[offset] & 0xff) <= 3) {
            StunMessage m = Stun.looksLike(bytes, offset, length) ? StunMessage.parse(bytes, offset, length) : null;
            if (m != null) {
                checks.received(path, from, m, generations, loop.now());
            }
        } else if (length > 0 && (isSelected(path, from) || checks.knows(path, from))) {
            listener.received(bytes, offset, length);
        }
    }

    private boolean isSelected(IcePath path, InetSocketAddress from) {
        return selected != null && selected.path == path && selected.remote.equals(from);
    }

    private void valid(IcePair pair) {
        if (pair == selected && state == State.DISCONNECTED) {
            become(State.CONNECTED, "the way is back: " + pair.describe());
        }
        consider();
    }

    /** As the controlling side: takes the best pair that works, unless waiting a little may bring a better one. */
    private void consider() {
        if (!checks.controlling() || !searching()) {
            return;
        }
        boolean patient = loop.now() - checkingSince < PATIENCE && config.udp();
        for (IcePair pair : checks.pairs()) {
            boolean fresh = pair.valid && !pair.dead && pair.generation == current;
            if (fresh && pair != selected && (pair.direct() || config.relayOnly() || !patient)) {
                select(pair);
                return;
            }
        }
    }

    private void select(IcePair pair) {
        if (pair == selected || state == State.CLOSED || pair.generation != current) {
            return;
        }
        selected = pair;
        pair.lastHeard = loop.now();
        if (checks.controlling()) {
            checks.check(pair, true, loop.now());
        }
        checks.retain(current, selected);
        generations.removeIf(g -> g != current);
        become(State.CONNECTED, pair.describe());
    }

    /** Runs checks, one at a time, while a way is looked for. */
    private void pace() {
        if (!pacing && searching() && current.ready()) {
            pacing = true;
            step();
        }
    }

    private void step() {
        if (!searching() || state == State.FAILED) {
            pacing = false;
            return;
        }
        checks.next(loop.now());
        consider();
        loop.schedule(PACE, this::step);
    }

    private void guard() {
        if (!guarding) {
            guarding = true;
            watch();
        }
    }

    private void watch() {
        if (state == State.CLOSED || state == State.FAILED) {
            guarding = false;
            return;
        }
        long now = loop.now();
        if (selected != null) {
            if (now - selected.lastSent >= (selected.unanswered > 0 ? CONSENT_AGAIN : consentWait)) {
                consentWait = CONSENT * (80 + random.nextInt(41)) / 100;
                // Repeated with every check: the first nomination may have been lost.
                checks.check(selected, true, now);
            }
            if (state == State.CONNECTED && now - selected.lastHeard > config.disconnectedNanos()) {
                disconnected("nothing heard for " + (now - selected.lastHeard) / (1000 * MILLI) + " s on "
                        + selected.describe());
            }
        }
        long quiet = now - Math.max(checkingSince, selected == null ? 0 : selected.lastHeard);
        if (state != State.CONNECTED && quiet > config.failedNanos()) {
            become(
                    State.FAILED,
                    "no way found in " + quiet / (1000 * MILLI) + " s"
                            + (lastProblem == null ? "" : "; last: " + lastProblem));
            guarding = false;
            return;
        }
        loop.schedule(GUARD, this::watch);
    }

    private void disconnected(String reason) {
        become(State.DISCONNECTED, reason);
        for (IcePair pair : checks.pairs()) {
            pair.valid = false;
        }
        checks.restartChecks();
        otherWays();
        pace();
    }

    private void lost(IcePath path, String reason) {
        lastProblem = path.describe() + ": " + reason;
        paths.remove(path);
        local.removeIf(c -> c.address().equals(path.local()));
        checks.removeAll(path);
        path.close();
        if (selected != null && selected.path == path && state != State.CLOSED) {
            selected = null;
            checkingSince = loop.now();
            disconnected("lost " + lastProblem);
        }
    }

    private void become(State next, String reason) {
        if (state != next || next == State.CONNECTED) {
            state = next;
            listener.state(next, reason);
        }
    }

    /** Sends on the selected pair; false where there is none. */
    public boolean send(byte[] bytes, int offset, int length) {
        if (selected == null || state == State.CLOSED) {
            return false;
        }
        try {
            selected.path.send(bytes, offset, length, selected.remote);
            bytesSent += length;
            return true;
        } catch (IOException e) {
            lastProblem = selected.describe() + ": " + e.getMessage();
            return false;
        }
    }

    public void close() {
        if (state == State.CLOSED) {
            return;
        }
        become(State.CLOSED, "closed");
        gatherer.close();
        paths.forEach(IcePath::close);
    }

    /** For people, or null. */
    public String selectedPair() {
        return selected == null ? null : selected.describe();
    }

    public boolean relayed() {
        return selected != null && selected.relayed();
    }

    /** Of the last check on the selected pair, or -1. */
    public long rttNanos() {
        return selected == null ? -1 : selected.rttNanos;
    }

    public long bytesSent() {
        return bytesSent;
    }

    public long bytesReceived() {
        return bytesReceived;
    }

    public long malformed() {
        return checks.malformed();
    }
}
