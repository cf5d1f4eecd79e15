package dev.agentassist.cli;

import dev.agentassist.config.Durations;
import dev.agentassist.config.Key;
import dev.agentassist.conversation.PhoneNumber;
import dev.agentassist.livekit.SipService;
import dev.agentassist.problem.Failure;
import dev.agentassist.transfer.CallTo;
import dev.agentassist.transfer.room.Plan.Accept;
import dev.agentassist.transfer.sound.Sound;
import java.time.Duration;

/** What was asked for of a transfer, checked before anything is done. */
record TransferWish(
        String to, Duration ring, Duration accept, Duration longest, Sound music, Accept whose, boolean agentLeaves, String brief) {

    /** For no music and for no brief. */
    static final String NONE = "none";

    static TransferWish of(Invocation in) {
        String to = in.value("--to") != null ? in.value("--to") : in.settings().require(Key.TRANSFER_NUMBER);
        Duration ring = between(in, "--ring", Duration.ofSeconds(5), SipService.LONGEST_RING);
        Duration accept = between(in, "--accept-within", Duration.ofSeconds(5), Duration.ofMinutes(10));
        Duration longest = between(in, "--max-call", Duration.ofMinutes(1), Duration.ofHours(24));
        boolean terminal = in.terminal().canAsk();
        String whose = in.value("--accept") == null ? terminal ? "operator" : "dtmf" : in.value("--accept");
        Accept accepts = switch (whose) {
            case "operator" -> Accept.OPERATOR;
            case "dtmf" -> Accept.DTMF;
            case "answer" -> Accept.ANSWER;
            default -> throw Failure.badInput("“" + whose + "” is no value of --accept.", "Use operator, dtmf or answer.");
        };
        if (accepts == Accept.OPERATOR && !terminal) {
            throw Failure.badInput("An operator accepts at a terminal, and there is none.", "Use --accept dtmf.");
        }
        in.choice("--format");
        in.choice("--displayed");
        boolean leaves = in.choice("--agent").equals("leave");
        String brief = in.choice("--brief");
        return new TransferWish(CallTo.parse(to, in.settings().region()), ring, accept, longest, music(in), accepts, leaves, brief);
    }

    private static Duration between(Invocation in, String option, Duration least, Duration most) {
        Duration given = in.duration(option);
        if (given.compareTo(least) < 0 || given.compareTo(most) > 0) {
            throw Failure.badInput(
                    "“" + in.value(option) + "” is too " + (given.compareTo(least) < 0 ? "short" : "long") + " for " + option + ".",
                    "Use " + Durations.human(least) + " to " + Durations.human(most) + ".");
        }
        return given;
    }

    private static Sound music(Invocation in) {
        String file = in.value("--hold-music") != null
                ? in.value("--hold-music")
                : in.settings().value(Key.TRANSFER_MUSIC).orElse(null);
        if (file == null) {
            return Sound.bundled("hold.ogg");
        }
        return file.equals(NONE) ? null : Sound.read(in.settings().places().expand(file));
    }

    /** The number that the human sees, or null for the trunk's own. {@code caller}: the caller's, or null. */
    String from(Invocation in, String caller) {
        if (in.value("--from") != null) {
            return PhoneNumber.parse(in.value("--from"), in.settings().region()).e164();
        }
        if (in.choice("--displayed").equals("caller")) {
            if (caller == null) {
                throw Failure.badInput("The caller has no number to show.", "Leave out --displayed, or give --from NUMBER.");
            }
            return caller;
        }
        return in.settings().value(Key.TRANSFER_FROM).map(n -> PhoneNumber.parse(n, in.settings().region()).e164()).orElse(null);
    }
}
