package dev.agentassist.store;

import dev.agentassist.problem.Closest;
import dev.agentassist.problem.Failure;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where a PostgreSQL store is: {@code postgresql://[user[:password]@][host[:port][,…]][/database][?parameter=value&…]}, as
 * libpq reads it. Source: PostgreSQL's documentation, "Connection URIs".
 *
 * @param hosts each {@code host:port}; one after the other is tried
 * @param database or null: the one named like the user
 * @param user or null: whoever runs the program
 * @param password or null
 * @param table the table or view, as {@code name} or {@code schema.name}
 * @param parameters the driver's, see {@link #PARAMETERS}
 */
record PostgresUrl(
        List<String> hosts, String database, String user, String password, String table, Map<String, String> parameters) {

    static final String TABLE = "assist_conversation";

    private static final String EXAMPLE = "Write it as postgresql://user@host:5432/database?sslmode=verify-full.";
    private static final String DEFAULT_PORT = "5432";

    /** What of libpq's parameters is taken, and {@code table}, which is ours. */
    private static final List<String> PARAMETERS =
            List.of("sslmode", "sslrootcert", "sslcert", "sslkey", "sslpassword", "password", "user", "application_name", "table");

    private static final List<String> SSL_MODES = List.of("disable", "allow", "prefer", "require", "verify-ca", "verify-full");

    private static final Pattern URL = Pattern.compile(
            "(?i:postgres(?:ql)?)://(?:([^/?#]*)@)?([^/?#@]*)(?:/([^?#]*))?(?:\\?([^#]*))?");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.%]+\\]|[A-Za-z0-9._-]*)(?::(\\d{1,5}))?");

    /** Letters that need no quotes; whoever has others makes a view. */
    private static final Pattern NAME = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,62}(\\.[A-Za-z_][A-Za-z0-9_]{0,62})?");

    static PostgresUrl parse(String url) {
        Matcher parts = URL.matcher(url);
        if (!parts.matches()) {
            throw bad("The store's address is no PostgreSQL URL", EXAMPLE);
        }
        Map<String, String> parameters = parameters(parts.group(4));
        String user = null;
        String password = null;
        if (parts.group(1) != null) {
            int colon = parts.group(1).indexOf(':');
            user = decode(colon < 0 ? parts.group(1) : parts.group(1).substring(0, colon));
            password = colon < 0 ? null : decode(parts.group(1).substring(colon + 1));
        }
        String table = parameters.getOrDefault("table", TABLE);
        if (!NAME.matcher(table).matches()) {
            throw bad("“" + table + "” is no table's name", "Write table=name or table=schema.name, in plain letters.");
        }
        String mode = parameters.get("sslmode");
        if (mode != null && !SSL_MODES.contains(mode)) {
            throw bad("“" + mode + "” is no sslmode", "Use one of " + String.join(", ", SSL_MODES) + ".");
        }
        var driver = new LinkedHashMap<>(parameters);
        List.of("table", "user", "password").forEach(driver::remove);
        return new PostgresUrl(
                hosts(parts.group(2)),
                nullIfEmpty(parts.group(3) == null ? "" : decode(parts.group(3))),
                nullIfEmpty(parameters.getOrDefault("user", user == null ? "" : user)),
                parameters.getOrDefault("password", password),
                table,
                driver);
    }

    private static Map<String, String> parameters(String query) {
        var parameters = new LinkedHashMap<String, String>();
        for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!PARAMETERS.contains(name)) {
                throw bad(
                        "“" + name + "” is no parameter of a PostgreSQL store",
                        Closest.to(name, PARAMETERS).map(n -> "Did you mean " + n + "?").orElse("Leave it out."));
            }
            if (equals < 0 || equals + 1 == pair.length()) {
                throw bad("The parameter " + name + " of the PostgreSQL store has no value", "Write " + name + "=VALUE.");
            }
            parameters.put(name, decode(pair.substring(equals + 1)));
        }
        return parameters;
    }

    private static List<String> hosts(String text) {
        var hosts = new ArrayList<String>();
        for (String each : text.split(",", -1)) {
            if (each.toLowerCase(java.util.Locale.ROOT).startsWith("%2f")) {
                throw bad("A Unix socket cannot be used for a PostgreSQL store", "Name a host, as 127.0.0.1.");
            }
            Matcher host = HOST.matcher(each);
            if (!host.matches() || host.group(2) != null && Integer.parseInt(host.group(2)) > 65_535) {
                throw bad("“" + each + "” is no host and port", EXAMPLE);
            }
            hosts.add((host.group(1).isEmpty() ? "localhost" : host.group(1)) + ":"
                    + (host.group(2) == null ? DEFAULT_PORT : host.group(2)));
        }
        return List.copyOf(hosts);
    }

    /** For messages: where it is, and nothing else. */
    String place() {
        return "postgresql://" + String.join(",", hosts) + (database == null ? "" : "/" + database);
    }

    private static String nullIfEmpty(String text) {
        return text.isEmpty() ? null : text;
    }

    /** Percent encoding; a plus stands for itself. */
    private static String decode(String text) {
        if (text.indexOf('%') < 0) {
            return text;
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        byte[] decoded = new byte[bytes.length];
        int n = 0;
        for (int i = 0; i < bytes.length; i++) {
            int high = bytes[i] == '%' && i + 2 < bytes.length ? Character.digit(bytes[i + 1], 16) : -1;
            int low = high < 0 ? -1 : Character.digit(bytes[i + 2], 16);
            if (bytes[i] == '%' && (high < 0 || low < 0)) {
                // Not the text: it may be a password.
                throw bad("A % in the store's address has no two hexadecimal digits after it", "Write a % itself as %25.");
            }
            decoded[n++] = bytes[i] == '%' ? (byte) (high << 4 | low) : bytes[i];
            i += bytes[i] == '%' ? 2 : 0;
        }
        return new String(decoded, 0, n, StandardCharsets.UTF_8);
    }

    private static Failure bad(String what, String hint) {
        return Failure.badInput(what + ".", hint);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return place();
    }
}
