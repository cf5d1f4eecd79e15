package dev.agentassist.cli;

import dev.agentassist.config.Moments;
import dev.agentassist.conversation.PhoneNumber;
import dev.agentassist.conversation.Status;
import dev.agentassist.problem.Failure;
import dev.agentassist.store.ConversationFilter;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** The options that choose conversations, for every command that takes many. */
final class ConversationFilters {

    private ConversationFilters() {}

    static void define(CommandSpec spec) {
        spec.addOption(Command.flag("--live", "Calls in progress: those the store has as active, and those found in LiveKit's rooms"));
        spec.addOption(Command.option("--phone", "NUMBER", "Calls with this number"));
        spec.addOption(status("With this status; several with commas, or given again"));
        spec.addOption(Command.option("--since", "TIME", "Begun at or after: 24h (ago), 2026-11-22, 2026-11-22T09:30:00Z"));
        spec.addOption(Command.option("--until", "TIME", "Begun before"));
        spec.addOption(Command.option("--agent", "AGENT", "Held by the agent with this id or name"));
        spec.addOption(Command.option("--limit", "N", "At most so many (default: all)"));
    }

    /** {@code --status}, for every command that chooses by it. */
    static OptionSpec status(String description) {
        return OptionSpec.builder("--status")
                .type(String[].class)
                .arity("1")
                .splitRegex(",")
                .paramLabel("STATUS")
                .completionCandidates(Arrays.stream(Status.values()).map(Status::wire).toList())
                .description(description)
                .build();
    }

    static ConversationFilter of(Invocation in) {
        boolean live = in.flag("--live");
        String phone = in.value("--phone");
        Instant since = in.value("--since") == null ? null : Moments.parse(in.value("--since"), "--since", in.io().clock());
        Instant until = in.value("--until") == null ? null : Moments.parse(in.value("--until"), "--until", in.io().clock());
        if (since != null && until != null && !since.isBefore(until)) {
            throw Failure.badInput("--since " + in.value("--since") + " is not before --until " + in.value("--until") + ".", "Swap them.");
        }
        return new ConversationFilter(
                phone == null ? null : PhoneNumber.parse(phone, in.settings().region()),
                statuses(in, live),
                since,
                until,
                in.value("--agent"),
                in.value("--limit") == null ? 0 : in.number("--limit", 1));
    }

    private static Set<Status> statuses(Invocation in, boolean live) {
        Set<Status> asked = EnumSet.noneOf(Status.class);
        for (String word : in.parsed().matchedOptionValue("--status", new String[0])) {
            asked.add(Status.parse(word));
        }
        if (!live) {
            return asked;
        }
        Set<Status> active = EnumSet.noneOf(Status.class);
        for (Status status : Status.values()) {
            if (status.active() && (asked.isEmpty() || asked.contains(status))) {
                active.add(status);
            }
        }
        if (active.isEmpty()) {
            throw Failure.badInput("--live and --status exclude each other: no call in progress has such a status.", "Leave one of them out.");
        }
        return active;
    }
}
