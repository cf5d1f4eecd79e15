package dev.agentassist.snoop;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.Transcript;
import dev.agentassist.conversation.Turn;
import dev.agentassist.live.Ending;
import dev.agentassist.live.LiveEngine;
import dev.agentassist.live.LiveEvent;
import dev.agentassist.live.LiveListen;
import dev.agentassist.live.LiveState;
import dev.agentassist.live.segment.Role;
import dev.agentassist.problem.Failure;
import dev.agentassist.snoop.SnoopKeys.Effect;
import dev.agentassist.store.ConversationStore;
import dev.agentassist.tail.CallLabel;
import dev.agentassist.tail.Recorder;
import dev.agentassist.tail.StatusWatch;
import dev.agentassist.tail.TailCall;
import dev.agentassist.tail.TailOutcome;
import dev.agentassist.terminal.Key;
import dev.agentassist.terminal.Screen;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Supplier;

/** Shows one call on a screen until somebody leaves it: the use case of {@code assist snoop}. */
public final class Snoop implements AutoCloseable {

    /** How often the screen is looked after when no key is pressed. */
    private static final long LOOK_MILLIS = 50;
    private static final long CLOCK_MILLIS = 1_000;

    private final Parts parts;
    private final TailCall call;
    private final Duration longest;
    private final SnoopState state;
    private final Screen screen;
    private final SnoopLook look;
    private final Recorder recorder;
    private final LiveListen listen;
    private final StatusWatch status;
    private final Sound sound;
    /** What other threads want done on the screen's. */
    private final ConcurrentLinkedQueue<Runnable> todo = new ConcurrentLinkedQueue<>();
    private volatile boolean stopped;
    private boolean changed = true;

    /** What a view works with; {@code brief} may take long, and is asked on a thread of its own. */
    public record Parts(
            LiveEngine engine,
            Duration regainWithin,
            String version,
            InstantSource clock,
            Supplier<ConversationStore> stores,
            Function<Conversation, List<Claim>> brief,
            String path) {}

    /** How it ended. {@code outcome} is null where the call goes on. */
    public record Left(boolean interrupted, TailOutcome outcome) {}

    /** {@code target}: what the user named the call by; {@code longest}: after which it leaves, or null. */
    public Snoop(Parts parts, TailCall call, String target, Duration longest, Screen screen, SnoopLook look) {
        this.parts = parts;
        this.call = call;
        this.longest = longest;
        this.screen = screen;
        this.look = look;
        state = new SnoopState(call.room(), target);
        recorder = new Recorder(call.stored(), call.room(), parts.clock().instant());
        status = new StatusWatch(parts.stores());
        sound = new Sound(parts.path(), sentence -> todo.add(() -> soundEnded(sentence)));
        listen = LiveListen.builder(call.url(), call.token())
                .engine(parts.engine())
                .tokens(call.tokens())
                .regainWithin(parts.regainWithin())
                .version(parts.version())
                .build();
        listen.onEvent(event -> {
            if (event instanceof LiveEvent.Audio audio) {
                sound.packet(audio.packet());
            } else {
                todo.add(() -> happened(event));
            }
        });
        if (call.stored() != null) {
            for (Turn turn : Transcript.read(call.stored().transcript()).turns()) {
                state.stored(turn, turn.timestamp() == null ? call.stored().info().createdAt() : turn.timestamp());
            }
        }
    }

    private void happened(LiveEvent event) {
        state.happened(event, parts.clock().instant());
        switch (event) {
            case LiveEvent.Transcript said when said.segment().settled() && !said.segment().text().isBlank() ->
                    recorder.add(said.segment());
            case LiveEvent.Joined joined -> recorder.people(
                    joined.participant().attributes().get("sip.phoneNumber"),
                    joined.participant().role() == Role.AGENT ? joined.participant().label() : null);
            case LiveEvent.StateChanged ended when ended.state() == LiveState.ENDED -> sound.off();
            default -> { }
        }
    }

