package dev.agentassist.platform;

import dev.agentassist.problem.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;

/**
 * Where a hosted platform is. Encrypted, unless it runs on this very machine: the key goes with every request.
 *
 * @param url without a slash at its end and without {@code /core}
 */
public record PlatformAddress(String url) {

    private static final String EXAMPLE = "Write it as https://api.example.com.";

    public static PlatformAddress parse(String text) {
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw Failure.badInput("The store's address is no URL.", EXAMPLE);
        }
        if (uri.getHost() == null) {
            throw Failure.badInput("The store's address names no host.", EXAMPLE);
        }
        if (uri.getRawUserInfo() != null || uri.getRawQuery() != null || uri.getRawFragment() != null) {
            throw Failure.badInput(
                    "A platform's address has a host and a path only.", "Leave out what begins with ?, # or ends with @; the key goes into ASSIST_STORE_KEY.");
        }
        String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
        if (!scheme.equals("https") && !isThisMachine(uri.getHost())) {
            throw Failure.badInput(
                    "The platform " + uri.getHost() + " is named with http://, which would send the key unencrypted.",
                    "Write https://; http:// is taken for this machine alone.");
        }
        String path = uri.getRawPath() == null ? "" : uri.getRawPath().replaceAll("/+$", "");
        path = path.endsWith("/core") ? path.substring(0, path.length() - "/core".length()) : path;
        return new PlatformAddress(scheme + "://" + uri.getRawAuthority() + path);
    }

    private static boolean isThisMachine(String host) {
        return host.equalsIgnoreCase("localhost") || host.matches("127\\.\\d+\\.\\d+\\.\\d+") || host.equals("[::1]");
    }

    @Override
    public String toString() {
        return url;
    }
}
