package dev.agentassist.listen;

import dev.agentassist.live.LiveEngine;
import dev.agentassist.live.LiveEvent;
import dev.agentassist.live.LiveListen;
import dev.agentassist.live.LiveParticipant;
import dev.agentassist.live.LiveState;
import dev.agentassist.live.audio.RecordingThread;
import dev.agentassist.live.segment.Role;
import dev.agentassist.store.ConversationStore;
import dev.agentassist.tail.CallLabel;
import dev.agentassist.tail.StatusWatch;
import dev.agentassist.tail.TailCall;
import dev.agentassist.tail.TailOutcome;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Hears one call until it is over or somebody has had enough, and keeps its sound: the use case of {@code assist listen}. */
public final class Listening implements AutoCloseable {

    private static final long LAST_WRITES_MILLIS = 10_000;
    private static final long LAST_WRITES_IN_A_HURRY_MILLIS = 700;

    private final LiveEngine engine;
    private final LiveListen listen;
    private final TailCall call;
    private final Role speaker;
    private final Destination destination;
    private final Consumer<String> note;
    private final Consumer<String> warn;
    private final StatusWatch status;
    private final Map<String, Role> roles = new HashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile RecordingThread recording;
    private volatile IOException failure;
    private volatile long startNanos;
    private volatile long heard;
    private volatile boolean sawSomebody;
    private Kept kept;

    /** What a listening works with. */
    public record Parts(
            LiveEngine engine,
            Duration regainWithin,
            String version,
            Supplier<ConversationStore> stores,
            Consumer<String> note,
            Consumer<String> warn) {}

    /**
     * What came of it.
     *
     * @param length of the sound; zero where the call was never joined
     * @param packets heard
     * @param failure why it could not all be written, or null
     */
    public record Kept(Duration length, long packets, IOException failure) {}

    /** {@code speaker}: whom to hear alone, or null. */
    public Listening(Parts parts, TailCall call, Role speaker, Destination destination) {
        this.engine = parts.engine();
        this.call = call;
        this.speaker = speaker;
        this.destination = destination;
        this.note = parts.note();
        this.warn = parts.warn();
        status = new StatusWatch(parts.stores());
        listen = LiveListen.builder(call.url(), call.token())
                .engine(engine)
                .tokens(call.tokens())
                .regainWithin(parts.regainWithin())
                .version(parts.version())
                .build();
        listen.onEvent(this::happened);
    }

    /** One event after the other, on the engine's thread. */
    private void happened(LiveEvent event) {
        switch (event) {
            case LiveEvent.StateChanged changed when changed.state() == LiveState.LIVE && startNanos == 0 -> begin();
            case LiveEvent.Joined joined -> {
                sawSomebody = true;
                roles.put(joined.participant().identity(), joined.participant().role());
            }
            case LiveEvent.Changed changed -> {
                LiveParticipant now = changed.participant();
                roles.put(now.identity(), now.role());
            }
            case LiveEvent.Audio audio -> {
                boolean wanted = speaker == null || roles.get(audio.packet().participant()) == speaker;
                if (wanted && recording != null) {
                    heard++;
                    recording.add(audio.packet());
                }
            }
            case LiveEvent.Gap gap -> warn.accept("The connection was lost for "
                    + Math.max(1, Duration.between(gap.from(), gap.to()).toSeconds()) + " s: that time is silent.");
            case LiveEvent.Notice notice -> warn.accept(notice.sentence());
            default -> { }
        }
    }

    private void begin() {
        startNanos = System.nanoTime();
        try {
            recording = new RecordingThread(destination.open(startNanos), this::failed);
            note.accept("Listening to the room “" + call.room() + "”. Ctrl-C ends it.");
        } catch (IOException e) {
            failed(e);
        }
    }

    private void failed(IOException e) {
        failure = e;
        stopped.countDown();
    }

    /**
     * Listens until the call is over, {@code longest} has passed since it began (null: no limit), nothing more can be
     * written, or {@link #stop}. Returns how the call ended, or null where it was we who left.
     */
    public TailOutcome run(Duration longest) throws InterruptedException {
        var outcome = new TailOutcome[1];
        listen.ended().thenAccept(ending -> {
            outcome[0] = new TailOutcome(new CallLabel(call.room(), call.conversationId(), 0), ending, sawSomebody);
            stopped.countDown();
        });
        if (call.conversationId() != null) {
            status.add(call.conversationId(), listen);
        }
        listen.setMuted(false);
        listen.connect();
        if (longest == null) {
            stopped.await();
        } else if (!stopped.await(longest.toMillis(), TimeUnit.MILLISECONDS)) {
            note.accept("The longest time is over: the listener leaves.");
        }
        return outcome[0];
    }

    /** Has {@link #run} return. Any thread. */
    public void stop() {
        stopped.countDown();
    }

    /** Leaves the room and writes what is left. Once; later calls return the same. */
    public synchronized Kept finish() {
        return finish(LAST_WRITES_MILLIS);
    }

    /** Within a second: the process is being ended. */
    public synchronized Kept finishAtOnce() {
        return finish(LAST_WRITES_IN_A_HURRY_MILLIS);
    }

    private Kept finish(long waitMillis) {
        if (kept != null) {
            return kept;
        }
        long now = System.nanoTime();
        listen.leave();
        status.close();
        RecordingThread thread = recording;
        try {
            if (thread != null && !thread.finish(now, waitMillis) && failure == null) {
                failure = new IOException("it took too long");
            }
            listen.ended().get(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // It was told all the same.
        }
        if (thread == null) {
            destination.discard();
        } else if (thread.dropped() > 0) {
            warn.accept("Writing was too slow: " + thread.dropped() + " packets of sound are missing.");
        }
        kept = new Kept(thread == null ? Duration.ZERO : Duration.ofNanos(now - startNanos), heard, failure);
        return kept;
    }

    @Override
    public void close() {
        finish();
        engine.close();
    }
}
