package dev.agentassist.live.rtc.ice;

import java.net.InetSocketAddress;

/** A way there: one of our bases and one of their candidates (RFC 8445, section 6.1.2). */
final class IcePair {

    final IcePath path;
    final InetSocketAddress remote;
    final IceCandidate.Type remoteType;
    final long priority;
    final IceGeneration generation;

    /** A check was answered. */
    boolean valid;
    /** They want it to be the one (we are controlled). */
    boolean nominated;
    /** It cannot work: the relay refused, the connection closed. */
    boolean dead;
    /** To be checked before all others (section 7.3.1.4). */
    boolean triggered;

    int attempts;
    long nextCheck;
    long lastSent;
    long lastHeard;
    /** Requests since the last answer. */
    int unanswered;

    long rttNanos = -1;

    IcePair(IcePath path, IceCandidate remote, boolean controlling, IceGeneration generation) {
        this.path = path;
        this.remote = remote.address();
        this.remoteType = remote.type();
        this.generation = generation;
        long g = controlling ? path.priority : remote.priority();
        long d = controlling ? remote.priority() : path.priority;
        // Section 6.1.2.3.
        this.priority = (Math.min(g, d) << 32) + 2 * Math.max(g, d) + (g > d ? 1 : 0);
    }

    boolean relayed() {
        return path.type == IceCandidate.Type.RELAY;
    }

    /** A way that there is no point in waiting behind: straight, over UDP. */
    boolean direct() {
        return !relayed() && !path.tcp;
    }

    String describe() {
        return path.describe() + " → " + IcePath.text(remote);
    }
}
