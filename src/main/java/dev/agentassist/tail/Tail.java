package dev.agentassist.tail;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.Transcript;
import dev.agentassist.conversation.Turn;
import dev.agentassist.live.Ending;
import dev.agentassist.live.LiveEngine;
import dev.agentassist.live.LiveEvent;
import dev.agentassist.live.LiveListen;
import dev.agentassist.live.segment.Role;
import dev.agentassist.live.segment.Segment;
import dev.agentassist.store.ConversationStore;
import dev.agentassist.terminal.ResultStream;
import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Follows calls until they are over, or somebody has had enough: the use case of {@code assist tail}. */
public final class Tail implements AutoCloseable {

    private static final long SAVE_MILLIS = 10_000;
    /** A reader that has stopped may go on: nothing that was shown to it is dropped before. */
    private static final long READER_MILLIS = 300_000;
    private static final String SIP_PHONE_NUMBER = "sip.phoneNumber";

    private final LiveEngine engine;
    private final TailOptions options;
    private final Duration regainWithin;
    private final String version;
    private final InstantSource clock;
    private final TailFormat format;
    private final PrintStream out;
    private final OutputQueue output;
    private final SaveQueue save;
    private final MatchCommand command;
    private final TailPipeline pipeline;
    private final StatusWatch status;
    private final Supplier<ConversationStore> stores;
    private final Consumer<String> note;
    private final Consumer<String> warn;
    private final Map<CallLabel, LiveListen> listens = new LinkedHashMap<>();
    private final CountDownLatch stopped = new CountDownLatch(1);
    private int followed;

    /** What a tail works with. */
    public record Parts(
            LiveEngine engine,
            Duration regainWithin,
            String version,
            InstantSource clock,
            Supplier<ConversationStore> stores,
            PrintStream out,
            Consumer<String> note,
            Consumer<String> warn) {}

    /** {@code execFormat}: what the command of {@code --exec} gets. */
    public Tail(Parts parts, TailOptions options, TailFormat format, TailFormat execFormat) {
        this.engine = parts.engine();
        this.options = options;
        this.regainWithin = parts.regainWithin();
        this.version = parts.version();
        this.clock = parts.clock();
        this.format = format;
        this.stores = parts.stores();
        this.note = parts.note();
        this.warn = parts.warn();
        out = parts.out();
        output = new OutputQueue(out, format::shed);
        output.whenBroken(stopped::countDown);
        save = options.save() ? new SaveQueue(parts.stores(), parts.clock(), output, parts.warn()) : null;
        command = options.exec() == null ? null : new MatchCommand(options.exec(), parts.warn());
        pipeline = new TailPipeline(options, format, execFormat, output, save, command);
        status = new StatusWatch(parts.stores());
        output.add(format.begin(), false);
    }

    /**
     * Begins to follow a call. {@code over} is told how it ended, on the thread of the events; not after {@link #close}.
     */
    public void follow(TailCall call, boolean fromStart, Consumer<TailOutcome> over) {
        CallLabel label;
        var listen = LiveListen.builder(call.url(), call.token())
                .engine(engine)
                .tokens(call.tokens())
                .regainWithin(regainWithin)
                .version(version)
                .build();
        synchronized (listens) {
            label = new CallLabel(call.room(), call.conversationId(), followed++);
            listens.put(label, listen);
        }
        Recorder recorder = options.save() ? recorder(call) : null;
        if (fromStart && call.stored() != null) {
            replay(label, call.stored());
        }
        boolean[] somebody = {false};
        listen.onEvent(event -> {
            if (event instanceof LiveEvent.Joined joined) {
                somebody[0] = true;
                if (recorder != null) {
                    boolean agent = joined.participant().role() == Role.AGENT;
                    recorder.people(
                            joined.participant().attributes().get(SIP_PHONE_NUMBER),
                            agent ? joined.participant().label() : null);
                }
            }
            if (event instanceof LiveEvent.StateChanged changed && changed.ending() != null && recorder != null) {
                if (changed.ending().callOver()) {
                    recorder.completed(clock.instant());
                }
                pipeline.record(recorder);
            }
            pipeline.take(new TailEvent(label, event, clock.instant(), false, false), recorder);
        });
        if (call.conversationId() != null) {
            status.add(call.conversationId(), listen);
        }
        listen.ended().thenAccept(ending -> {
            synchronized (listens) {
                listens.remove(label);
            }
            pipeline.forget(label);
            over.accept(new TailOutcome(label, ending, somebody[0]));
        });
        listen.connect();
    }

