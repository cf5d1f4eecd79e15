package dev.agentassist.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Fixed;
import dev.agentassist.transfer.TransferMachine.Edge;
import dev.agentassist.transfer.TransferMachine.Event;
import dev.agentassist.transfer.TransferMachine.State;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Nobody stays on hold: whatever happens in whatever order. */
class TransferMachineTest {

    private static final EnumSet<State> ENDS = EnumSet.of(State.BRIDGED, State.RESTORED, State.NOT_RESTORED);

    @Test
    void everyStateEndsByItselfAndTheEndsStay() {
        for (State state : State.values()) {
            if (state.end()) {
                assertTrue(ENDS.contains(state));
                for (Event event : Event.values()) {
                    assertEquals(state, TransferMachine.next(state, event));
                }
            } else {
                assertNotEquals(state, TransferMachine.next(state, Event.TIMES_OUT), state::label);
                // Two timeouts at most: to the way back, and off it.
                State after = TransferMachine.next(state, Event.TIMES_OUT);
                State last = after.end() ? after : TransferMachine.next(after, Event.TIMES_OUT);
                assertTrue(last.end(), () -> state + " → " + after + " → " + last);
            }
        }
    }

    @Test
    void everyFailureWhileOnHoldLeadsToTheWayBack() {
        for (State state : State.values()) {
            if (state.holds()) {
                assertTrue(TransferMachine.next(state, Event.FAILS).restores(), state::label);
                assertTrue(TransferMachine.next(state, Event.TIMES_OUT).restores(), state::label);
            }
            if (state.restores()) {
                assertEquals(State.RESTORED, TransferMachine.next(state, Event.BACK));
                assertEquals(State.NOT_RESTORED, TransferMachine.next(state, Event.LOST));
            }
        }
    }

    @Test
    void nothingLeadsFromTheWayBackToHold() {
        for (Edge edge : TransferMachine.EDGES) {
            assertFalse(edge.from().restores() && edge.to().holds(), edge::toString);
            assertEquals(edge.to() == State.CONNECTED, edge.on() == Event.CONNECTS, edge::toString);
            if (edge.to() == State.CONNECTED) {
                assertEquals(State.ACCEPTED, edge.from());
            }
            assertEquals(edge.to() == State.BRIDGED, edge.from() == State.CONNECTED, edge::toString);
            if (edge.to() == State.ACCEPTED) {
                assertEquals(new Edge(State.BRIEFING, Event.ACCEPTS, State.ACCEPTED), edge);
            }
        }
    }

    /** Neither Ctrl-C nor a human who hangs up at that moment. */
    @Test
    void onceTheTwoAreConnectedNothingTakesThemApart() {
        for (Event event : Event.values()) {
            State next = TransferMachine.next(State.CONNECTED, event);
            assertTrue(next == State.CONNECTED || next == State.BRIDGED, event::label);
        }
        assertEquals(State.CONNECTED, TransferMachine.next(State.CONNECTED, Event.FAILS));
    }

    @Test
    void oneWayForEachEventAndEveryStateIsReached() {
        Set<Object> seen = new HashSet<>();
        Set<State> reached = EnumSet.of(State.HOLDING);
        for (Edge edge : TransferMachine.EDGES) {
            assertTrue(seen.add(List.of(edge.from(), edge.on())), edge::toString);
            assertFalse(edge.from().end(), edge::toString);
            reached.add(edge.to());
        }
        assertEquals(EnumSet.allOf(State.class), reached);
    }

    @Property(seed = Fixed.SEED)
    void anyOrderOfEventsEndsOffHold(@ForAll List<Event> events) {
        State state = State.HOLDING;
        boolean accepted = false;
        for (Event event : events) {
            State next = TransferMachine.next(state, event);
            accepted |= next == State.ACCEPTED;
            assertFalse(state.restores() && next.holds());
            state = next;
        }
        for (int i = 0; i < 2 && !state.end(); i++) {
            state = TransferMachine.next(state, Event.TIMES_OUT);
        }
        assertTrue(ENDS.contains(state));
        assertTrue(state != State.BRIDGED || accepted);
    }

    @Test
    void theDocumentationDrawsThisMachine() throws IOException {
        String page = Files.readString(Path.of("docs/transfer.md"));
        assertTrue(
                page.contains("```mermaid\n" + TransferMachine.mermaid() + "```\n"),
                () -> "docs/transfer.md must hold this drawing:\n" + TransferMachine.mermaid());
    }
}
