package dev.agentassist.cli;

import dev.agentassist.call.StoredCalls;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.Target;
import dev.agentassist.problem.Failure;
import dev.agentassist.store.ConversationStore;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code assist conversations delete}. */
final class ConversationsDeleteCommand extends Command {

    @Override
    String name() {
        return "delete";
    }

    @Override
    String summary() {
        return "Delete conversations from the store, for good";
    }

    @Override
    List<String> description() {
        return List.of(
                "Deletes for good, all that are named or none. It asks before it does; without a terminal it wants --yes.",
                "",
                "A number or a room means its newest conversation only.");
    }

    @Override
    List<Example> examples() {
        return List.of(new Example("assist conversations delete conv_5Sec --yes", "One call, without being asked"));
    }

    @Override
    void define(CommandSpec spec) {
        spec.addPositional(parameter("TARGET", "1..*", "Conversations' ids; a number or room:NAME means its newest."));
        spec.addOption(flag("--yes", "Do not ask"));
    }

    @Override
    int run(Invocation in) {
        List<Target> targets = in.arguments().stream()
                .map(t -> Target.parse(t, in.settings().region()))
                .toList();
        boolean sure = in.flag("--yes");
        if (!sure && !in.terminal().canAsk()) {
            throw Failure.badInput("Deleting wants to be confirmed, and there is no terminal to ask on.", "Add --yes.");
        }
        try (ConversationStore store = in.wiring().store()) {
            Map<String, ConversationInfo> found = new LinkedHashMap<>();
            for (Target target : targets) {
                ConversationInfo info = StoredCalls.find(store, target);
                found.put(info.id(), info);
            }
            if (!sure && !in.terminal().confirm(question(new ArrayList<>(found.values())))) {
                in.terminal().note("Nothing was deleted.");
                return ExitCode.OK;
            }
            delete(store, found.keySet().stream().toList());
            in.terminal().note("Deleted " + count(found.size()) + ".");
        }
        return ExitCode.OK;
    }

    private static void delete(ConversationStore store, List<String> ids) {
        try (ConversationStore.Writer writer = store.write()) {
            ids.forEach(writer::delete);
            writer.commit();
        }
    }

    private static String question(List<ConversationInfo> found) {
        if (found.size() > 1) {
            return "Delete " + count(found.size()) + " for good?";
        }
        ConversationInfo one = found.getFirst();
        return "Delete the conversation " + one.id() + " of " + one.createdAt() + " (" + one.status().wire() + ") for good?";
    }

    private static String count(int n) {
        return n + (n == 1 ? " conversation" : " conversations");
    }
}
