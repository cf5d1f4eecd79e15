package dev.agentassist.cli;

import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.render.ConversationJsonList;
import dev.agentassist.render.ConversationRows;
import dev.agentassist.render.ConversationTable;
import dev.agentassist.store.ConversationFilter;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

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
        ConversationFilters.define(spec);
        spec.addOption(choice("--format", List.of("table", "json", "jsonl"), "How to print them"));
    }

    @Override
    int run(Invocation in) {
        String format = in.choice("--format");
        boolean live = in.flag("--live");
        ConversationFilter filter = ConversationFilters.of(in);
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
                in.terminal().note(
                        live ? "No call is in progress."
                                : filter.equals(ConversationFilter.ALL)
                                        ? "No conversation is stored yet: assist conversations import stores some, --demo shows samples."
                                        : "There is no such conversation.");
            }
        }
        return ExitCode.OK;
    }
}
