package dev.agentassist.transfer;

import static dev.agentassist.transfer.TransferMachine.Event.ACCEPTS;
import static dev.agentassist.transfer.TransferMachine.Event.ANSWERS;
import static dev.agentassist.transfer.TransferMachine.Event.BACK;
import static dev.agentassist.transfer.TransferMachine.Event.CONNECTS;
import static dev.agentassist.transfer.TransferMachine.Event.DECLINES;
import static dev.agentassist.transfer.TransferMachine.Event.FAILS;
import static dev.agentassist.transfer.TransferMachine.Event.HELD;
import static dev.agentassist.transfer.TransferMachine.Event.IS_BUSY;
import static dev.agentassist.transfer.TransferMachine.Event.IS_APART;
import static dev.agentassist.transfer.TransferMachine.Event.LOST;
import static dev.agentassist.transfer.TransferMachine.Event.RELEASED;
import static dev.agentassist.transfer.TransferMachine.Event.RINGS;
import static dev.agentassist.transfer.TransferMachine.Event.TIMES_OUT;
import static dev.agentassist.transfer.TransferMachine.Event.UNANSWERED;
import static dev.agentassist.transfer.TransferMachine.State.ACCEPTED;
import static dev.agentassist.transfer.TransferMachine.State.ANSWERED;
import static dev.agentassist.transfer.TransferMachine.State.BRIDGED;
import static dev.agentassist.transfer.TransferMachine.State.BRIEFING;
import static dev.agentassist.transfer.TransferMachine.State.BUSY;
import static dev.agentassist.transfer.TransferMachine.State.CONNECTED;
import static dev.agentassist.transfer.TransferMachine.State.DECLINED;
import static dev.agentassist.transfer.TransferMachine.State.DIALLING;
import static dev.agentassist.transfer.TransferMachine.State.FAILED;
import static dev.agentassist.transfer.TransferMachine.State.HOLDING;
import static dev.agentassist.transfer.TransferMachine.State.NOT_RESTORED;
import static dev.agentassist.transfer.TransferMachine.State.NO_ANSWER;
import static dev.agentassist.transfer.TransferMachine.State.RESTORED;
import static dev.agentassist.transfer.TransferMachine.State.RINGING;

import java.util.List;
import java.util.Locale;

/**
 * Every state of a warm transfer and every way from one to the next. Pure: it knows no room, no clock and no telephone.
 *
 * <p>What it promises: whatever happens in whatever order, a transfer ends in {@link State#BRIDGED}, {@link State#RESTORED} or
 * {@link State#NOT_RESTORED}, because every other state has a timeout ({@link State#limit}) and none of those leads back to
 * where the caller is on hold. Bridged is reached over accepted and connected alone, and once the two are connected nothing
 * takes them apart: an interrupt comes too late then.
 */
public final class TransferMachine {

    /** Where a transfer can be. */
    public enum State {
        /** The caller is being put on hold. */
        HOLDING(Limit.ROOM),
        /** The human's leg is being made; the caller hears music from here on. */
        DIALLING(Limit.RING),
        RINGING(Limit.RING),
        /** The human has answered and is being kept apart before hearing anything. */
        ANSWERED(Limit.ROOM),
        /** The human hears the brief and the prompt, and nothing else. */
        BRIEFING(Limit.ACCEPT),
        /** Caller and human are being connected. */
        ACCEPTED(Limit.ROOM),
        /** Caller and human hear each other; the agent leaves, or hears them both again, and the marks are taken off. */
        CONNECTED(Limit.ROOM),

        /** From here on the caller is being brought back. */
        DECLINED(Limit.RESTORE),
        NO_ANSWER(Limit.RESTORE),
        BUSY(Limit.RESTORE),
        FAILED(Limit.RESTORE),

        BRIDGED(null),
        RESTORED(null),
        NOT_RESTORED(null);

        private final Limit limit;

        State(Limit limit) {
            this.limit = limit;
        }

        /** Which of the limits ends it, or null for an end. */
        public Limit limit() {
            return limit;
        }

        public boolean end() {
            return limit == null;
        }

        /** Whether the caller is on hold, or about to be. */
        public boolean holds() {
            return !end() && !restores() && this != CONNECTED;
        }

        /** Whether the caller is being brought back to the agent. */
        public boolean restores() {
            return limit == Limit.RESTORE;
        }

        /** As it is shown: {@code no answer}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** How long a state may last, each set by the one who transfers or by this program. */
    public enum Limit {
        /** What the LiveKit server has to do. */
        ROOM,
        /** {@code --ring}. */
        RING,
        /** {@code --accept-within}. */
        ACCEPT,
        /** Bringing the caller back. */
        RESTORE
    }

