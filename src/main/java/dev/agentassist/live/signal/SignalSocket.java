package dev.agentassist.live.signal;

import dev.agentassist.live.wire.MalformedMessage;
import dev.agentassist.net.ConnectionTrouble;
import java.io.IOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Pattern;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;

/**
 * One signalling connection: a WebSocket that carries binary messages. Goes wherever the HTTP client goes: through its
 * proxy ({@code CONNECT} for {@code wss}), with its trust.
 */
public final class SignalSocket {

    /** Told on a thread of the HTTP client, one call at a time; {@link #closed} is the last. */
    public interface Listener {
        void response(SignalSocket socket, SignalResponse response);

        /** A message that could not be read; the connection goes on. */
        void malformed(SignalSocket socket, String why);

        /** Not called after {@link SignalSocket#close} or {@link SignalSocket#abort}. */
        void closed(SignalSocket socket, SignalFailure why);
    }

    private static final int NORMAL = 1000;
    /** What a server's refusal may say before it is cut. */
    private static final int LONGEST_REFUSAL = 300;
    private static final int MOST_READ = 16_384;
    private static final Pattern JWT = Pattern.compile("[\\w-]{8,}\\.[\\w-]{8,}\\.[\\w-]*");

    private final Listener listener;
    private final AtomicBoolean over = new AtomicBoolean();
    private final CompletableFuture<Void> gone = new CompletableFuture<>();
    private volatile WebSocket socket;
    private volatile long heardNanos = System.nanoTime();

    private SignalSocket(Listener listener) {
        this.listener = listener;
    }

    /**
     * Single peer connection, {@code /rtc/v1}: our offer goes along.
     *
     * @param offerSdp null when resuming
     * @param resume null when joining
     */
    public static SignalSocket v1(
            OkHttpClient http, String url, String token, String version, String offerSdp, SignalRequest.Resume resume, Listener listener) {
        byte[] join = SignalRequest.joinRequest(version, offerSdp, resume);
        return open(http, url, "/rtc/v1?join_request=" + encode(Base64.getUrlEncoder().encodeToString(join)), token, listener);
    }

    /** Two peer connections, {@code /rtc}: the server offers the one that we listen on. {@code resume}: null when joining. */
    public static SignalSocket v0(
            OkHttpClient http, String url, String token, String version, SignalRequest.Resume resume, Listener listener) {
        String again = resume == null
                ? ""
                : "&reconnect=1&reconnect_reason=" + resume.reason().ordinal() + "&sid=" + encode(resume.participantSid());
        return open(
                http,
                url,
                "/rtc?protocol=" + SignalRequest.PROTOCOL + "&version=" + encode(version) + "&auto_subscribe=0" + again,
                token,
                listener);
    }

    private static SignalSocket open(OkHttpClient http, String url, String path, String token, Listener listener) {
        var signal = new SignalSocket(listener);
        Request request = new Request.Builder()
                .url(address(url, path))
                .header("Authorization", "Bearer " + token)
                .build();
        signal.socket = http.newWebSocket(request, signal.new Callbacks());
        return signal;
    }

    /** {@code ws://host/base} and a path become {@code http://host/base/path}, as OkHttp wants it. */
    static HttpUrl address(String url, String path) {
        String base = url.strip();
        String lower = base.toLowerCase(Locale.ROOT);
        if (lower.startsWith("ws:")) {
            base = "http:" + base.substring(3);
        } else if (lower.startsWith("wss:")) {
            base = "https:" + base.substring(4);
        }
        while (base.endsWith("/")) {
            base = base.substring(0, base.length() - 1);
        }
        return HttpUrl.get(base + path);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /** Whether it was taken; false once the connection is over. */
    public boolean send(byte[] request) {
        WebSocket open = socket;
        return open != null && !over.get() && open.send(ByteString.of(request));
    }

    /** How long nothing has been heard from the server. */
    public Duration silence() {
        return Duration.ofNanos(System.nanoTime() - heardNanos);
    }

    /** Completes once the server has closed its side too, or the connection broke. */
    public CompletableFuture<Void> gone() {
        return gone;
    }

    /** Says that we leave, and closes. */
    public void close() {
        send(SignalRequest.leave());
        if (!over.getAndSet(true)) {
            socket.close(NORMAL, null);
        }
    }

    /** Drops the connection without a word. */
    public void abort() {
        if (!over.getAndSet(true)) {
            gone.complete(null);
            socket.cancel();
        }
    }

    private void end(SignalFailure why) {
        if (!over.getAndSet(true)) {
            listener.closed(this, why);
        }
    }

    private final class Callbacks extends WebSocketListener {

        @Override
        public void onOpen(WebSocket webSocket, Response response) {
            // The join can arrive before newWebSocket has returned.
            socket = webSocket;
            heardNanos = System.nanoTime();
        }

        @Override
        public void onMessage(WebSocket webSocket, ByteString bytes) {
            heardNanos = System.nanoTime();
            if (over.get()) {
                return;
            }
            try {
                listener.response(SignalSocket.this, SignalResponse.read(bytes.toByteArray()));
            } catch (MalformedMessage e) {
                listener.malformed(SignalSocket.this, e.getMessage());
            }
        }

        @Override
        public void onClosing(WebSocket webSocket, int code, String reason) {
            webSocket.close(NORMAL, null);
            gone.complete(null);
            end(new SignalFailure(0, "the server closed the connection (" + code + ")", null, null));
        }

        @Override
        public void onFailure(WebSocket webSocket, Throwable cause, Response response) {
            gone.complete(null);
            // Anything else than 101 is a refusal; a failure later has the response of the upgrade.
            int status = response == null || response.code() == 101 ? 0 : response.code();
            end(new SignalFailure(
                    status,
                    status == 0 ? message(cause) : refusal(response),
                    status == 0 || response.headers().getDate("Date") == null
                            ? null
                            : response.headers().getDate("Date").toInstant(),
                    cause));
        }
    }

    /** LiveKit repeats a token that it cannot read. */
    static String withoutToken(String text) {
        return JWT.matcher(text).replaceAll("…");
    }

    private static String message(Throwable cause) {
        if (ConnectionTrouble.lasts(cause)) {
            return ConnectionTrouble.why((IOException) cause);
        }
        String text = cause.getMessage();
        return text == null || text.isBlank() ? cause.getClass().getSimpleName() : text;
    }

    private static String refusal(Response response) {
        try {
            String body = withoutToken(response.peekBody(MOST_READ).string().strip());
            return body.isEmpty() ? response.message() : body.substring(0, Math.min(body.length(), LONGEST_REFUSAL));
        } catch (IOException | IllegalStateException e) {
            return response.message();
        }
    }
}
