package dev.agentassist.brief;

import dev.agentassist.brief.AgentAssistPortal.Found;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/** Renews a brief as its call goes on, until the call is over. */
public final class BriefWatch {

    /** No call is followed for longer. */
    private static final Duration LONGEST = Duration.ofHours(12);

    private final Supplier<Found> call;
    private final Function<Found, Brief> brief;
    private final InstantSource clock;
    private final Consumer<Duration> sleeper;

    /**
     * @param call the call as it is now
     * @param brief makes the brief of it
     * @param sleeper waits, or throws when it is interrupted
     */
    public BriefWatch(Supplier<Found> call, Function<Found, Brief> brief, InstantSource clock, Consumer<Duration> sleeper) {
        this.call = call;
        this.brief = brief;
        this.clock = clock;
        this.sleeper = sleeper;
    }

    /** Hands on the first brief, and one whenever the call's words or status changed; returns when the call is over. */
    public void follow(Duration every, Consumer<Brief> renewed) {
        Instant end = clock.instant().plus(LONGEST);
        String shown = null;
        while (true) {
            Found found = call.get();
            var status = found.conversation().status();
            String state = CallMaterial.of(found.conversation()).sha256() + " " + status;
            if (!state.equals(shown)) {
                renewed.accept(brief.apply(found));
                shown = state;
            }
            if (status == null || !status.active() || !clock.instant().isBefore(end)) {
                return;
            }
            sleeper.accept(every);
        }
    }
}
