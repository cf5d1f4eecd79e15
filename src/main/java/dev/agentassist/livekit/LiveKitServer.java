package dev.agentassist.livekit;

import dev.agentassist.problem.Failure;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Set;

/**
 * A LiveKit deployment and the keys for it.
 *
 * @param url as it was configured: {@code ws}, {@code wss}, {@code http} or {@code https}
 */
public record LiveKitServer(URI url, String apiKey, String apiSecret) {

    private static final Set<String> SCHEMES = Set.of("ws", "wss", "http", "https");

    /** Reads the address; {@code origin} says where it was configured. */
    public static LiveKitServer of(String url, String origin, String apiKey, String apiSecret) {
        return new LiveKitServer(address(url, origin), apiKey, apiSecret);
    }

    /** The address alone, checked. */
    public static URI address(String url, String origin) {
        try {
            URI uri = new URI(url.strip());
            if (uri.getScheme() != null
                    && SCHEMES.contains(uri.getScheme().toLowerCase(Locale.ROOT))
                    && uri.getHost() != null
                    && uri.getUserInfo() == null
                    && uri.getQuery() == null) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // said below
        }
        throw Failure.badInput(
                "“" + url.replaceAll("//[^@/]*@", "//***@") + "” (" + origin + ") is not a LiveKit address.",
                "Write it as wss://host or wss://host:port.");
    }

    /** The address for clients that join. */
    public String wsUrl() {
        return base("ws");
    }

    /** The address of the server's API. */
    public String httpUrl() {
        return base("http");
    }

    private String base(String plain) {
        boolean secure = url.getScheme().toLowerCase(Locale.ROOT).matches("wss|https");
        String path = url.getRawPath() == null ? "" : url.getRawPath().replaceAll("/+$", "");
        return plain + (secure ? "s" : "") + "://" + url.getRawAuthority() + path;
    }

    /** What to call it in a message. */
    String describe() {
        return "The LiveKit server " + wsUrl();
    }

    /** Without the secret. */
    @Override
    public String toString() {
        return wsUrl();
    }
}
