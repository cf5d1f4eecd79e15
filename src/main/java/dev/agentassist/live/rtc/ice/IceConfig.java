package dev.agentassist.live.rtc.ice;

import java.util.List;
import javax.net.ssl.SSLContext;

/**
 * What the agent may use.
 *
 * @param servers STUN and TURN
 * @param relayOnly relayed candidates alone
 * @param udp whether UDP may be used at all
 * @param loopback offer the loopback interface's addresses from the start
 * @param tls for {@code turns:}; null for the JVM's default
 * @param disconnectedNanos silence until it is said
 * @param failedNanos silence until it is given up
 */
public record IceConfig(
        List<Server> servers,
        boolean relayOnly,
        boolean udp,
        boolean loopback,
        SSLContext tls,
        long disconnectedNanos,
        long failedNanos) {

    /** One URL with its credentials, which are null for STUN. */
    public record Server(String url, String username, String credential) {

        @Override
        public String toString() {
            return url;
        }
    }

    IceConfig with(List<Server> list, boolean relays) {
        return new IceConfig(list, relays, udp, loopback, tls, disconnectedNanos, failedNanos);
    }
}
