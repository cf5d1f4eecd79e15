package dev.agentassist.tail;

import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.live.LiveListen;
import dev.agentassist.problem.Failure;
import dev.agentassist.store.ConversationStore;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** Asks the store now and then whether a call that is followed is over there: a terminal status ends the listen. */
public final class StatusWatch implements AutoCloseable {

    private static final long INTERVAL_MILLIS = 3_000;

    private final Supplier<ConversationStore> stores;
    private final Map<String, LiveListen> listens = new ConcurrentHashMap<>();
    private Thread thread;
    private volatile boolean closed;

    public StatusWatch(Supplier<ConversationStore> stores) {
        this.stores = stores;
    }

    public synchronized void add(String conversationId, LiveListen listen) {
        listens.put(conversationId, listen);
        listen.ended().thenRun(() -> listens.remove(conversationId));
        if (thread == null) {
            thread = Thread.ofPlatform().daemon().name("tail-status").start(this::run);
        }
    }

    private void run() {
        ConversationStore store = null;
        try {
            while (!closed) {
                Thread.sleep(INTERVAL_MILLIS);
                try {
                    if (store == null) {
                        store = stores.get();
                    }
                    ask(store);
                } catch (Failure e) {
                    // The room tells of the end, too; the store is asked again.
                }
            }
        } catch (InterruptedException e) {
            // Closed.
        } finally {
            if (store != null) {
                store.close();
            }
        }
    }

    private void ask(ConversationStore store) {
        listens.forEach((id, listen) -> {
            Optional<ConversationInfo> info = store.find(id);
            if (info.isPresent() && info.get().status().terminal()) {
                listen.end("The conversation " + id + " is " + info.get().status().wire() + ".");
            }
        });
    }

    @Override
    public void close() {
        closed = true;
        if (thread != null) {
            thread.interrupt();
        }
    }
}
