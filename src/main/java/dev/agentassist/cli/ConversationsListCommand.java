package dev.agentassist.cli;

import dev.agentassist.config.Moments;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.PhoneNumber;
import dev.agentassist.conversation.Status;
import dev.agentassist.problem.Failure;
import dev.agentassist.render.ConversationJsonList;
import dev.agentassist.render.ConversationRows;
import dev.agentassist.render.ConversationTable;
import dev.agentassist.store.ConversationFilter;
import java.io.PrintStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code assist conversations list}. */
final class ConversationsListCommand extends Command {

    @Override
    String name() {
        return "list";
    }

    @Override
    String summary() {
        return "List conversations, newest first";
    }

    @Override
    List<String> description() {
        return List.of(
                "Lists conversations, newest first, and prints each as it is read. A call that only LiveKit knows of has no"
                        + " id yet; its room stands in its place, and every command takes it as it stands.",
                "",
                "Times are RFC 3339 in UTC. Dates without a zone are UTC.");
    }

    @Override
    List<Example> examples() {
        return List.of(
                new Example("assist conversations list --demo", "The bundled sample calls"),
                new Example("assist conversations list --demo --status failed,unanswered --limit 5", "The newest that went wrong"),
                new Example("assist conversations list --demo --phone +14155550132 --format jsonl", "One caller's, a line of JSON each"));
    }

    @Override
    void define(CommandSpec spec) {
        spec.addOption(flag("--live", "Calls in progress: those the store has as active, and those found in LiveKit's rooms"));
        spec.addOption(option("--phone", "NUMBER", "Calls with this number"));
        spec.addOption(OptionSpec.builder("--status")
                .type(String[].class)
                .arity("1")
                .splitRegex(",")
                .paramLabel("STATUS")
                .completionCandidates(Arrays.stream(Status.values()).map(Status::wire).toList())
                .description("With this status; several with commas, or given again")
                .build());
        spec.addOption(option("--since", "TIME", "Begun at or after: 24h (ago), 2026-11-22, 2026-11-22T09:30:00Z"));
        spec.addOption(option("--until", "TIME", "Begun before"));
        spec.addOption(option("--agent", "AGENT", "Held by the agent with this id or name"));
        spec.addOption(option("--limit", "N", "At most so many (default: all)"));
        spec.addOption(choice("--format", List.of("table", "json", "jsonl"), "How to print them"));
    }

    @Override
    int run(Invocation in) {
        String format = in.choice("--format");
        boolean live = in.flag("--live");
        ConversationFilter filter = filter(in, live);
        PrintStream out = in.io().out();
        try (Stream<ConversationInfo> conversations = in.wiring().conversations(live).list(filter)) {
            ConversationRows rows = switch (format) {
                case "json" -> ConversationJsonList.array(out::print);
                case "jsonl" -> ConversationJsonList.lines(out::print);
                default -> new ConversationTable(in.terminal().width(), out::print);
            };
            boolean any = false;
            for (Iterator<ConversationInfo> each = conversations.iterator(); each.hasNext(); any = true) {
                rows.row(each.next());
                if (out.checkError()) {
                    // Whoever read has what they wanted, as head does.
                    return ExitCode.OK;
                }
            }
            rows.end();
            if (!any && format.equals("table")) {
                in.terminal().note(live ? "No call is in progress." : "There is no such conversation.");
            }
        }
        return ExitCode.OK;
    }

    private static ConversationFilter filter(Invocation in, boolean live) {
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
