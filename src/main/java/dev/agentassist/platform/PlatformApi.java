package dev.agentassist.platform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.agentassist.json.Json;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import javax.net.ssl.SSLException;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * A hosted platform's REST API: one request at a time, JSON both ways, each error as a {@link Problem}. Bearer key
 * {@code ak_…}, or {@code pat_…} together with {@code X-Anyreach-Org}. Errors are {@code {"detail": …}}, where the detail is a
 * text or, with 422, a list of what is wrong where.
 */
public final class PlatformApi {

    /** A page of a hundred calls with their transcripts. */
    private static final int LARGEST = 64 << 20;

    private static final int LONGEST_DETAIL = 300;
    private static final int MOST_ATTEMPTS = 3;

    private final PlatformAddress address;
    private final Supplier<String> key;
    private final Supplier<String> organization;
    private final Duration timeout;
    private final Supplier<OkHttpClient> http;
    private OkHttpClient client;

    /**
     * @param key or null
     * @param organization for a {@code pat_…} key, or null
     * @param timeout how long to wait at most when the platform asks to wait
     */
    public PlatformApi(
            PlatformAddress address,
            Supplier<String> key,
            Supplier<String> organization,
            Duration timeout,
            Supplier<OkHttpClient> http) {
        this.address = address;
        this.key = key;
        this.organization = organization;
        this.timeout = timeout;
        this.http = http;
    }

    /** For messages. */
    public String describe() {
        return "the platform " + address;
    }

    /**
     * @param segments of the path, each percent-encoded here
     * @param query names and values
     */
    public JsonNode get(List<String> segments, Map<String, String> query) {
        return execute(request(segments, query).get().build());
    }

    /** Without a body. */
    public JsonNode post(List<String> segments) {
        return execute(request(segments, Map.of()).post(RequestBody.create(new byte[0])).build());
    }

    private Request.Builder request(List<String> segments, Map<String, String> query) {
        var url = new StringBuilder(address.url());
        segments.forEach(segment -> url.append('/').append(encode(segment)));
        char separator = '?';
        for (var parameter : query.entrySet()) {
            url.append(separator).append(encode(parameter.getKey())).append('=').append(encode(parameter.getValue()));
            separator = '&';
        }
        String bearer = header(key.get(), "The platform's key");
        if (bearer == null) {
            throw Failure.badInput(
                    "No key for " + describe() + " is set.", "Set ASSIST_STORE_KEY, or run: assist config set store.key");
        }
        var request = new Request.Builder()
                .url(url.toString())
                .header("Accept", "application/json")
                .header("Authorization", "Bearer " + bearer);
        if (bearer.startsWith("pat_")) {
            String org = header(organization.get(), "The organization");
            if (org == null) {
                throw Failure.badInput(
                        "A pat_… key needs the organization that it is used for.",
                        "Set ASSIST_STORE_ORG, or run: assist config set store.org NAME");
            }
            request.header("X-Anyreach-Org", org);
        }
        return request;
    }

    private static String header(String value, String what) {
        if (value != null && !value.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw Failure.badInput(what + " holds a space or a character that a header cannot have.", "Set it again.");
        }
        return value;
    }

