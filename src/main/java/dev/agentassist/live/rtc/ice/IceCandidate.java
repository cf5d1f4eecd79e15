package dev.agentassist.live.rtc.ice;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/**
 * A candidate as descriptions have it (RFC 8839, section 5.1; TCP: RFC 6544, section 4.5).
 *
 * @param tcpType {@code active}, {@code passive}, {@code so}, or null for UDP
 * @param related the base of a reflexive or relayed candidate, or null
 */
public record IceCandidate(
        String foundation,
        boolean tcp,
        String tcpType,
        long priority,
        InetSocketAddress address,
        Type type,
        InetSocketAddress related) {

    /** Kinds with their type preferences (RFC 8445, section 5.1.2.2). */
    public enum Type {
        HOST(126),
        PRFLX(110),
        SRFLX(100),
        RELAY(0);

        final int preference;

        Type(int preference) {
            this.preference = preference;
        }

        String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private static final int MAX_LENGTH = 512;

    /** RFC 8445, section 5.1.2.1, for component 1. */
    static long priority(int typePreference, int localPreference) {
        return (long) typePreference << 24 | (long) localPreference << 8 | 255;
    }

    /**
     * Reads {@code candidate:…}, with or without {@code a=}. Names are not looked up: a candidate with one is of no use
     * here.
     *
     * @return null where it cannot be read, or is of another component
     */
    public static IceCandidate parse(String line) {
        if (line == null || line.length() > MAX_LENGTH) {
            return null;
        }
        String text = line.strip();
        if (text.startsWith("a=")) {
            text = text.substring(2);
        }
        if (!text.startsWith("candidate:")) {
            return null;
        }
        String[] f = text.substring("candidate:".length()).split("\\s+");
        if (f.length < 8 || !f[1].equals("1") || !f[6].equals("typ")) {
            return null;
        }
        boolean tcp = f[2].equalsIgnoreCase("tcp");
        if (!tcp && !f[2].equalsIgnoreCase("udp")) {
            return null;
        }
        try {
            long priority = Long.parseLong(f[3]);
            InetSocketAddress address = address(f[4], f[5]);
            Type type = Type.valueOf(f[7].toUpperCase(Locale.ROOT));
            String tcpType = null;
            for (int i = 8; i + 1 < f.length; i += 2) {
                if (f[i].equals("tcptype")) {
                    tcpType = f[i + 1];
                }
            }
            boolean usable = address != null && priority >= 0 && priority <= 0xffffffffL && (!tcp || tcpType != null);
            return usable ? new IceCandidate(f[0], tcp, tcpType, priority, address, type, null) : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    private static InetSocketAddress address(String host, String port) {
        int number = Integer.parseInt(port);
        InetAddress ip = literal(host);
        return ip == null || number < 1 || number > 65535 ? null : new InetSocketAddress(ip, number);
    }

    /** An address without a name look-up, or null. */
    static InetAddress literal(String host) {
        boolean v6 = host.indexOf(':') >= 0 && host.chars().allMatch(c -> Character.digit(c, 16) >= 0 || c == ':' || c == '.');
        boolean v4 = host.matches("\\d{1,3}(\\.\\d{1,3}){3}");
        try {
            return v4 || v6 ? InetAddress.getByName(host) : null;
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** {@code candidate:…}. */
    public String text() {
        var b = new StringBuilder("candidate:")
                .append(foundation)
                .append(" 1 ")
                .append(tcp ? "tcp " : "udp ")
                .append(priority)
                .append(' ')
                .append(host(address))
                .append(' ')
                .append(address.getPort())
                .append(" typ ")
                .append(type.text());
        if (related != null) {
            b.append(" raddr ").append(host(related)).append(" rport ").append(related.getPort());
        }
        if (tcp) {
            b.append(" tcptype ").append(tcpType);
        }
        return b.toString();
    }

    private static String host(InetSocketAddress address) {
        String text = address.getAddress().getHostAddress();
        int scope = text.indexOf('%');
        return scope < 0 ? text : text.substring(0, scope);
    }
}
