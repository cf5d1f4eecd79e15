package dev.agentassist.transfer.room;

import dev.agentassist.livekit.LiveKitServer;
import dev.agentassist.livekit.Member;
import dev.agentassist.livekit.RoomControl;
import dev.agentassist.livekit.SipService;
import dev.agentassist.livekit.TwirpError;
import dev.agentassist.net.Http;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.transfer.Limits;
import dev.agentassist.transfer.Transfer;
import dev.agentassist.transfer.TransferLog;
import dev.agentassist.transfer.TransferMachine.State;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The use case: looks whether it can be done, does it, and sees to it that it is undone when this process dies. */
public final class WarmTransfer {

    /** For one call to the server while somebody waits on hold. */
    public static final Duration TIMEOUT = Duration.ofSeconds(3);

    /** How long another process has to bring its caller back after it was told to. */
    private static final Duration YIELD = Duration.ofSeconds(5);

    private static final Duration UNDO = Duration.ofSeconds(20);

    /**
     * What it works with.
     *
     * @param http how the watchdog reaches the server
     * @param watchdog the command line of its process
     */
    public record Parts(
            LiveKitServer server,
            RoomControl control,
            SipService sip,
            Dialler dialler,
            Studio studio,
            Http.Options http,
            List<String> watchdog,
            TransferLog log,
            MoveCheck moves,
            InstantSource clock) {

        Undo undo() {
            return new Undo(control, server.apiSecret(), clock);
        }
    }

    private final Parts parts;
    private final Undo undo;

    public WarmTransfer(Parts parts) {
        this.parts = parts;
        this.undo = parts.undo();
    }

    /**
     * The outbound trunk to call by.
     *
     * @param id as it was asked for, or null for the only one
     */
    public SipService.Trunk trunk(String id) {
        List<SipService.Trunk> trunks;
        try {
            trunks = parts.sip().trunks();
        } catch (TwirpError e) {
            throw new Failure(new Problem.Unavailable(
                    e.status(),
                    "The LiveKit server cannot make telephone calls: " + e.getMessage() + ".",
                    "LiveKit's SIP API needs Redis in the server's configuration, and livekit-sip beside it."));
        }
        if (id == null && trunks.size() == 1) {
            return trunks.getFirst();
        }
        String there = trunks.isEmpty()
                ? "Make one: lk sip outbound create."
                : "There are: " + String.join(", ", trunks.stream().map(WarmTransfer::describe).toList()) + ".";
        if (id == null) {
            throw trunks.isEmpty()
                    ? Failure.notFound("The LiveKit server has no outbound SIP trunk.", there)
                    : Failure.badInput("Which SIP trunk to call by is not said.", "Give --trunk ID, or set transfer.trunk. " + there);
        }
        return trunks.stream()
                .filter(t -> t.id().equals(id))
                .findFirst()
                .orElseThrow(() -> Failure.notFound("The LiveKit server has no outbound SIP trunk “" + id + "”.", there));
    }

    private static String describe(SipService.Trunk trunk) {
        return trunk.id() + (trunk.name().isEmpty() ? "" : " (" + trunk.name() + ")");
    }

    /**
     * Looks at the call, and brings back a caller whom another process has left on hold.
     *
     * @param number the caller's in E.164, or null
     * @return the caller's number as livekit-sip tells it, or null for a web call
     */
    public String look(String room, String number, Consumer<String> notes) {
        for (Undo.Found found : undo.find(room)) {
            if (!found.abandoned()) {
                throw underWay(found);
            }
            notes.accept("A transfer that " + found.mark().who() + " began at " + found.mark().since()
                    + " was never ended: the caller is brought back first.");
            takeBack(found, "swept");
        }
        Member caller = Cast.caller(parts.control().members(room), room, number);
        return caller.attributes().get(Cast.PHONE_NUMBER);
    }

    static Failure underWay(Undo.Found found) {
        return Failure.wrongState(
                "The call is being transferred already, by " + found.mark().who() + " since " + found.mark().since() + ".",
                "assist transfer status room:" + found.room() + " shows it; assist transfer cancel room:" + found.room() + " ends it.");
    }

