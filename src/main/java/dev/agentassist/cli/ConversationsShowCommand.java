package dev.agentassist.cli;

import dev.agentassist.call.StoredCalls;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.render.ConversationJsonList;
import dev.agentassist.render.ConversationText;
import dev.agentassist.store.ConversationStore;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code assist conversations show}. */
final class ConversationsShowCommand extends Command {

    @Override
    String name() {
        return "show";
    }

    @Override
    String summary() {
        return "Show a conversation and what was said in it";
    }

    @Override
    List<Example> examples() {
        return List.of(
                new Example("assist conversations show --demo +14155550132", "A caller's newest call"),
                new Example("assist conversations show --demo +14155550132 --format json", "With every field, as JSON"));
    }

    @Override
    void define(CommandSpec spec) {
        spec.addPositional(target());
        spec.addOption(choice("--format", List.of("table", "json", "jsonl"), "How to print it"));
    }

    @Override
    int run(Invocation in) {
        String format = in.choice("--format");
        try (ConversationStore store = in.wiring().store()) {
            Conversation conversation = StoredCalls.get(store, in.target());
            in.io().out().print(switch (format) {
                case "json" -> ConversationJsonList.pretty(conversation);
                case "jsonl" -> ConversationJsonList.line(conversation);
                default -> new ConversationText(in.terminal().width(), in.terminal()::paint).write(conversation);
            });
            if (conversation.transcript() == null) {
                store.whyNoTranscript(conversation.info()).ifPresent(in.terminal()::warn);
            }
        }
        return ExitCode.OK;
    }
}
