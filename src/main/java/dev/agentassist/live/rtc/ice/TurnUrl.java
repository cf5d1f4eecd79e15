package dev.agentassist.live.rtc.ice;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A server's address (RFC 7064, RFC 7065).
 *
 * @param turn false for STUN alone
 * @param tcp over TCP; {@code tls} implies it
 */
record TurnUrl(boolean turn, boolean tls, boolean tcp, String host, int port) {

    private static final Pattern SYNTAX = Pattern.compile(
            "(?i)(stuns?|turns?):(?://)?(\\[[0-9a-f:.]+]|[^:?/\\[\\]\\s]{1,253})(?::(\\d{1,5}))?(?:\\?transport=(udp|tcp))?");

    /** Null where it is none, or of a kind that cannot be used ({@code stuns}, TURN over DTLS). */
    static TurnUrl parse(String url) {
        Matcher m = SYNTAX.matcher(url);
        if (!m.matches()) {
            return null;
        }
        String scheme = m.group(1).toLowerCase(Locale.ROOT);
        boolean tls = scheme.endsWith("s");
        boolean turn = scheme.startsWith("turn");
        boolean tcp = m.group(4) == null ? tls : m.group(4).equalsIgnoreCase("tcp");
        int port = m.group(3) == null ? (tls ? 5349 : 3478) : Integer.parseInt(m.group(3));
        if (port < 1 || port > 65535 || tls && (!turn || !tcp) || !turn && tcp) {
            return null;
        }
        String host = m.group(2);
        return new TurnUrl(turn, tls, tcp, host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
    }

    /** RFC 8445 leaves it open; the cheaper way first. */
    int typePreference() {
        return tls ? 0 : tcp ? 1 : 2;
    }
}
