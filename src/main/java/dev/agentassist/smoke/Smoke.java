package dev.agentassist.smoke;

import dev.agentassist.brief.AgentAssistPortal;
import dev.agentassist.brief.Brief;
import dev.agentassist.brief.BriefEngine;
import dev.agentassist.call.CallFinder;
import dev.agentassist.conversation.Target;
import dev.agentassist.live.LiveEngine;
import dev.agentassist.livekit.LiveKitServer;
import dev.agentassist.livekit.Participant;
import dev.agentassist.livekit.RoomAdmin;
import dev.agentassist.livekit.RoomService;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.store.ConversationStore;
import dev.agentassist.token.ListenRequest;
import dev.agentassist.token.ListenerToken;
import dev.agentassist.token.ListenerTokens;
import dev.agentassist.token.TokenInspector;
import dev.agentassist.token.TokenReport;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A canary call through the real deployment, the use case of {@code assist smoke}. Whatever happens, what it made is removed:
 * by {@link #run} itself, by {@link #cleanUp} when the process is told to end, and by the next run after a crash.
 */
public final class Smoke {

    /**
     * What a canary call works with.
     *
     * @param ownStore the deployment's store, or null where it cannot be written to, or is not there yet
     * @param open opens a store by its URL
     * @param scratch a folder for the store that is thrown away
     * @param tokens mints listener tokens the ordinary way
     * @param who for the listen audit log
     * @param engine of briefs, by its name
     * @param engineName {@code model} or {@code extractive}
     * @param progress told what is being done
     */
    public record Parts(
            LiveKitServer server,
            RoomService rooms,
            RoomAdmin admin,
            Supplier<LiveEngine> live,
            Supplier<ConversationStore> ownStore,
            Function<String, ConversationStore> open,
            Path scratch,
            ListenerTokens tokens,
            String who,
            AgentAssistPortal portal,
            Supplier<BriefEngine> engine,
            String engineName,
            String version,
            InstantSource clock,
            Consumer<String> progress,
            Consumer<String> note) {}

    private static final Duration TOKEN_LIFE = Duration.ofSeconds(60);
    /** Of 188 packets so many may be lost on the way: UDP may lose some. */
    private static final double MOST_LOST = 0.05;

    private final Parts parts;
    private final SmokeOptions options;
    private final Patience patience;
    private final Checklist checklist;
    private final CanaryRoom room;
    private final CanaryRecord record;
    private LiveEngine engine;
    private CanaryCall call;
    private boolean cleaned;
    private String serverVersion;
    private List<String> relays = List.of();
    private String mediaPath;
    private Double connectMillis;
    private List<Double> textMillis = List.of();
    private List<Double> soundMillis = List.of();
    private List<CanaryScript.Line> read = List.of();

    public Smoke(Parts parts, SmokeOptions options) {
        this.parts = parts;
        this.options = options;
        this.patience = new Patience(options.timeout(), options.within());
        this.checklist = new Checklist(options.checks(), parts.progress(), patience);
        byte[] random = new byte[6];
        ThreadLocalRandom.current().nextBytes(random);
        String name = CanaryRoom.PREFIX + HexFormat.of().formatHex(random);
        this.room = new CanaryRoom(parts.rooms(), parts.admin(), name);
        this.record = new CanaryRecord(parts.ownStore(), parts.open(), parts.scratch(), parts.clock(), name, name);
    }

    /** The relays that the server named, once somebody joined; no credentials. */
    public List<String> relays() {
        return relays;
    }

    /** Tries all that was chosen, and removes what it made. Never fails for what the deployment does: the report tells. */
    public SmokeReport run() {
        Instant started = parts.clock().instant();
        long start = System.nanoTime();
        Problem problem = null;
        try {
            patience.within(this::checks);
        } catch (Failure e) {
            problem = e.problem();
        }
        boolean made = room.wasMade();
        try {
            cleanUp();
            if (made) {
                checklist.passed(SmokeCheck.CLEANUP, "The room “" + room.name() + "” is gone, and the record with it.");
            }
        } catch (Failure e) {
            // A server that does not answer has been told of already.
            if (made || problem == null) {
                checklist.failed(SmokeCheck.CLEANUP, e.problem().detail(), e.problem().hint());
            }
        }
        return new SmokeReport(
                parts.server().wsUrl(),
                serverVersion,
                made ? room.name() : null,
                started,
                Duration.ofNanos(System.nanoTime() - start),
                checklist.results(untried(problem)),
                figures(),
                problem);
    }

    private String untried(Problem problem) {
        if (problem != null) {
            return problem.detail();
        }
        return checklist.late() ? "the time for the whole run was up (--within)." : "something that it needs failed.";
    }

    /** Removes all that was made. Any thread; once it has run nothing more is made. */
    public void cleanUp() {
        synchronized (this) {
            cleaned = true;
            if (call != null) {
                call.close();
            }
            if (engine != null) {
                engine.close();
            }
        }
        try {
            room.remove();
        } finally {
            record.remove();
        }
    }

    private void checks() {
        record.begin();
        if (options.needsCall()) {
            call();
        }
        afterwards();
    }

    private void call() {
        if (!checklist.holds(SmokeCheck.ROOM, this::join)) {
            return;
        }
        ListenerToken[] token = new ListenerToken[1];
        if (!checklist.holds(SmokeCheck.TOKEN, () -> token(token)) || !checklist.holds(SmokeCheck.CONNECT, () -> connect(token[0]))) {
            return;
        }
        checklist.holds(SmokeCheck.TEXT, this::text);
        checklist.holds(SmokeCheck.SOUND, this::sound);
        mediaPath = call.mediaPath();
        checklist.holds(SmokeCheck.LATENCY, this::latency);
        checklist.holds(SmokeCheck.ALONE, this::alone);
        Set<String> hidden = new LinkedHashSet<>(List.of(call.listenerIdentity()));
        checklist.holds(SmokeCheck.PUBLISH, () -> publish(hidden));
        checklist.holds(SmokeCheck.UNSEEN, () -> unseen(hidden));
        read = call.read();
        call.close();
    }

    private String join() {
        room.make();
        sweep();
        CanaryCall joining;
        synchronized (this) {
            if (cleaned) {
                throw Failure.unavailable("The canary call was broken off.", null);
            }
            engine = parts.live().get();
            call = new CanaryCall(engine, parts.server().wsUrl(), parts.version(), patience, room.name());
            joining = call;
        }
        try {
            joining.join(parts.admin());
        } finally {
            serverVersion = joining.serverVersion();
            relays = joining.relays();
            mediaPath = joining.mediaPath();
        }
        return "The room “" + room.name() + "” is made, an agent and a caller are in it.";
    }

    private void sweep() {
        List<String> rooms = room.sweep(options.sweepAfter());
        int records = record.sweep(options.sweepAfter());
        if (!rooms.isEmpty() || records > 0) {
            parts.note().accept("Removed what a killed run had left: " + rooms.size() + (rooms.size() == 1 ? " room, " : " rooms, ")
                    + records + (records == 1 ? " record." : " records."));
        }
    }

    private ListenerToken mint() {
        return parts.tokens().mint(
                new Target.ConversationId(record.id()),
                new CallFinder(record::store, parts::rooms, null)::find,
                new ListenRequest(TOKEN_LIFE, parts.who(), "assist smoke", false));
    }

    private String token(ListenerToken[] minted) {
        minted[0] = mint();
        TokenReport report = new TokenInspector(parts.server().apiKey(), parts.server().apiSecret(), parts.clock().instant())
                .inspect(minted[0].token(), "the canary's token");
        if (!report.listenOnly() || !room.name().equals(report.room())) {
            throw new CheckFailed("The token allows more than listening: " + String.join(" ", report.warnings()), "Report this: it is a defect of this program.");
        }
        return "A token of " + TOKEN_LIFE.toSeconds() + " s is minted: it may hear and read this room, hidden, and nothing else.";
    }

    private String connect(ListenerToken token) {
        call.listen(token);
        connectMillis = call.connectMillis();
        return "The listener is connected after " + millis(connectMillis) + ".";
    }

    private String text() {
        textMillis = call.talk();
        List<CanaryScript.Line> said = CanaryScript.LINES;
        List<CanaryScript.Line> read = call.read();
        for (int i = 0; i < Math.max(said.size(), read.size()); i++) {
            String sent = i < said.size() ? said.get(i).text() : "nothing more";
            if (i >= read.size() || i >= said.size() || !said.get(i).equals(read.get(i))) {
                String got = i < read.size() ? read.get(i).text() : "nothing";
                throw new CheckFailed("Said was “" + sent + "”, read “" + got + "”.", "Look at what lies between here and the server.");
            }
        }
        return said.size() + " things said, in both ways of publishing: each arrives once, word for word, in order.";
    }

    private String sound() {
        soundMillis = call.hear();
        CanaryEar ear = call.ear();
        int lost = ear.expected() - ear.packets();
        if (ear.altered() > 0) {
            throw new CheckFailed(
                    ear.altered() + " packets of sound arrived that were not sent so.", "Look whether the server, or something before it, codes sound anew.");
        }
        if (lost > ear.expected() * MOST_LOST) {
            throw new CheckFailed("Of " + ear.expected() + " packets of sound " + lost + " are lost.", "Look at the network between here and the server.");
        }
        return ear.packets() + " of " + ear.expected() + " packets of sound arrived, bit for bit.";
    }

    private String latency() {
        if (textMillis.isEmpty() && soundMillis.isEmpty()) {
            throw new CheckFailed("Neither text nor sound arrived: there is nothing to measure.", null);
        }
        var late = new ArrayList<String>();
        limit("connecting took", connectMillis, options.mostConnect(), late);
        limit("the slowest text took", most(textMillis), options.mostText(), late);
        limit("sound took (median)", percentile(soundMillis, 0.5), options.mostSound(), late);
        if (!late.isEmpty()) {
            throw new CheckFailed("Too slow: " + String.join("; ", late) + ".", "Run it near the server to see whether the network or the server is slow.");
        }
        return "Connected in " + millis(connectMillis) + ", text within " + millis(most(textMillis)) + ", sound in "
                + millis(percentile(soundMillis, 0.5)) + " (median).";
    }

    private static void limit(String what, Double measured, Duration most, List<String> late) {
        if (measured != null && measured > most.toNanos() / 1e6) {
            late.add(what + " " + millis(measured) + ", the limit is " + Patience.seconds(most));
        }
    }

    private String alone() {
        List<String> others = room.participants().stream()
                .filter(p -> !p.hidden() && p.kind() != Participant.Kind.EGRESS)
                .map(Participant::identity)
                .filter(i -> !i.equals(call.agentIdentity()) && !i.equals(call.callerIdentity()))
                .toList();
        if (!others.isEmpty()) {
            throw new CheckFailed(
                    "Somebody else is in the room: " + String.join(", ", others) + ".",
                    "Give the agent workers of this deployment names, or keep them from joining rooms that begin with " + CanaryRoom.PREFIX + ".");
        }
        return "Nobody but the canary’s own is in the room: no agent was summoned.";
    }

    private String publish(Set<String> hidden) {
        ListenerToken token = mint();
        hidden.add(new TokenInspector(null, null, parts.clock().instant()).inspect(token.token(), "the canary's token").identity());
        call.intrude(token);
        return "A listener that sends sound and data all the same reaches nobody, and the server grants it neither.";
    }

    private String unseen(Set<String> hidden) {
        call.endListening();
        List<String> told = call.told(hidden, parts.admin());
        if (!told.isEmpty()) {
            throw new CheckFailed("The others were told of a listener: " + String.join(", ", told) + ".", "Update the LiveKit server.");
        }
        return "The agent and the caller were told of somebody who may be seen, and of no listener, coming, trying or going.";
    }

    private void afterwards() {
        if (!options.checks().contains(SmokeCheck.ENDED) && !options.checks().contains(SmokeCheck.BRIEF)) {
            return;
        }
        record.end(read.isEmpty() ? CanaryScript.LINES : read);
        checklist.holds(SmokeCheck.ENDED, this::ended);
        checklist.holds(SmokeCheck.BRIEF, this::brief);
    }

    private String ended() {
        try {
            mint();
        } catch (Failure e) {
            if (Integer.valueOf(409).equals(e.problem().status())) {
                return "A token for the call that has ended is refused with 409" + where() + ".";
            }
            throw e;
        }
        throw new CheckFailed("A token was minted for a call that has ended.", "Report this: it is a defect of this program.");
    }

    private String where() {
        return record.thrownAway() ? " (the record was kept in a store that is thrown away)" : "";
    }

    private String brief() {
        Brief brief;
        try (ConversationStore store = record.store()) {
            brief = parts.portal().brief(AgentAssistPortal.find(store, new Target.ConversationId(record.id())), parts.engine().get());
        }
        List<String> wrong = CanaryBrief.wrong(brief, record.id(), read.isEmpty() ? CanaryScript.LINES : read);
        if (!wrong.isEmpty()) {
            throw new CheckFailed("The brief is not as it must be: " + String.join(" ", wrong), "Report this: it is a defect of this program.");
        }
        if (!patience.isOver() && parts.engineName().equals("model") && !brief.meta().engine().equals("model")) {
            throw new CheckFailed(
                    "The model did not write the brief: it was made from the call's own words.", "assist config check looks at the model.");
        }
        return "The brief (" + brief.meta().engine() + ") has " + brief.callSummary().size() + " statements, "
                + brief.transcript().size() + " turns, and evidence for each statement.";
    }

    private SmokeReport.Figures figures() {
        CanaryEar ear = call == null ? null : call.ear();
        return new SmokeReport.Figures(
                connectMillis,
                percentile(textMillis, 0.5),
                most(textMillis),
                percentile(soundMillis, 0.5),
                percentile(soundMillis, 0.95),
                ear == null ? 0 : ear.expected(),
                ear == null ? 0 : ear.packets(),
                mediaPath);
    }

    private static Double most(List<Double> all) {
        return percentile(all, 1);
    }

    private static Double percentile(List<Double> all, double part) {
        if (all.isEmpty()) {
            return null;
        }
        List<Double> sorted = all.stream().sorted().toList();
        return sorted.get((int) Math.max(0, Math.ceil(part * sorted.size()) - 1));
    }

    private static String millis(Double value) {
        return value == null ? "?" : String.format(Locale.ROOT, value < 10 ? "%.1f ms" : "%.0f ms", value);
    }
}
