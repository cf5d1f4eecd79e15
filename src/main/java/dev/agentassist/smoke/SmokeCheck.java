package dev.agentassist.smoke;

import dev.agentassist.problem.Closest;
import dev.agentassist.problem.Failure;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** What a canary call proves, in the order in which it does. */
public enum SmokeCheck {
    ROOM("a room of its own, with an agent and a caller in it", true),
    TOKEN("a listener token, minted the ordinary way, allows listening alone", true),
    CONNECT("the listener is connected", true),
    TEXT("what is transcribed arrives word for word, each thing once, in order", true),
    SOUND("the sound arrives as it was sent", true),
    LATENCY("connecting, text and sound take no longer than the limits", true),
    ALONE("no agent was summoned into the room", true),
    PUBLISH("a listener that tries to publish sound or data cannot", true),
    UNSEEN("the agent and the caller are told nothing of a listener", true),
    ENDED("a token for a call that ended is refused with 409", false),
    BRIEF("the brief of the canary is whole, and stands on its words", false),
    CLEANUP("nothing of it is left", true);

    private final String meaning;
    private final boolean call;

    SmokeCheck(String meaning, boolean call) {
        this.meaning = meaning;
        this.call = call;
    }

    /** As it is written: {@code unseen}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What holds when it passes, without a full stop. */
    public String meaning() {
        return meaning;
    }

    /** Whether it needs the call, and so a room on the server. */
    public boolean needsCall() {
        return call;
    }

    /** The checks that a comma-separated list names; {@code option} is where it was given. */
    public static Set<SmokeCheck> parse(String list, String option) {
        var checks = EnumSet.noneOf(SmokeCheck.class);
        List<String> names = Arrays.stream(values()).filter(c -> c != CLEANUP).map(SmokeCheck::wire).toList();
        for (String word : list.split(",")) {
            String name = word.strip();
            if (!names.contains(name)) {
                throw Failure.badInput(
                        "“" + name + "” (" + option + ") is no check.",
                        Closest.to(name, names).map(n -> "Did you mean " + n + "? ").orElse("")
                                + "Use some of " + String.join(", ", names) + ".");
            }
            checks.add(valueOf(name.toUpperCase(Locale.ROOT)));
        }
        return checks;
    }
}
