package dev.agentassist.live.rtc.ice;

import dev.agentassist.live.rtc.stun.Stun;
import dev.agentassist.live.rtc.stun.StunBuilder;
import dev.agentassist.live.rtc.stun.StunMessage;
import dev.agentassist.live.rtc.stun.TransactionId;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The pairs, and the connectivity checks on them (RFC 8445, sections 6 and 7). Loop's thread only. */
final class CheckList {

    /** What the checks bring about. */
    interface Listener {
        /** A check was answered. */
        void valid(IcePair pair);

        /** Nominated by the controlling side, and valid. */
        void nominated(IcePair pair);
    }

    /** {@code controlling}: the role that the check claimed. */
    private record Sent(IcePair pair, long at, boolean controlling) {}

    private static final long MILLI = 1_000_000L;
    private static final int MAX_PAIRS = 256;
    private static final int MAX_SENT = 512;
    private static final int ROLE_CONFLICT = 487;

    /** The priority of what the other side would learn of us (section 7.1.1). */
    private static final long PRFLX_PRIORITY = IceCandidate.priority(IceCandidate.Type.PRFLX.preference, 65535);

    private final Listener listener;
    private final long tieBreaker;
    private final Map<TransactionId, Sent> sent = new LinkedHashMap<>();
    private final List<IcePair> pairs = new ArrayList<>();
    private boolean controlling;
    private boolean remoteLite;
    private long malformed;

    CheckList(long tieBreaker, Listener listener) {
        this.tieBreaker = tieBreaker;
        this.listener = listener;
    }

    void role(boolean weControl, boolean lite) {
        controlling = weControl;
        remoteLite = lite;
    }

    boolean controlling() {
        return controlling;
    }

    long malformed() {
        return malformed;
    }

    List<IcePair> pairs() {
        return pairs;
    }

    IcePair find(IcePath path, InetSocketAddress remote, IceGeneration generation) {
        for (IcePair pair : pairs) {
            if (pair.path == path && pair.generation == generation && pair.remote.equals(remote)) {
                return pair;
            }
        }
        return null;
    }

    /** Whether anything of what is not STUN may come this way. */
    boolean knows(IcePath path, InetSocketAddress remote) {
        for (IcePair pair : pairs) {
            if (pair.path == path && pair.remote.equals(remote)) {
                return true;
            }
        }
        return false;
    }

    /** Adds a pair unless it is there, unreachable, or one too many. */
    IcePair add(IcePath path, IceCandidate remote, IceGeneration generation) {
        IcePair known = find(path, remote.address(), generation);
        if (known != null || !path.reaches(remote) || pairs.size() >= MAX_PAIRS) {
            return known;
        }
        var pair = new IcePair(path, remote, controlling, generation);
        pairs.add(pair);
        pairs.sort((a, b) -> Long.compare(b.priority, a.priority));
        return pair;
    }

    /** Those of an earlier generation, but the one in use. */
    void retain(IceGeneration generation, IcePair used) {
        pairs.removeIf(p -> p.generation != generation && p != used);
    }

    void removeAll(IcePath path) {
        pairs.removeIf(p -> p.path == path);
    }

    /** Sends the one check whose turn it is; returns whether there was one. */
    boolean next(long now) {
        IcePair turn = null;
        for (IcePair p : pairs) {
            if (p.dead || !p.generation.ready() || !p.triggered && p.nextCheck > now) {
                continue;
            }
            if (turn == null || p.triggered && !turn.triggered) {
                turn = p;
            }
        }
        if (turn == null) {
            return false;
        }
        turn.triggered = false;
        turn.nextCheck = now + Math.min(2000, 150L << Math.min(4, turn.attempts)) * MILLI;
        turn.attempts++;
        check(turn, false, now);
        return true;
    }

    /** Begins anew with all pairs, the best first. */
    void restartChecks() {
        for (IcePair p : pairs) {
            p.attempts = 0;
            p.nextCheck = 0;
        }
    }

