package dev.agentassist.live;

import dev.agentassist.live.rtc.net.EventLoop;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * The threads and the HTTP client that listens share: one for the network, one for what the listens do, one for events,
 * and two of the HTTP client for each signalling connection. All are daemons.
 */
public final class LiveEngine implements AutoCloseable {

    private static final int MOST_LISTENS = 10_000;

    private final OkHttpClient http;
    private final SSLContext tls;
    private final boolean udp;
    private final EventLoop loop = new EventLoop("live-network");
    private final ScheduledThreadPoolExecutor work = new ScheduledThreadPoolExecutor(1, daemons("live"));
    private final ThreadPoolExecutor events =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons("live-events"));
    private final ThreadPoolExecutor blocking =
            new ThreadPoolExecutor(8, 8, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons("live-tokens"));
    private final Set<LiveListen> listens = ConcurrentHashMap.newKeySet();

    /** With the JVM's own trust and no proxy. */
    public LiveEngine() {
        this(new OkHttpClient(), null);
    }

    /**
     * @param http for signalling: its proxy, its trust and its timeouts hold
     * @param tls trust for relays over TLS ({@code turns:}), or null for the JVM's own
     */
    public LiveEngine(OkHttpClient http, SSLContext tls) {
        this(http, tls, true);
    }

    /** {@code udp}: whether UDP may be used at all; without it there are ICE-TCP and relays over TCP and TLS. */
    public LiveEngine(OkHttpClient http, SSLContext tls, boolean udp) {
        // A connection counts as a call for as long as it is open, and by default there may be 64 of them.
        var dispatcher = new Dispatcher(Executors.newCachedThreadPool(daemons("live-signal")));
        dispatcher.setMaxRequests(MOST_LISTENS);
        dispatcher.setMaxRequestsPerHost(MOST_LISTENS);
        this.http = http.newBuilder()
                .dispatcher(dispatcher)
                // Not of the whole call: it lasts as long as the listen.
                .callTimeout(Duration.ZERO)
                .build();
        this.tls = tls;
        this.udp = udp;
        work.setRemoveOnCancelPolicy(true);
        blocking.allowCoreThreadTimeOut(true);
    }

    private static ThreadFactory daemons(String name) {
        return Thread.ofPlatform().daemon().name(name).factory();
    }

    OkHttpClient http() {
        return http;
    }

    SSLContext tls() {
        return tls;
    }

    boolean udp() {
        return udp;
    }

    EventLoop loop() {
        return loop;
    }

    /** Where everything that a listen does happens, one thing at a time. */
    ScheduledThreadPoolExecutor work() {
        return work;
    }

    /** Where listeners are called. */
    ExecutorService events() {
        return events;
    }

    /** For what may block: token sources. */
    ExecutorService blocking() {
        return blocking;
    }

    void add(LiveListen listen) {
        listens.add(listen);
    }

    void remove(LiveListen listen) {
        listens.remove(listen);
    }

    /** Closes the listens that are still on, all at once, and ends the threads. */
    @Override
    public void close() {
        listens.forEach(LiveListen::leave);
        for (LiveListen listen : Set.copyOf(listens)) {
            listen.close();
        }
        work.shutdown();
        events.shutdown();
        blocking.shutdown();
        loop.close();
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
