package dev.agentassist.model;

import com.openai.core.RequestOptions;
import com.openai.core.http.Headers;
import com.openai.core.http.HttpClient;
import com.openai.core.http.HttpRequest;
import com.openai.core.http.HttpRequestBody;
import com.openai.core.http.HttpResponse;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/**
 * The SDK's requests over this program's own HTTP client, with its timeouts, trust and proxy. What tells about this
 * machine is left out, and no answer is read without a limit.
 */
final class SdkTransport implements HttpClient {

    /** The longest answer of a model, with room to spare; a larger one is none. */
    static final int LARGEST = 8 << 20;

    private static final int LARGEST_ERROR = 64 << 10;

    private final OkHttpClient http;
    private final boolean keyed;
    private final Clock clock;

    /** @param keyed whether there is a key to send */
    SdkTransport(OkHttpClient http, boolean keyed, Clock clock) {
        this.http = http;
        this.keyed = keyed;
        this.clock = clock;
    }

    @Override
    public HttpResponse execute(HttpRequest request, RequestOptions options) {
        try (Response response = http.newCall(translated(request)).execute()) {
            if (!response.isSuccessful()) {
                byte[] error = response.body().byteStream().readNBytes(LARGEST_ERROR);
                throw new ServerRefusal(
                        response.code(), new String(error, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT), retryAfter(response));
            }
            byte[] body = response.body().byteStream().readNBytes(LARGEST + 1);
            if (body.length > LARGEST || !startsAsObject(body)) {
                throw new NoCompletion();
            }
            return new Received(response.code(), body);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The server answered something that is no chat completion: a login page, a proxy's error, another API. */
    static final class NoCompletion extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoCompletion() {
            super("no chat completion", null, false, false);
        }
    }

    private Request translated(HttpRequest request) {
        HttpUrl base = HttpUrl.get(request.baseUrl());
        HttpUrl.Builder url = base.newBuilder();
        if (base.pathSegments().getLast().isEmpty()) {
            url.removePathSegment(base.pathSize() - 1);
        }
        request.pathSegments().forEach(url::addPathSegment);
        request.queryParams().keys().forEach(k -> request.queryParams().values(k).forEach(v -> url.addQueryParameter(k, v)));
        var translated = new Request.Builder().url(url.build());
        for (String name : request.headers().names()) {
            String plain = name.toLowerCase(Locale.ROOT);
            boolean telling = plain.startsWith("x-stainless-") || plain.equals("user-agent");
            boolean empty = !keyed && (plain.equals("authorization") || plain.equals("api-key"));
            if (!telling && !empty) {
                request.headers().values(name).forEach(v -> translated.addHeader(name, v));
            }
        }
        translated.header("User-Agent", "agent-assist");
        return translated.method(request.method().name(), body(request.body())).build();
    }

    private static RequestBody body(HttpRequestBody body) {
        if (body == null) {
            return null;
        }
        var bytes = new ByteArrayOutputStream();
        body.writeTo(bytes);
        String type = body.contentType();
        return RequestBody.create(bytes.toByteArray(), type == null ? null : MediaType.get(type));
    }

    private static boolean startsAsObject(byte[] body) {
        for (byte b : body) {
            if (b != ' ' && b != '\n' && b != '\r' && b != '\t') {
                return b == '{';
            }
        }
        return false;
    }

    /** Seconds or a date (RFC 9110, section 10.2.3), and the milliseconds that some servers send. */
    private Duration retryAfter(Response response) {
        String millis = response.header("retry-after-ms");
        String value = response.header("retry-after");
        try {
            if (millis != null) {
                return Duration.ofMillis(Math.max(0, (long) Double.parseDouble(millis.strip())));
            }
            if (value == null) {
                return null;
            }
            if (value.strip().matches("\\d{1,9}(\\.\\d+)?")) {
                return Duration.ofMillis((long) (Double.parseDouble(value.strip()) * 1000));
            }
            var until = ZonedDateTime.parse(value.strip(), DateTimeFormatter.RFC_1123_DATE_TIME).toInstant();
            Duration left = Duration.between(clock.instant(), until);
            return left.isNegative() ? Duration.ZERO : left;
        } catch (NumberFormatException | DateTimeException e) {
            return null;
        }
    }

    @Override
    public CompletableFuture<HttpResponse> executeAsync(HttpRequest request, RequestOptions options) {
        return CompletableFuture.supplyAsync(() -> execute(request, options));
    }

    @Override
    public void close() {
        http.connectionPool().evictAll();
    }

    private record Received(int statusCode, byte[] bytes) implements HttpResponse {
        @Override
        public Headers headers() {
            return Headers.builder().put("content-type", "application/json").build();
        }

        @Override
        public InputStream body() {
            return new ByteArrayInputStream(bytes);
        }

        @Override
        public void close() {
            // All of it was read.
        }
    }
}
