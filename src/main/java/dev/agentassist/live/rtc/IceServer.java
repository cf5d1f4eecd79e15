package dev.agentassist.live.rtc;

import java.util.List;
import java.util.Objects;

/**
 * A STUN or TURN server, as signalling hands it out.
 *
 * @param urls {@code stun:host:port}, {@code turn:host:port?transport=udp|tcp}, {@code turns:host:port?transport=tcp}
 *     (RFC 7064, RFC 7065); what has another scheme is ignored
 * @param username the long-term credential's name, or null
 * @param credential its password, or null; never part of {@link #toString()}
 */
public record IceServer(List<String> urls, String username, String credential) {

    public IceServer {
        urls = List.copyOf(urls);
    }

    @Override
    public String toString() {
        return "IceServer[urls=" + urls + ", username=" + (Objects.isNull(username) ? "none" : "given") + "]";
    }
}