    /** Everything but letters, digits and {@code -._~}: a plus in a number above all. */
    private static String encode(String text) {
        var encoded = new StringBuilder();
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            boolean plain = b >= 'a' && b <= 'z' || b >= 'A' && b <= 'Z' || b >= '0' && b <= '9' || "-._~".indexOf(b) >= 0;
            if (plain) {
                encoded.append((char) b);
            } else {
                encoded.append('%').append("0123456789ABCDEF".charAt((b >> 4) & 15)).append("0123456789ABCDEF".charAt(b & 15));
            }
        }
        return encoded.toString();
    }

    private JsonNode execute(Request request) {
        for (int attempt = 1; ; attempt++) {
            try (Response response = client().newCall(request).execute()) {
                Duration wait = wait(response);
                if (wait == null || attempt == MOST_ATTEMPTS || wait.compareTo(timeout) > 0) {
                    return answer(response, wait);
                }
                pause(wait);
            } catch (IOException e) {
                throw new Failure(
                        Problem.unavailable(capital(describe()) + " cannot be reached: " + why(e) + ".", "Check --store and the network."),
                        e);
            }
        }
    }

    private OkHttpClient client() {
        if (client == null) {
            // A redirect could lead the key to somebody else.
            client = http.get().newBuilder().followRedirects(false).followSslRedirects(false).build();
        }
        return client;
    }

    /** How long it asks to wait before the next attempt, or null. */
    private static Duration wait(Response response) {
        String after = response.header("Retry-After");
        if (response.code() != 429 && response.code() != 503) {
            return null;
        }
        return after != null && after.matches("\\d{1,6}") ? Duration.ofSeconds(Long.parseLong(after)) : null;
    }

    private static void pause(Duration wait) {
        try {
            Thread.sleep(wait);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Failure.unavailable("The request was interrupted.", null);
        }
    }

    private JsonNode answer(Response response, Duration wait) throws IOException {
        int code = response.code();
        JsonNode body = body(response);
        if (response.isSuccessful()) {
            if (body.isMissingNode()) {
                throw Failure.badInput(
                        capital(describe()) + " answers, but not with JSON as a platform's API does.",
                        "Check --store: it is the address of the API, not of the web page.");
            }
            return body;
        }
        throw new Failure(problem(code, detail(body), wait));
    }

    private Problem problem(int code, String detail, Duration wait) {
        String who = capital(describe());
        String said = detail.isEmpty() ? "." : ": " + detail + ".";
        return switch (code) {
            case 400, 422 -> Problem.badInput(who + " does not take this request (" + code + ")" + said, "Check what was asked for.");
            case 401 -> new Problem.NotAllowed(
                    401, who + " does not take the key" + said,
                    "Check ASSIST_STORE_KEY (store.key), and with a pat_… key ASSIST_STORE_ORG (store.org).");
            case 403 -> new Problem.NotAllowed(
                    403, who + " does not allow this key to do that" + said, "Ask the organization's owner for a key with more rights.");
            case 404 -> Problem.notFound(who + " does not have it" + said, "Check the number or id, and --store.");
            case 409 -> Problem.wrongState(who + " refuses, for the call is not in progress" + said, null);
            case 429 -> new Problem.Unavailable(
                    429, who + " has been asked too often" + said,
                    wait == null ? "Try again in a moment." : "Try again in " + wait.toSeconds() + " s.");
            default -> code >= 300 && code < 400
                    ? Problem.badInput(
                            who + " answers with a redirect (" + code + "), which is not followed with a key.",
                            "Name the address that it leads to in --store.")
                    : new Problem.Unavailable(code, who + " failed with HTTP status " + code + said, "Try again in a moment.");
        };
    }

    /** Missing when it is no JSON. */
    private JsonNode body(Response response) throws IOException {
        byte[] bytes = response.body().byteStream().readNBytes(LARGEST + 1);
        if (bytes.length > LARGEST) {
            throw Failure.badInput(capital(describe()) + " answers with more than " + (LARGEST >> 20) + " MB.", "Ask for less: --limit, --since.");
        }
        try {
            JsonNode body = Json.MAPPER.readTree(bytes);
            return body.isObject() || body.isArray() ? body : MissingNode.getInstance();
        } catch (JsonProcessingException e) {
            return MissingNode.getInstance();
        }
    }

    /** The detail as one line: a text, or a list of {@code {"loc": […], "msg": …}}. */
    private static String detail(JsonNode body) {
        JsonNode detail = body.path("detail");
        var parts = new ArrayList<String>();
        if (detail.isArray()) {
            for (JsonNode each : detail) {
                var place = new ArrayList<String>();
                each.path("loc").forEach(l -> place.add(l.asText()));
                String message = each.isTextual() ? each.asText() : each.path("msg").asText("");
                parts.add(place.isEmpty() ? message : String.join(".", place) + ": " + message);
            }
        } else if (detail.isObject()) {
            parts.add(detail.path("message").asText(detail.path("msg").asText("")));
        } else {
            parts.add(detail.asText(""));
        }
        String text = String.join("; ", parts).replaceAll("\\s+", " ").strip().replaceAll("\\.+$", "");
        return text.length() <= LONGEST_DETAIL ? text : text.substring(0, LONGEST_DETAIL) + "…";
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    private static String why(IOException e) {
        return switch (e) {
            case UnknownHostException u -> "its name cannot be resolved";
            case ConnectException c -> "it refuses the connection";
            case SSLException s -> "the TLS connection failed (" + s.getClass().getSimpleName() + ")";
            case InterruptedIOException i -> "it did not answer in time";
            default -> "the connection failed (" + e.getClass().getSimpleName() + ")";
        };
    }
}