    /**
     * Until somebody leaves, the terminal is gone, or {@code longest} has passed. A call that ended stays on the screen, one
     * that could not be joined does not.
     */
    public Left run() throws InterruptedException {
        if (call.conversationId() != null) {
            status.add(call.conversationId(), listen);
        }
        listen.connect();
        long began = System.nanoTime();
        long drawn = 0;
        int columns = 0;
        int rows = 0;
        Effect effect = Effect.NONE;
        while (!stopped && effect != Effect.LEAVE && effect != Effect.INTERRUPT) {
            for (Runnable task = todo.poll(); task != null; task = todo.poll()) {
                task.run();
                changed = true;
            }
            boolean resized = columns != screen.columns() || rows != screen.rows();
            columns = screen.columns();
            rows = screen.rows();
            if (changed || resized || (System.nanoTime() - drawn) / 1_000_000 >= CLOCK_MILLIS) {
                changed = false;
                drawn = System.nanoTime();
                screen.draw(look.lines(state, columns, rows, parts.clock().instant()));
            }
            if (cameToNothing() || longest != null && System.nanoTime() - began > longest.toNanos()) {
                return new Left(false, outcome());
            }
            Key key = screen.key(LOOK_MILLIS);
            // Keys that are there already are taken before the next look: a paste, or a wheel.
            for (; key != null && effect != Effect.LEAVE && effect != Effect.INTERRUPT; key = screen.key(1)) {
                changed = true;
                if (key.name() == Key.Name.REDRAW) {
                    screen.redraw();
                }
                effect = SnoopKeys.press(state, key);
                act(effect);
            }
        }
        return new Left(effect == Effect.INTERRUPT, outcome());
    }

    /** It ended before there was anything to look at. */
    private boolean cameToNothing() {
        return state.ending() != null
                && (!state.wasLive() || state.since() == null || state.ending().reason() == Ending.Reason.ENCRYPTED);
    }

    private TailOutcome outcome() {
        return state.ending() == null
                ? null
                : new TailOutcome(
                        new CallLabel(call.room(), call.conversationId(), 0), state.ending(), state.since() != null);
    }

    private void act(Effect effect) {
        if (effect == Effect.SOUND) {
            toggleSound();
        } else if (effect == Effect.BRIEF) {
            toggleBrief();
        }
    }

    private void toggleSound() {
        if (state.sound) {
            sound.off();
            listen.setMuted(true);
            state.sound = false;
        } else if (state.live() == LiveState.ENDED) {
            state.message = "The call is over.";
        } else {
            try {
                state.player = sound.on();
                state.sound = true;
                state.message = "Played by " + state.player + "; m mutes it again.";
                listen.setMuted(false);
            } catch (IOException e) {
                state.message = e.getMessage();
            }
        }
    }

    private void soundEnded(String sentence) {
        if (state.sound) {
            toggleSound();
            state.message = sentence;
        }
    }

    /** Opens it anew each time: the call has gone on since. */
    private void toggleBrief() {
        if (state.briefOpen || state.briefMaking) {
            state.briefOpen = !state.briefOpen;
            return;
        }
        state.openBrief();
        Conversation soFar = recorder.record(parts.clock().instant());
        Thread.ofPlatform().daemon().name("snoop-brief").start(() -> {
            List<Claim> claims;
            try {
                claims = parts.brief().apply(soFar);
            } catch (RuntimeException e) {
                claims = List.of(Claim.heading("No brief"), new Claim(false, why(e), List.of()));
            }
            List<Claim> made = claims;
            todo.add(() -> state.brief(made));
        });
    }

    private static String why(RuntimeException e) {
        return e instanceof Failure failure ? failure.problem().detail() : "Something unexpected failed (" + e.getClass().getSimpleName() + ").";
    }

    /** Has {@link #run} return; any thread. */
    public void stop() {
        stopped = true;
    }

    /** Leaves the room: gone from it within a second. Any thread. */
    public void leave() {
        sound.close();
        listen.leave();
        try {
            listen.ended().get(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // It was told all the same.
        }
    }

    @Override
    public void close() {
        leave();
        status.close();
        parts.engine().close();
    }
}
