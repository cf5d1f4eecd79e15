package dev.agentassist.live;

import javax.net.ssl.SSLContext;
import okhttp3.OkHttpClient;

/**
 * The threads and the HTTP client that listens share: one for the network, one for their timers, one for events, whatever
 * their number. All are daemons.
 */
public final class LiveEngine implements AutoCloseable {

    /**
     * @param http for signalling: its proxy, its trust and its connect timeout hold
     * @param tls trust for relays over TLS ({@code turns:}), or null for the JVM's own
     */
    public LiveEngine(OkHttpClient http, SSLContext tls) {
        throw new UnsupportedOperationException("not written yet");
    }

    /** Ends the threads; listens that are still on are closed first. */
    @Override
    public void close() {
        throw new UnsupportedOperationException("not written yet");
    }
}