    /** What can happen. Whoever tells also says why, for people. */
    public enum Event {
        /** The caller hears music; agent and caller do not hear each other. */
        HELD,
        /** The human's telephone rings. */
        RINGS,
        /** The human has answered, and the gate before the caller is known to be shut. */
        ANSWERS,
        /** The human hears nobody and nobody hears the human: confirmed. */
        IS_APART,
        ACCEPTS,
        DECLINES,
        IS_BUSY,
        UNANSWERED,
        /** Anything else that ends it: an error, a lost connection, Ctrl-C, somebody who left, an answer before the gate. */
        FAILS,
        /** Caller and human hear each other. */
        CONNECTS,
        /** Nothing of the hold is left; or it is said what is. */
        RELEASED,
        /** The caller is with the agent again, everything as it was. */
        BACK,
        /** The caller could not be brought back. */
        LOST,
        /** The state's limit has passed. */
        TIMES_OUT;

        /** As it is shown: {@code is busy}. */
        public String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }

    /** One way from a state to another. */
    public record Edge(State from, Event on, State to) {}

    /** All of them. What is not here changes nothing. */
    public static final List<Edge> EDGES = List.of(
            new Edge(HOLDING, HELD, DIALLING),
            new Edge(HOLDING, FAILS, FAILED),
            new Edge(HOLDING, TIMES_OUT, FAILED),

            new Edge(DIALLING, RINGS, RINGING),
            new Edge(DIALLING, ANSWERS, ANSWERED),
            new Edge(DIALLING, DECLINES, DECLINED),
            new Edge(DIALLING, IS_BUSY, BUSY),
            new Edge(DIALLING, UNANSWERED, NO_ANSWER),
            new Edge(DIALLING, FAILS, FAILED),
            new Edge(DIALLING, TIMES_OUT, NO_ANSWER),

            new Edge(RINGING, ANSWERS, ANSWERED),
            new Edge(RINGING, DECLINES, DECLINED),
            new Edge(RINGING, IS_BUSY, BUSY),
            new Edge(RINGING, UNANSWERED, NO_ANSWER),
            new Edge(RINGING, FAILS, FAILED),
            new Edge(RINGING, TIMES_OUT, NO_ANSWER),

            new Edge(ANSWERED, IS_APART, BRIEFING),
            new Edge(ANSWERED, DECLINES, DECLINED),
            new Edge(ANSWERED, FAILS, FAILED),
            new Edge(ANSWERED, TIMES_OUT, FAILED),

            new Edge(BRIEFING, ACCEPTS, ACCEPTED),
            new Edge(BRIEFING, DECLINES, DECLINED),
            new Edge(BRIEFING, FAILS, FAILED),
            new Edge(BRIEFING, TIMES_OUT, NO_ANSWER),

            new Edge(ACCEPTED, CONNECTS, CONNECTED),
            new Edge(ACCEPTED, FAILS, FAILED),
            new Edge(ACCEPTED, TIMES_OUT, FAILED),

            new Edge(CONNECTED, RELEASED, BRIDGED),
            new Edge(CONNECTED, TIMES_OUT, BRIDGED),

            new Edge(DECLINED, BACK, RESTORED),
            new Edge(DECLINED, LOST, NOT_RESTORED),
            new Edge(DECLINED, TIMES_OUT, NOT_RESTORED),
            new Edge(NO_ANSWER, BACK, RESTORED),
            new Edge(NO_ANSWER, LOST, NOT_RESTORED),
            new Edge(NO_ANSWER, TIMES_OUT, NOT_RESTORED),
            new Edge(BUSY, BACK, RESTORED),
            new Edge(BUSY, LOST, NOT_RESTORED),
            new Edge(BUSY, TIMES_OUT, NOT_RESTORED),
            new Edge(FAILED, BACK, RESTORED),
            new Edge(FAILED, LOST, NOT_RESTORED),
            new Edge(FAILED, TIMES_OUT, NOT_RESTORED));

    private TransferMachine() {}

    /** Where an event leads; the same state where it changes nothing. */
    public static State next(State from, Event on) {
        for (Edge edge : EDGES) {
            if (edge.from == from && edge.on == on) {
                return edge.to;
            }
        }
        return from;
    }

    /** The drawing, in Mermaid: the documentation's is this text, and a test holds them equal. */
    public static String mermaid() {
        var text = new StringBuilder("stateDiagram-v2\n    [*] --> holding\n");
        for (State state : State.values()) {
            if (state.label().indexOf(' ') >= 0) {
                text.append("    state \"").append(state.label()).append("\" as ").append(id(state)).append('\n');
            }
        }
        for (Edge edge : EDGES) {
            text.append("    ").append(id(edge.from)).append(" --> ").append(id(edge.to)).append(": ");
            text.append(edge.on.label()).append('\n');
        }
        for (State state : State.values()) {
            if (state.end()) {
                text.append("    ").append(id(state)).append(" --> [*]\n");
            }
        }
        return text.toString();
    }

    private static String id(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
