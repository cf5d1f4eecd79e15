package dev.agentassist.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.problem.Failure;
import dev.agentassist.transfer.TransferMachine.Event;
import dev.agentassist.transfer.TransferMachine.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** The driver: each state's hands once, every end with its reason, a timeout where nothing comes. */
class TransferTest {

    private static final Limits SHORT = new Limits(Duration.ofMillis(300), Duration.ofMillis(300));

    private final List<State> entered = new ArrayList<>();

    /** Hands that do in each state what a test says, and restore at once where it says nothing. */
    private static final class Scripted implements Hands {
        private final Map<State, Consumer<Report>> script = new EnumMap<>(State.class);
        private int restored;

        Scripted on(State state, Consumer<Report> does) {
            script.put(state, does);
            return this;
        }

        Scripted tells(State state, Event event, String because) {
            return on(state, report -> report.tell(event, because));
        }

        static Scripted untilBriefed() {
            return new Scripted()
                    .tells(State.HOLDING, Event.HELD, null)
                    .on(State.DIALLING, r -> {
                        r.tell(Event.RINGS, null);
                        r.tell(Event.ANSWERS, null);
                    })
                    .tells(State.ANSWERED, Event.IS_APART, null);
        }

        private void run(State state, Report report) {
            script.getOrDefault(state, r -> { }).accept(report);
        }

        @Override
        public void hold(Report report) {
            run(State.HOLDING, report);
        }

        @Override
        public void dial(Report report) {
            run(State.DIALLING, report);
        }

        @Override
        public void part(Report report) {
            run(State.ANSWERED, report);
        }

        @Override
        public void brief(Report report) {
            run(State.BRIEFING, report);
        }

        @Override
        public void bridge(Report report) {
            run(State.ACCEPTED, report);
        }

        @Override
        public void release(Report report) {
            if (script.containsKey(State.CONNECTED)) {
                run(State.CONNECTED, report);
            } else {
                report.tell(Event.RELEASED, null);
            }
        }

        @Override
        public void restore(Report report) {
            restored++;
            if (script.containsKey(State.FAILED)) {
                run(State.FAILED, report);
            } else {
                report.tell(Event.BACK, null);
            }
        }
    }

    private Transfer.Result run(Scripted hands) {
        return new Transfer(hands, SHORT, entered::add).run();
    }

    @Test
    void allGoesWell() {
        var hands = Scripted.untilBriefed().tells(State.BRIEFING, Event.ACCEPTS, null).tells(State.ACCEPTED, Event.CONNECTS, null);
        Transfer.Result result = run(hands);
        assertEquals(State.BRIDGED, result.end());
        assertEquals(
                List.of(
                        State.HOLDING, State.DIALLING, State.RINGING, State.ANSWERED, State.BRIEFING, State.ACCEPTED, State.CONNECTED,
                        State.BRIDGED),
                entered);
        assertEquals(7, result.stages().size());
        assertEquals(0, hands.restored);
    }

    private static Scripted connecting() {
        return Scripted.untilBriefed().tells(State.BRIEFING, Event.ACCEPTS, null).tells(State.ACCEPTED, Event.CONNECTS, null);
    }

    /** The agent may have left already: there is nothing to go back to, and nothing went wrong. */
    @Test
    void anInterruptAfterTheTwoWereConnectedComesTooLate() {
        var hands = connecting().on(State.CONNECTED, r -> {
            r.tell(Event.FAILS, "The transfer was interrupted (SIGINT).");
            r.tell(Event.RELEASED, null);
        });
        Transfer.Result result = run(hands);
        assertEquals(State.BRIDGED, result.end());
        assertEquals(null, result.because());
        assertEquals(0, hands.restored);
    }

    @Test
    void whatIsLeftUndoneOnceTheyAreConnectedIsSaid() {
        var hands = connecting().on(State.CONNECTED, r -> {
            throw Failure.unavailable("The agent could not be removed.", null);
        });
        Transfer.Result result = run(hands);
        assertEquals(State.BRIDGED, result.end());
        assertEquals("The agent could not be removed.", result.because());
        assertEquals(0, hands.restored);
    }

    @Test
    void whatIsThrownBringsTheCallerBackWithItsReason() {
        for (State state : List.of(State.HOLDING, State.DIALLING, State.ANSWERED, State.BRIEFING, State.ACCEPTED)) {
            var hands = Scripted.untilBriefed().tells(State.BRIEFING, Event.ACCEPTS, null).on(state, r -> {
                throw Failure.unavailable("It broke in " + state + ".", null);
            });
            Transfer.Result result = run(hands);
            assertEquals(State.RESTORED, result.end(), state::label);
            assertEquals(State.FAILED, result.why(), state::label);
            assertEquals("It broke in " + state + ".", result.because());
            assertEquals(1, hands.restored);
        }
    }

    @Test
    void whereNobodySaysAnythingTheLimitEndsIt() {
        Transfer.Result result = run(Scripted.untilBriefed());
        assertEquals(State.RESTORED, result.end());
        assertEquals(State.NO_ANSWER, result.why());
        assertEquals(null, result.because());
    }

    @Test
    void anInterruptBringsTheCallerBack() {
        var hands = Scripted.untilBriefed();
        Thread driver = Thread.currentThread();
        hands.on(State.BRIEFING, r -> driver.interrupt());
        Transfer.Result result = run(hands);
        assertEquals(State.RESTORED, result.end());
        assertEquals("The transfer was interrupted.", result.because());
    }

    @Test
    void aCallerWhoCannotBeBroughtBackIsSaid() {
        Transfer.Result result = run(new Scripted()
                .tells(State.HOLDING, Event.FAILS, "No room.")
                .tells(State.FAILED, Event.LOST, null));
        assertEquals(State.NOT_RESTORED, result.end());
        assertEquals("No room.", result.because());
    }

    @Test
    void newsThatComesTooLateChangesNothing() {
        Transfer.Result result = run(Scripted.untilBriefed()
                .on(State.BRIEFING, r -> {
                    r.tell(Event.DECLINES, "The human declined.");
                    r.tell(Event.ACCEPTS, null);
                    r.tell(Event.FAILS, "The human hung up.");
                })
                .on(State.FAILED, r -> {
                    r.tell(Event.FAILS, "The connection was lost.");
                    r.tell(Event.BACK, null);
                }));
        assertEquals(State.RESTORED, result.end());
        assertEquals(State.DECLINED, result.why());
        assertEquals("The human declined.", result.because());
    }

    @Test
    void theLongestHoldIsLongerThanAllLimitsTogether() {
        var limits = new Limits(Duration.ofSeconds(30), Duration.ofSeconds(60));
        Duration sum = Duration.ZERO;
        for (State state : State.values()) {
            if (state.holds()) {
                sum = sum.plus(limits.of(state.limit()));
            }
        }
        assertTrue(limits.longestHold().compareTo(sum.plus(Limits.RESTORE)) >= 0);
    }
}
