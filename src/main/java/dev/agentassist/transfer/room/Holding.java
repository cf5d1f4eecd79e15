package dev.agentassist.transfer.room;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.livekit.Member;
import dev.agentassist.livekit.RoomControl;
import dev.agentassist.problem.Failure;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Keeps those of a call from hearing each other, and marks everybody whom it does that to before or while it does it.
 *
 * <ul>
 *   <li>Agents and whoever else is there: {@code canSubscribe=false}, so that they hear nobody.
 *   <li>The caller: all tracks but the music cut, again and again ({@link Cuts}), since there is no permission for one track.
 * </ul>
 */
final class Holding {

    /** Clients have asked for a new track by then, so that a cut is the last word (measured: 12 of 12, 6 of 6). */
    static final long SETTLE_MILLIS = 500;

    private final Plan plan;
    private final RoomControl control;
    private final String secret;
    private final Undo undo;
    private final InstantSource clock;
    final Cuts cuts;
    /** Who holds it changes who may hear the caller, or ends it all. */
    final Object gate = new Object();

    /** Permissions as they were, by identity. */
    private final Map<String, ObjectNode> before = new ConcurrentHashMap<>();
    private final Set<String> others = ConcurrentHashMap.newKeySet();
    private final Consumer<List<String>> keepFromHuman;
    private volatile Instant since;
    private volatile String caller;

    /** @param keepFromHuman called with tracks that the human must not hear */
    Holding(Plan plan, WarmTransfer.Parts parts, Undo undo, Consumer<List<String>> keepFromHuman) {
        this.plan = plan;
        this.control = parts.control();
        this.secret = parts.server().apiSecret();
        this.undo = undo;
        this.clock = parts.clock();
        this.cuts = new Cuts(control, plan.room());
        this.keepFromHuman = keepFromHuman;
    }

    /** The caller's identity, once anybody is held. */
    String caller() {
        return caller;
    }

    /** Whether anybody is held. */
    boolean begun() {
        return !before.isEmpty();
    }

    /** Marks the caller, from whom nothing is taken by that. */
    void begin(Member who) {
        caller = who.identity();
        since = clock.instant();
        cuts.unlessOver(() -> set(caller, asItWas(who), true));
    }

    /** An agent, or somebody else who speaks with the caller: hears nobody, and is heard by nobody. */
    void silence(Member other) {
        others.add(other.identity());
        cuts.unlessOver(() -> set(other.identity(), asItWas(other), false));
        cuts.repeat(caller, other.audio());
        keepFromHuman.accept(other.audio());
    }

    boolean silenced(String identity) {
        return others.contains(identity);
    }

    void callerHears(boolean hears) {
        synchronized (gate) {
            cuts.unlessOver(() -> set(caller, before.get(caller), hears));
        }
    }

    /** The caller is there anew, with a client that asks for everything. {@code music}: the one track to hear. */
    void callerAgain(Member again, String music) {
        asItWas(again);
        callerHears(false);
        keepFromHuman.accept(again.audio());
        List<String> heard = control.members(plan.room()).stream()
                .filter(m -> !m.identity().equals(caller) && !m.identity().equals(plan.names().music()))
                .flatMap(m -> m.audio().stream())
                .toList();
        cuts.repeat(caller, heard);
        Cuts.sleepUntil(System.nanoTime(), SETTLE_MILLIS);
        callerHears(true);
        cuts.unlessOver(() -> control.subscribe(plan.room(), caller, List.of(music), true));
    }

    /** A new track of somebody in the call. */
    void published(String publisher, String track) {
        if (!publisher.equals(caller)) {
            cuts.repeat(caller, List.of(track));
        }
        keepFromHuman.accept(List.of(track));
    }

    /** Marks somebody, and lets them hear or not, in one call; everything else about them stays as it was. */
    private void set(String identity, ObjectNode was, boolean hears) {
        ObjectNode now = hears ? was : deaf(was);
        boolean there = control.update(plan.room(), identity, now, Map.of(Mark.ATTRIBUTE, mark(identity, was))).isPresent();
        if (!there && identity.equals(caller)) {
            throw Failure.wrongState("The caller hung up.", null);
        }
    }

    /** The mark's text for somebody whose permission was that. */
    String mark(String identity, ObjectNode was) {
        return new Mark(plan.names().id(), plan.who(), since, since.plus(plan.longestHold()), was).write(secret, plan.room(), identity);
    }

    /**
     * The permission that somebody had before this transfer. Whoever joins with a token of their own has that token's; whoever
     * reconnects does so with one that the server renewed meanwhile, and with what we had changed in it.
     */
    ObjectNode asItWas(Member member) {
        return before.compute(member.identity(), (identity, known) -> {
            if (known != null && member.permission().equals(deaf(known))) {
                return known;
            }
            return undo.mark(plan.room(), member)
                    .filter(m -> m.id().equals(plan.names().id()) && member.permission().equals(deaf(m.permission())))
                    .map(Mark::permission)
                    .orElseGet(() -> member.permission().deepCopy());
        });
    }

    static ObjectNode deaf(ObjectNode permission) {
        return permission.deepCopy().put("can_subscribe", false);
    }
}