    /** Its record is written before the first word, so that a store that cannot be written to is noticed now. */
    private Recorder recorder(TailCall call) {
        var recorder = new Recorder(call.stored(), call.room(), clock.instant());
        try (ConversationStore store = stores.get();
                ConversationStore.Writer writer = store.write()) {
            writer.put(recorder.record(clock.instant()));
            writer.commit();
        }
        note.accept("The call is saved as " + recorder.id() + ".");
        return recorder;
    }

    private void replay(CallLabel label, Conversation stored) {
        for (Turn turn : Transcript.read(stored.transcript()).turns()) {
            boolean agent = turn.speaker() == Turn.Speaker.AGENT;
            Instant at = turn.timestamp() == null ? stored.info().createdAt() : turn.timestamp();
            var segment = new Segment(
                    "turn-" + turn.number(),
                    agent ? "agent" : "caller",
                    agent && stored.info().agentName() != null ? stored.info().agentName() : "",
                    agent ? Role.AGENT : Role.CALLER,
                    turn.text(),
                    true,
                    !turn.interrupted(),
                    at,
                    at,
                    null,
                    null);
            pipeline.take(new TailEvent(label, new LiveEvent.Transcript(segment), at, false, true), null);
        }
    }

    /**
     * Follows these calls until all are over, the longest time has passed, the reader has gone, or {@link #stop} is called.
     * Returns how those ended that did.
     */
    public List<TailOutcome> run(Collection<TailCall> calls, boolean fromStart) throws InterruptedException {
        var outcomes = new java.util.concurrent.CopyOnWriteArrayList<TailOutcome>();
        var left = new java.util.concurrent.atomic.AtomicInteger(calls.size());
        for (TailCall call : calls) {
            follow(call, fromStart, outcome -> {
                outcomes.add(outcome);
                if (left.decrementAndGet() == 0) {
                    stopped.countDown();
                }
            });
        }
        await();
        return List.copyOf(outcomes);
    }

    /** Until {@link #stop}, the longest time, or the reader's going. */
    public void await() throws InterruptedException {
        if (options.maxDuration() == null) {
            stopped.await();
        } else if (!stopped.await(options.maxDuration().toMillis(), TimeUnit.MILLISECONDS)) {
            note.accept("The longest time is over: the listener leaves.");
        }
    }

    /** Whether the reader has gone, or it was told to stop. */
    public boolean isStopped() {
        return stopped.getCount() == 0;
    }

    /** Has {@link #await} return. Any thread. */
    public void stop() {
        stopped.countDown();
    }

    /** Leaves all rooms, all at once; each is gone from its room within a second. */
    public void leave() {
        List<LiveListen> open;
        synchronized (listens) {
            open = List.copyOf(listens.values());
        }
        open.forEach(LiveListen::leave);
        for (LiveListen listen : open) {
            try {
                listen.ended().get(1, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            } catch (java.util.concurrent.ExecutionException | TimeoutException e) {
                // It was told all the same.
            }
        }
    }

    /** Leaves all rooms, and writes and saves what is still on its way. */
    @Override
    public void close() {
        leave();
        status.close();
        pipeline.close();
        try {
            if (save != null) {
                save.drain(SAVE_MILLIS);
            }
            output.add(format.end(), false);
            long unread = output.drain(READER_MILLIS);
            if (unread > 0) {
                if (out instanceof ResultStream results) {
                    results.abandon();
                }
                warn.accept("Nobody reads any more: " + unread + " lines were left out at the end.");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (command != null) {
            command.close();
        }
        if (save != null) {
            save.close();
        }
        output.close();
        engine.close();
    }
}