    /** A binding request; {@code nominate} adds USE-CANDIDATE, which only the controlling side may. */
    void check(IcePair pair, boolean nominate, long now) {
        IceGeneration g = pair.generation;
        var id = TransactionId.random();
        var b = new StunBuilder(Stun.BINDING_REQUEST, id)
                .add(Stun.USERNAME, g.remote.ufrag() + ":" + g.local.ufrag())
                .add32(Stun.PRIORITY, PRFLX_PRIORITY)
                .add64(controlling ? Stun.ICE_CONTROLLING : Stun.ICE_CONTROLLED, tieBreaker);
        if (nominate && controlling) {
            b.addFlag(Stun.USE_CANDIDATE);
        }
        sent.put(id, new Sent(pair, now, controlling));
        if (sent.size() > MAX_SENT) {
            Iterator<TransactionId> oldest = sent.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
        pair.lastSent = now;
        pair.unanswered++;
        send(pair.path, pair.remote, b.buildForIce(g.remote.key()));
    }

    private static void send(IcePath path, InetSocketAddress to, byte[] bytes) {
        try {
            path.send(bytes, 0, bytes.length, to);
        } catch (IOException e) {
            // Unreachable for now: checks are repeated.
        }
    }

    /** Whatever looks like STUN and is not for a TURN or STUN server. */
    void received(IcePath path, InetSocketAddress from, StunMessage m, List<IceGeneration> generations, long now) {
        switch (m.type()) {
            case Stun.BINDING_REQUEST -> request(path, from, m, generations, now);
            case Stun.BINDING_SUCCESS, Stun.BINDING_ERROR -> response(path, from, m, now);
            // Keep-alives (section 11), and what does not belong here.
            default -> {}
        }
    }

    private void request(
            IcePath path, InetSocketAddress from, StunMessage m, List<IceGeneration> generations, long now) {
        String name = m.text(Stun.USERNAME);
        IceGeneration generation = null;
        for (IceGeneration g : generations) {
            if (name != null && name.startsWith(g.local.ufrag() + ":")) {
                generation = g;
            }
        }
        if (generation == null || !m.verify(generation.local.key())) {
            malformed++;
            return;
        }
        if (conflict(path, from, m, generation)) {
            return;
        }
        send(
                path,
                from,
                new StunBuilder(Stun.BINDING_SUCCESS, m.transaction())
                        .addXorAddress(Stun.XOR_MAPPED_ADDRESS, from)
                        .buildForIce(generation.local.key()));
        IcePair pair = find(path, from, generation);
        if (pair == null) {
            // A peer-reflexive candidate of theirs (section 7.3.1.3).
            var remote = new IceCandidate(
                    "prflx",
                    path.tcp,
                    path.tcp ? "passive" : null,
                    Math.max(0, m.u32(Stun.PRIORITY)),
                    from,
                    IceCandidate.Type.PRFLX,
                    null);
            pair = add(path, remote, generation);
        }
        if (pair == null) {
            return;
        }
        pair.dead = false;
        if (!pair.valid) {
            pair.triggered = true;
        }
        if (m.has(Stun.USE_CANDIDATE) && !controlling) {
            pair.nominated = true;
            if (pair.valid) {
                listener.nominated(pair);
            }
        }
        if (generation.ready() && pair.triggered) {
            next(now);
        }
    }

    /** Section 7.3.1.1: the larger tie-breaker stays or becomes controlling. Returns whether the request is answered. */
    private boolean conflict(IcePath path, InetSocketAddress from, StunMessage m, IceGeneration generation) {
        int theirs = controlling ? Stun.ICE_CONTROLLING : Stun.ICE_CONTROLLED;
        if (!m.has(theirs)) {
            return false;
        }
        boolean weAreLarger = Long.compareUnsigned(tieBreaker, m.u64(theirs)) >= 0;
        if (weAreLarger == controlling) {
            send(
                    path,
                    from,
                    new StunBuilder(Stun.BINDING_ERROR, m.transaction())
                            .addError(ROLE_CONFLICT)
                            .buildForIce(generation.local.key()));
            return true;
        }
        if (!remoteLite) {
            controlling = !controlling;
        }
        return false;
    }

    private void response(IcePath path, InetSocketAddress from, StunMessage m, long now) {
        Sent s = sent.get(m.transaction());
        if (s == null || !m.verify(s.pair.generation.remote.key())) {
            malformed++;
            return;
        }
        sent.remove(m.transaction());
        IcePair pair = s.pair;
        if (m.type() == Stun.BINDING_ERROR) {
            if (m.errorCode() == ROLE_CONFLICT && !remoteLite) {
                // Section 7.2.5.1: away from the role of that check; several are under way, and each is told so.
                controlling = !s.controlling;
                pair.triggered = true;
            }
            return;
        }
        // Answered from elsewhere: not a symmetric way (section 7.2.5.2.1).
        if (pair.path != path || !pair.remote.equals(from)) {
            return;
        }
        pair.lastHeard = now;
        pair.unanswered = 0;
        pair.rttNanos = now - s.at;
        pair.valid = true;
        listener.valid(pair);
        if (pair.nominated && !controlling) {
            listener.nominated(pair);
        }
    }
}
