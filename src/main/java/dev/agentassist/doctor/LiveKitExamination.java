package dev.agentassist.doctor;

import dev.agentassist.capability.Capabilities;
import dev.agentassist.capability.Tried;
import dev.agentassist.capability.Tried.Feature;
import dev.agentassist.check.Finding;
import dev.agentassist.check.Finding.State;
import dev.agentassist.config.Durations;
import dev.agentassist.livekit.DeploymentProbe;
import dev.agentassist.problem.Failure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A LiveKit deployment: what it tells, and what a canary call told the last time. */
final class LiveKitExamination {

    private static final String SMOKE = "assist smoke tries it, in a room of its own.";
    /** A listener's token is good for 60 s, and the SDKs' own leeway is 10 s. */
    private static final Duration SKEWED = Duration.ofSeconds(10);
    private static final Duration BROKEN = Duration.ofSeconds(45);

    private final DeploymentProbe probe;
    private final Capabilities tried;
    private final String server;
    private final InstantSource clock;

    LiveKitExamination(DeploymentProbe probe, Capabilities tried, String server, InstantSource clock) {
        this.probe = probe;
        this.tried = tried;
        this.server = server;
        this.clock = clock;
    }

    List<Finding> asked() {
        var found = new ArrayList<Finding>();
        found.add(guarded("clock", this::skew));
        found.add(guarded("rooms", this::rooms));
        found.add(guarded("sip", this::trunks));
        return found;
    }

    private Finding skew() {
        Optional<Duration> ahead = probe.clockAhead();
        if (ahead.isEmpty()) {
            return new Finding("clock", State.NOT_SET, "The server does not tell its time.", null);
        }
        Duration off = ahead.get().abs();
        String says = off.compareTo(Duration.ofSeconds(1)) <= 0
                ? "The server’s clock and this machine’s agree within a second."
                : "The server’s clock is " + Durations.human(off) + (ahead.get().isNegative() ? " behind" : " ahead of") + " this machine’s.";
        State state = off.compareTo(BROKEN) > 0 ? State.FAILED : off.compareTo(SKEWED) > 0 ? State.WARNING : State.OK;
        return new Finding(
                "clock", state, says, state == State.OK ? null : "Have both set by NTP: tokens are good for a minute.");
    }

    private Finding rooms() {
        return probe.makesRooms()
                .map(makes -> makes
                        ? new Finding("rooms", State.OK, "Joining makes a room that is not there (room.auto_create): a token for a call that has ended would make an empty one, so calls are asked for first.", null)
                        : new Finding("rooms", State.OK, "Rooms are made by the API alone (room.auto_create is off).", null))
                .orElseGet(() -> new Finding("rooms", State.NOT_SET, "The server does not say whether joining makes a room.", null));
    }

    private Finding trunks() {
        Optional<DeploymentProbe.Trunks> trunks = probe.trunks();
        if (trunks.isEmpty()) {
            return new Finding(
                    "sip", State.NOT_SET, "The deployment has no SIP, or this key may not use it: nobody can be called.",
                    "For transfers to a telephone: run livekit-sip, with Redis.");
        }
        int out = trunks.get().outbound();
        String says = trunks.get().inbound() + " inbound and " + out + " outbound SIP " + (out == 1 ? "trunk." : "trunks.");
        return out == 0
                ? new Finding("sip", State.WARNING, says + " Nobody can be called.", "For transfers, make one: lk sip outbound create.")
                : new Finding("sip", State.OK, says, null);
    }

    /** From the last time that somebody joined. */
    List<Finding> remembered() {
        return List.of(
                remembered("version", Feature.SERVER_VERSION, "The server’s version is told to whoever joins a room: not tried yet.", SMOKE),
                remembered("turn", Feature.RELAYS, "Relays (TURN) are told to whoever joins a room: not tried yet.", SMOKE),
                remembered("media", Feature.MEDIA, "Whether sound gets through is not tried yet.", SMOKE),
                remembered("moving", Feature.MOVE_PARTICIPANT, "Whether participants can be moved between rooms is not tried yet.", "A transfer tries it."),
                remembered("canary", Feature.CANARY_CALL, "No canary call was made yet.", SMOKE));
    }

    private Finding remembered(String name, Feature feature, String never, String mend) {
        Optional<Tried> last = tried.last(server, feature);
        if (last.isEmpty()) {
            return new Finding(name, State.NOT_SET, never, mend);
        }
        String when = " (tried " + Durations.human(Duration.between(last.get().at(), clock.instant())) + " ago)";
        boolean grave = (feature == Feature.CANARY_CALL || feature == Feature.MEDIA) && !last.get().works();
        return new Finding(
                name,
                grave ? State.WARNING : State.OK,
                last.get().detail() + when,
                grave ? "assist smoke tells what is wrong." : null);
    }

    private static Finding guarded(String name, Supplier<Finding> check) {
        try {
            return check.get();
        } catch (Failure e) {
            return new Finding(name, State.FAILED, e.problem().detail(), e.problem().hint());
        }
    }
}
