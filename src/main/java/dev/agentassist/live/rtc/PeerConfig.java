package dev.agentassist.live.rtc;

import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * How a {@link PeerConnection} looks for its way.
 *
 * @param iceServers may be empty; can be set later with {@link PeerConnection#setIceServers}
 * @param relayOnly use relayed candidates alone ({@code iceTransportPolicy: relay})
 * @param udp whether UDP may be tried at all; without it there are ICE-TCP and TURN over TCP and TLS
 * @param loopback offer this machine's loopback addresses from the start: right when the server is on this machine, where
 *     it saves up to a second; otherwise they are used only once the other side names one
 * @param tls trust for {@code turns:}; null for the JVM's default
 * @param disconnectedAfter silence on the selected pair until {@link PeerState#DISCONNECTED}
 * @param failedAfter silence until {@link PeerState#FAILED}, and how long a first connection may take; RFC 7675 wants
 *     no more than 30 s
 */
public record PeerConfig(
        List<IceServer> iceServers,
        boolean relayOnly,
        boolean udp,
        boolean loopback,
        SSLContext tls,
        Duration disconnectedAfter,
        Duration failedAfter) {

    public PeerConfig {
        iceServers = List.copyOf(iceServers);
    }

    /** No servers, all ways, 5 s and 25 s. */
    public static PeerConfig defaults() {
        return new PeerConfig(List.of(), false, true, false, null, Duration.ofSeconds(5), Duration.ofSeconds(25));
    }

    public PeerConfig withIceServers(List<IceServer> servers) {
        return new PeerConfig(servers, relayOnly, udp, loopback, tls, disconnectedAfter, failedAfter);
    }

    public PeerConfig withRelayOnly(boolean only) {
        return new PeerConfig(iceServers, only, udp, loopback, tls, disconnectedAfter, failedAfter);
    }

    public PeerConfig withUdp(boolean allowed) {
        return new PeerConfig(iceServers, relayOnly, allowed, loopback, tls, disconnectedAfter, failedAfter);
    }

    public PeerConfig withLoopback(boolean allowed) {
        return new PeerConfig(iceServers, relayOnly, udp, allowed, tls, disconnectedAfter, failedAfter);
    }

    public PeerConfig withTls(SSLContext context) {
        return new PeerConfig(iceServers, relayOnly, udp, loopback, context, disconnectedAfter, failedAfter);
    }
}
