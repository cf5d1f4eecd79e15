package dev.agentassist.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Ear;
import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.Phone;
import dev.agentassist.testkit.Running;
import dev.agentassist.testkit.SipCall;
import dev.agentassist.testkit.Tones;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * How much gets through when somebody's connection breaks and returns in mid-consult: each of the three in each way, {@code
 * -Dassist.breaks=N} times (3); one of them alone with {@code -Dassist.break="human, RECONNECT"}. The table goes to stderr, and from there into docs/transfer.md; what is asserted is that it
 * does not go on, because a busy machine is later.
 */
@Tag("slow")
class BreaksIT {

    private static final int TIMES = Integer.getInteger("assist.breaks", 3);
    private static final String ONLY = System.getProperty("assist.break", "");
    private static final long ENDS_WITHIN_MILLIS = 1_000;

    private enum Break { REJOIN, RECONNECT, RESUME }

    @TempDir
    private Path scratch;

    private final Map<String, List<Long>> leaked = new TreeMap<>();

    @Test
    void whatGetsThroughIsLittleAndDoesNotGoOn() throws Exception {
        try (var ground = new TransferGround()) {
            // A resume last: rtc-node may hear nothing new after one, and would tell of no leak.
            for (Break how : Break.values()) {
                consult(ground, "caller, " + how, call -> breaks(call.caller, how));
                consult(ground, "human, " + how, call -> breaks(call.leg(), how));
                consult(ground, "caller and human, " + how, call -> {
                    breaks(call.caller, how);
                    breaks(call.leg(), how);
                });
            }
            consult(ground, "agent, RECONNECT", call -> call.agent.reconnect(true));
            consult(ground, "agent, RESUME", call -> call.agent.reconnect(false));
            for (int i = 0; i < TIMES && "agent, REJOIN".contains(ONLY); i++) {
                agentRejoins(ground);
            }
        }
        leaked.forEach((what, all) -> System.err.println("| " + what.toLowerCase(java.util.Locale.ROOT) + " | "
                + all.stream().sorted().map(ms -> ms + " ms").toList() + " |"));
        leaked.forEach((what, all) -> assertTrue(
                all.stream().allMatch(ms -> ms <= ENDS_WITHIN_MILLIS), () -> what + ": " + all));
    }

    private interface Doing {
        void to(HeldCall call);
    }

    private static void breaks(SipCall leg, Break how) {
        switch (how) {
            case REJOIN -> leg.rejoin();
            case RECONNECT -> leg.reconnect(true);
            case RESUME -> leg.reconnect(false);
        }
    }

    /** One transfer, in which it happens again and again. */
    private void consult(TransferGround ground, String what, Doing doing) throws Exception {
        if (!what.contains(ONLY)) {
            return;
        }
        try (HeldCall call = ground.call(scratch);
                Running run = call.transfer(Phone.answersAfter(1000), "--accept-within", "10m", "--brief", "none")) {
            run.awaitErr(HeldCall.APART);
            call.isApart();
            call.nothingLeaked(Ear.now());
            for (int i = 0; i < TIMES && run.isAlive(); i++) {
                double broke = Ear.now();
                doing.to(call);
                call.caller.ear().listensFor(Duration.ofMillis(2_500));
                Map<String, Long> windows = call.leaked(broke, Ear.now());
                System.err.println(what + ": windows of 20 ms: " + windows);
                note(what, windows.values().stream().mapToLong(w -> w * 20).max().orElse(0));
            }
            ends(what, run);
            call.isOver();
        }
    }

    /** On a busy machine somebody may be away for so long that they count as gone: then the caller is with the agent by now. */
    private static void ends(String what, Running run) {
        if (run.isAlive()) {
            run.signal("TERM");
        } else {
            System.err.println(what + ": the transfer had ended: " + run.err());
        }
        assertEquals(8, run.await().exit());
    }

    /** A new client of the agent's, with a token of its own, takes the old one's place. */
    private void agentRejoins(TransferGround ground) throws Exception {
        try (HeldCall call = ground.call(scratch);
                Running run = call.transfer(Phone.answersAfter(1000), "--brief", "none")) {
            run.awaitErr(HeldCall.APART);
            call.isApart();
            double broke = Ear.now();
            var again = ground.people.joinListening(call.room, Join.agent("agent"));
            again.publishTone(Tones.OTHER_AGENT);
            again.ear().listensFor(Duration.ofMillis(2_500));
            long human = again.ear().windows(Tones.HUMAN, broke, Ear.now());
            long most = Math.max(human, call.leaked(broke, Ear.now()).values().stream().mapToLong(w -> w).max().orElse(0));
            note("agent, REJOIN", Math.max(most, call.caller.ear().windows(Tones.OTHER_AGENT, broke, Ear.now())) * 20);
            ends("agent, REJOIN", run);
            call.isOver();
        }
    }

    private void note(String what, long millis) {
        leaked.computeIfAbsent(what, k -> new ArrayList<>()).add(millis);
        System.err.println(what + ": " + millis + " ms");
    }
}
