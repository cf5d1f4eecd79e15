package dev.agentassist.transfer;

import dev.agentassist.problem.Failure;
import dev.agentassist.transfer.TransferMachine.Event;
import dev.agentassist.transfer.TransferMachine.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Drives one transfer through {@link TransferMachine}: takes what happens, one thing at a time, lets the {@link Hands} do what
 * the new state asks for, and ends every state in time.
 */
public final class Transfer implements Hands.Report {

    /** A state that was gone through, and how long it lasted. */
    public record Stage(State state, Duration lasted) {}

    /**
     * How it ended.
     *
     * @param end {@code BRIDGED}, {@code RESTORED} or {@code NOT_RESTORED}
     * @param why the state from which the caller was brought back, or {@code CONNECTED}
     * @param because one sentence, or null; of a transfer that is bridged: what was left undone
     */
    public record Result(State end, State why, String because, List<Stage> stages) {}

    private record News(Event event, String because) {}

    private static final String LATE = "The LiveKit server did not let everybody go in time.";

    private final Hands hands;
    private final Limits limits;
    private final Consumer<State> watcher;
    private final BlockingQueue<News> news = new LinkedBlockingQueue<>();

    /** {@code watcher} is told of each state that is entered. */
    public Transfer(Hands hands, Limits limits, Consumer<State> watcher) {
        this.hands = hands;
        this.limits = limits;
        this.watcher = watcher;
    }

    /** From any thread, a signal's handler included. */
    @Override
    public void tell(Event event, String because) {
        news.add(new News(event, because));
    }

    /** Runs it to its end, which comes within the sum of all limits. An interrupt of this thread counts as a failure. */
    public Result run() {
        var stages = new ArrayList<Stage>();
        State state = State.HOLDING;
        State why = state;
        String because = null;
        while (!state.end()) {
            watcher.accept(state);
            enter(state);
            long began = System.nanoTime();
            long end = began + limits.of(state.limit()).toNanos();
            State next = state;
            while (next == state) {
                News one = take(end);
                next = TransferMachine.next(state, one.event);
                if (next != state && (!state.restores() || one.because != null)) {
                    because = state == State.CONNECTED && one.event == Event.TIMES_OUT ? LATE : one.because;
                }
            }
            stages.add(new Stage(state, Duration.ofNanos(System.nanoTime() - began)));
            why = state.restores() || next == State.BRIDGED ? state : why;
            state = next;
        }
        watcher.accept(state);
        return new Result(state, why, because, List.copyOf(stages));
    }

    private News take(long end) {
        try {
            News one = news.poll(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
            return one == null ? new News(Event.TIMES_OUT, null) : one;
        } catch (InterruptedException e) {
            return new News(Event.FAILS, "The transfer was interrupted.");
        }
    }

    private void enter(State state) {
        Thread.ofVirtual().name("transfer-" + state.label()).start(() -> {
            try {
                switch (state) {
                    case HOLDING -> hands.hold(this);
                    case DIALLING -> hands.dial(this);
                    case ANSWERED -> hands.part(this);
                    case BRIEFING -> hands.brief(this);
                    case ACCEPTED -> hands.bridge(this);
                    case CONNECTED -> hands.release(this);
                    case DECLINED, NO_ANSWER, BUSY, FAILED -> hands.restore(this);
                    default -> { }
                }
            } catch (Failure e) {
                tell(failure(state), e.problem().detail());
            } catch (RuntimeException e) {
                tell(failure(state), "Something unexpected failed (" + e + ").");
            }
        });
    }

    private static Event failure(State state) {
        return state.restores() ? Event.LOST : state == State.CONNECTED ? Event.RELEASED : Event.FAILS;
    }
}
