package dev.agentassist.testkit;

import java.util.Map;

/**
 * How a {@link LiveKitServerPart} is set up.
 *
 * @param autoCreate whether joining makes a room that is not there (the server's default)
 * @param maxParticipants limit of every room, 0 for none
 * @param redisPort a {@link RedisPart}'s, which the SIP API needs; 0 for none
 * @param udp whether media can go over UDP; without it ICE-TCP remains
 * @param turn whether the embedded TURN server runs
 * @param more further YAML at the top level, or empty
 * @param rtc further YAML under {@code rtc}, or empty
 * @param ipv6 signalling on {@code ::1} instead of {@code 127.0.0.1}
 */
public record LiveKitOptions(
        boolean autoCreate, int maxParticipants, int redisPort, boolean udp, boolean turn, String more, String rtc,
        boolean ipv6) {

    /** Instead of the loopback interface. */
    private static final String NOWHERE = "  interfaces:\n    includes: [nowhere0]\n";

    public static LiveKitOptions defaults() {
        return new LiveKitOptions(true, 0, 0, true, false, "", "", false);
    }

    public LiveKitOptions withoutAutoCreate() {
        return new LiveKitOptions(false, maxParticipants, redisPort, udp, turn, more, rtc, ipv6);
    }

    public LiveKitOptions withMaxParticipants(int most) {
        return new LiveKitOptions(autoCreate, most, redisPort, udp, turn, more, rtc, ipv6);
    }

    public LiveKitOptions withRedis(int port) {
        return new LiveKitOptions(autoCreate, maxParticipants, port, udp, turn, more, rtc, ipv6);
    }

    /** Media over ICE-TCP only. */
    public LiveKitOptions tcpOnly() {
        return new LiveKitOptions(autoCreate, maxParticipants, redisPort, false, turn, more, rtc, ipv6);
    }

    public LiveKitOptions withTurn() {
        return new LiveKitOptions(autoCreate, maxParticipants, redisPort, udp, true, more, rtc, ipv6);
    }

    /** Further YAML at the top level, as {@code webhook: …}. */
    public LiveKitOptions with(String yaml) {
        return new LiveKitOptions(autoCreate, maxParticipants, redisPort, udp, turn, yaml, rtc, ipv6);
    }

    /** A relay that the server hands out to clients ({@code ice_servers}). {@code protocol}: udp, tcp or tls. */
    public LiveKitOptions handingOut(String host, int port, String protocol, String user, String password) {
        String server = "  turn_servers:\n    - host: " + host + "\n      port: " + port + "\n      protocol: " + protocol
                + "\n      username: " + user + "\n      credential: " + password + "\n";
        return new LiveKitOptions(autoCreate, maxParticipants, redisPort, udp, turn, more, server, ipv6);
    }

    /** Signalling works, and no media gets through: the server takes no address for its own, and so tells none. */
    public LiveKitOptions withoutMedia() {
        return new LiveKitOptions(autoCreate, maxParticipants, redisPort, udp, turn, more, NOWHERE, ipv6);
    }

    /** Signalling on {@code ::1} alone. Media stays where it is: the server's ICE takes no {@code ::1} for an address of its own. */
    public LiveKitOptions onIpv6() {
        return new LiveKitOptions(autoCreate, maxParticipants, redisPort, udp, turn, more, rtc, true);
    }

    /** As in a URL. */
    String host() {
        return ipv6 ? "[::1]" : "127.0.0.1";
    }

    String yaml(int port, int udpPort, int tcpPort, int turnPort, Map<String, String> keys) {
        var yaml = new StringBuilder();
        yaml.append("port: ").append(port).append("\nbind_addresses: [\"").append(ipv6 ? "::1" : "127.0.0.1").append("\"]\n");
        yaml.append("rtc:\n  tcp_port: ").append(tcpPort).append("\n  udp_port: ").append(udpPort);
        yaml.append("\n  node_ip: 127.0.0.1\n  enable_loopback_candidate: true\n  use_external_ip: false\n");
        yaml.append(rtc.equals(NOWHERE) ? "" : "  interfaces:\n    includes: [lo]\n");
        yaml.append("  ips:\n    includes: [127.0.0.1/32]\n  stun_servers: []\n").append(rtc);
        if (!udp) {
            yaml.append("  force_tcp: true\n");
        }
        yaml.append("keys:\n");
        keys.forEach((key, secret) -> yaml.append("  ").append(key).append(": ").append(secret).append('\n'));
        yaml.append("room:\n  auto_create: ").append(autoCreate);
        yaml.append("\n  max_participants: ").append(maxParticipants);
        yaml.append("\n  enable_remote_unmute: true\n  empty_timeout: 300\n  departure_timeout: 20\n");
        if (redisPort > 0) {
            yaml.append("redis:\n  address: 127.0.0.1:").append(redisPort).append('\n');
        }
        if (turn) {
            yaml.append("turn:\n  enabled: true\n  domain: localhost\n  udp_port: ").append(turnPort);
            yaml.append("\n  bind_addresses: [127.0.0.1]\n  allow_restricted_peer_cidrs: [127.0.0.0/8]\n");
        }
        yaml.append("logging:\n  level: info\n");
        return yaml.append(more).append(more.isEmpty() || more.endsWith("\n") ? "" : "\n").toString();
    }
}
