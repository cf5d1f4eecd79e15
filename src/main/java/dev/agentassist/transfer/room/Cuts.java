package dev.agentassist.transfer.room;

import dev.agentassist.livekit.RoomControl;
import dev.agentassist.problem.Failure;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Keeps somebody from hearing tracks although their own client asks for them. livekit-sip, and others that subscribe by
 * themselves, override a single cut; one that is repeated in the second after a track's publication let no frame through, as
 * measured on livekit-server 1.13.5.
 *
 * <p>And every cut is kept up until the end, twenty times a second: a client that resumes its signalling connection can send a
 * list of what it wants to hear, which the server takes as its last word (livekit-server, pkg/rtc/room.go, onSyncState), and
 * nobody is told of a resume. What is heard then lasts for less than 150 ms on a machine
 * that is not overloaded; docs/transfer.md has what was measured.
 */
final class Cuts {

    /** When to cut, in milliseconds after the publication. */
    private static final long[] AT = {0, 30, 60, 100, 150, 250, 500, 1_000};

    private static final long KEEP_MILLIS = 50;
    private static final int MOST_PENDING = 16;

    private final RoomControl control;
    private final String room;
    private final ReentrantReadWriteLock undoing = new ReentrantReadWriteLock();
    private final Map<String, Set<String>> kept = new ConcurrentHashMap<>();
    private final AtomicBoolean keeping = new AtomicBoolean();
    private final Semaphore pending = new Semaphore(MOST_PENDING);
    private volatile boolean over;
    private volatile boolean unheard;

    Cuts(RoomControl control, String room) {
        this.control = control;
        this.room = room;
    }

    /** Nothing is denied any more from now on; what is under way is waited for. */
    void end() {
        over = true;
        undoing.writeLock().lock();
        undoing.writeLock().unlock();
    }

    /** Whether the server has answered all that was asked of it: what it has not answered it may still do, at any time. */
    boolean heard() {
        return !unheard;
    }

    /** Does something that keeps somebody from hearing, unless all this is over. */
    boolean unlessOver(Runnable change) {
        undoing.readLock().lock();
        try {
            if (over) {
                return false;
            }
            change.run();
            return true;
        } catch (Failure e) {
            unheard = true;
            throw e;
        } finally {
            undoing.readLock().unlock();
        }
    }

    /** One cut. */
    void once(String listener, Collection<String> tracks) {
        unlessOver(() -> control.subscribe(room, listener, tracks, false));
    }

    /** The whole schedule, in a thread of its own. */
    void repeat(String listener, Collection<String> tracks) {
        List<String> all = List.copyOf(tracks);
        if (!all.isEmpty()) {
            kept.computeIfAbsent(listener, k -> ConcurrentHashMap.newKeySet()).addAll(all);
            if (keeping.compareAndSet(false, true)) {
                Thread.ofVirtual().name("transfer-cuts").start(this::keepUp);
            }
            Thread.ofVirtual().name("transfer-cuts").start(() -> repeatNow(listener, all));
        }
    }

    /**
     * Somebody has left: nothing is cut for them until {@link #repeat} is called again. The server answers for somebody who is
     * not there only after seconds, and whoever ends all this waits for what is under way.
     */
    void gone(String listener) {
        kept.remove(listener);
    }

    /** Ends with all this. Nobody's cut waits for an earlier one, or for somebody else's. */
    private void keepUp() {
        while (!over) {
            sleepUntil(System.nanoTime(), KEEP_MILLIS);
            kept.forEach((listener, tracks) -> {
                if (pending.tryAcquire()) {
                    Thread.ofVirtual().name("transfer-cuts").start(() -> keepUp(listener, tracks));
                }
            });
        }
    }

    private void keepUp(String listener, Set<String> tracks) {
        try {
            once(listener, List.copyOf(tracks));
        } catch (RuntimeException e) {
            // Somebody who is gone, or a server that is busy: the next one is a moment away.
        } finally {
            pending.release();
        }
    }

    private void repeatNow(String listener, List<String> tracks) {
        long began = System.nanoTime();
        for (long at : AT) {
            sleepUntil(began, at);
            if (over) {
                return;
            }
            try {
                once(listener, tracks);
            } catch (RuntimeException e) {
                // The next one may reach the server. Where one must have succeeded, once() is called, which fails.
            }
        }
    }

    static void sleepUntil(long beganNanos, long millis) {
        long left = millis - (System.nanoTime() - beganNanos) / 1_000_000;
        if (left > 0) {
            try {
                Thread.sleep(left);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