    /** Whether this server can move participants; tries it where that is not known. */
    public boolean canMove(Names names) {
        return parts.moves().canMove(parts.control(), parts.studio(), names);
    }

    /** What is known of that without a trial. */
    public Optional<Boolean> knownToMove() {
        return parts.moves().known();
    }

    /** Lets the one who runs it in: to what happens from outside, and out again. */
    public interface Observer {
        /** Before the caller is put on hold. {@code transfer} takes what happens from outside. */
        void begins(Transfer transfer);

        void enters(State state);

        void warn(String sentence);
    }

    /**
     * Makes everything ready, so that the caller hears music at once when it is begun: joins the room, where it changes
     * nothing yet, and starts the watchdog.
     */
    public Ready prepare(Plan plan, SipService.Call call, Limits limits, boolean move, String conversationId) {
        var about = new TransferLog.About(plan.names().id(), plan.who(), conversationId, plan.room(), move ? "move" : "direct");
        RoomHands room = move ? new MovingRoom(plan, parts, call) : new DirectRoom(plan, parts, call);
        var watchdog = Watchdog.start(
                parts.watchdog(), parts.server(), parts.http(), plan.room(), plan.names().id(), plan.longestHold());
        boolean ready = false;
        try {
            room.enter();
            watchdog.awaitReady();
            ready = true;
            return new Ready(room, watchdog, limits, about);
        } finally {
            if (!ready) {
                watchdog.end(true);
                room.close();
            }
        }
    }

    /** A transfer that can be begun; closing it without having begun it leaves everything as it was. */
    public final class Ready implements AutoCloseable {

        private final RoomHands room;
        private final Watchdog watchdog;
        private final Limits limits;
        private final TransferLog.About about;
        /** The watchdog has nothing to do. */
        private boolean off = true;

        private Ready(RoomHands room, Watchdog watchdog, Limits limits, TransferLog.About about) {
            this.room = room;
            this.watchdog = watchdog;
            this.limits = limits;
            this.about = about;
        }

        /**
         * Transfers, once. Before it returns, whatever happens, the caller is with the human, or with the agent again, or it is
         * known that they are not.
         */
        public Transfer.Result run(Observer observer) {
            parts.log().began(parts.clock().instant(), about);
            var transfer = new Transfer(room, limits, observer::enters);
            observer.begins(transfer);
            watchdog.begin();
            off = false;
            Transfer.Result result = transfer.run();
            off = result.end() == State.RESTORED || result.end() == State.BRIDGED && result.because() == null;
            log(about, result, observer);
            return result;
        }

        @Override
        public void close() {
            watchdog.end(off);
            room.close();
        }
    }

    private void log(TransferLog.About about, Transfer.Result result, Observer observer) {
        try {
            parts.log().ended(parts.clock().instant(), about, result);
        } catch (Failure e) {
            // It has happened all the same.
            observer.warn(e.problem().detail());
        }
    }

    /** All transfers that have left their mark. */
    public List<Undo.Found> found(String room) {
        return room == null ? undo.find() : undo.find(room);
    }

    /** Has the process that runs it bring the caller back, or does it itself where none does. */
    public boolean cancel(Undo.Found found) {
        parts.control().remove(found.room(), new Names(found.mark().id()).music());
        long end = parts.clock().millis() + YIELD.toMillis();
        while (parts.clock().millis() < end) {
            if (undo.find(found.room()).stream().noneMatch(f -> f.mark().id().equals(found.mark().id()))) {
                parts.log().undone(parts.clock().instant(), "cancelled", about(found), true);
                return true;
            }
            Cuts.sleepUntil(System.nanoTime(), 100);
        }
        return takeBack(found, "cancelled");
    }

    /** Brings back the caller of a transfer that nobody looks after any more. */
    public boolean sweep(Undo.Found found) {
        return takeBack(found, "swept");
    }

    private boolean takeBack(Undo.Found found, String event) {
        boolean back = undo.run(found.room(), found.mark().id(), UNDO, false);
        parts.log().undone(parts.clock().instant(), event, about(found), back);
        return back;
    }

    private static TransferLog.About about(Undo.Found found) {
        return new TransferLog.About(found.mark().id(), found.mark().who(), null, found.room(), null);
    }
}
