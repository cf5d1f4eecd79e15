package dev.agentassist.live;

import dev.agentassist.live.rtc.PeerConfig;
import dev.agentassist.live.rtc.dtls.DtlsIdentity;
import dev.agentassist.live.rtc.net.EventLoop;
import java.security.Security;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Function;
import javax.net.ssl.SSLContext;
import okhttp3.Dispatcher;
import okhttp3.OkHttpClient;

/**
 * The threads and the HTTP client that listens share: one for the network, one for what the listens do, one for events,
 * and two of the HTTP client for each signalling connection. All are daemons.
 */
public final class LiveEngine implements AutoCloseable {

    private static final int MOST_LISTENS = 10_000;

    private final Function<String, OkHttpClient> clients;
    private final Dispatcher dispatcher = new Dispatcher(Executors.newCachedThreadPool(daemons("live-signal")));
    /** By whether it is for TLS. */
    private final Map<Boolean, OkHttpClient> http = new ConcurrentHashMap<>();
    private final SSLContext tls;
    private final boolean udp;
    private final EventLoop loop = new EventLoop("live-network");
    private final ScheduledThreadPoolExecutor work = new ScheduledThreadPoolExecutor(1, daemons("live"));
    private final ThreadPoolExecutor events =
            new ThreadPoolExecutor(1, 1, 0, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons("live-events"));
    private final ThreadPoolExecutor blocking =
            new ThreadPoolExecutor(8, 8, 5, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), daemons("live-tokens"));
    private final CompletableFuture<DtlsIdentity> identity;
    private final AtomicReference<CompletableFuture<ReadyPeer>> ready = new AtomicReference<>();
    private final Set<LiveListen> listens = ConcurrentHashMap.newKeySet();

    /** With the JVM's own trust and no proxy. */
    public LiveEngine() {
        this(url -> new OkHttpClient(), null, true);
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
        this(url -> http, tls, udp);
    }

    /**
     * @param clients makes the client for a LiveKit server's URL, once for those with TLS and once for those without: what
     *     TLS needs takes a tenth of a second to load
     * @param tls trust for relays over TLS ({@code turns:}), or null for the JVM's own
     * @param udp whether UDP may be used at all
     */
    public LiveEngine(Function<String, OkHttpClient> clients, SSLContext tls, boolean udp) {
        this.clients = clients;
        this.tls = tls;
        this.udp = udp;
        // A connection counts as a call for as long as it is open, and by default there may be 64 of them.
        dispatcher.setMaxRequests(MOST_LISTENS);
        dispatcher.setMaxRequestsPerHost(MOST_LISTENS);
        work.setRemoveOnCancelPolicy(true);
        blocking.allowCoreThreadTimeOut(true);
        // Making a key takes a moment, in which others look whether the call is there.
        identity = CompletableFuture.supplyAsync(() -> DtlsIdentity.create(Instant.now()), blocking);
    }

    private static ThreadFactory daemons(String name) {
        return Thread.ofPlatform().daemon().name(name).factory();
    }

    /**
     * Begins, on threads of its own, what joining a server of this URL takes and what does not depend on the call. Never
     * needed, but a listen that is joined within some seconds is live sooner.
     */
    public void prepare(String url) {
        blocking.execute(() -> {
            // OkHttp looks at all providers before its first connection, and they are slow to load.
            Security.getProviders();
            http(url);
        });
        var made = identity.thenApplyAsync(key -> new ReadyPeer(loop, peerConfig(), key), blocking);
        drop(ready.getAndSet(made));
        // Last, since it is needed last: the tables of the key agreement.
        made.thenRunAsync(DtlsIdentity::prepareAgreement, blocking);
    }

    private static void drop(CompletableFuture<ReadyPeer> made) {
        if (made != null) {
            made.thenAccept(ReadyPeer::close);
        }
    }

    /** One that was prepared, or a new one. */
    ReadyPeer readyPeer() {
        CompletableFuture<ReadyPeer> made = ready.getAndSet(null);
        if (made != null) {
            ReadyPeer peer = made.join();
            if (peer.fresh()) {
                return peer;
            }
            peer.close();
        }
        return new ReadyPeer(loop, peerConfig(), identity());
    }

    PeerConfig peerConfig() {
        return PeerConfig.defaults().withTls(tls).withUdp(udp);
    }

    /** For signalling with the server of a URL. */
    OkHttpClient http(String url) {
        return http.computeIfAbsent(secure(url), s -> clients.apply(url)
                .newBuilder()
                .dispatcher(dispatcher)
                // Not of the whole call: it lasts as long as the listen.
                .callTimeout(Duration.ZERO)
                .build());
    }

    private static boolean secure(String url) {
        String lower = url.strip().toLowerCase(Locale.ROOT);
        return lower.startsWith("wss:") || lower.startsWith("https:");
    }

    /** The key and certificate of all listens of this engine: they say nothing about who listens. */
    DtlsIdentity identity() {
        return identity.join();
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
        drop(ready.getAndSet(null));
        loop.close();
        dispatcher.executorService().shutdown();
        http.values().forEach(client -> client.connectionPool().evictAll());
    }
}
