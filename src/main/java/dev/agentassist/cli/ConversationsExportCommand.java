package dev.agentassist.cli;

import dev.agentassist.call.StoredCalls;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.format.Writers;
import dev.agentassist.exchange.Exporter;
import dev.agentassist.store.ConversationStore;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;

/** {@code assist conversations export}. */
final class ConversationsExportCommand extends Command {

    @Override
    String name() {
        return "export";
    }

    @Override
    String summary() {
        return "Export conversations with their transcripts";
    }

    @Override
    List<String> description() {
        return List.of(
                "Writes conversations, newest first, to stdout or to a file, which is then the old one or the new one, whole."
                        + " What was said is written as it was said: nothing is redacted.",
                "",
                "jsonl and json are conversation objects, which assist conversations import takes back; chat is LiveKit"
                        + " Agents' chat history; vtt and srt hold one call.");
    }

    @Override
    List<Example> examples() {
        return List.of(
                new Example("assist conversations export --demo --since 2026-11-22 --output calls.jsonl", "All since a day, into a file"),
                new Example("assist conversations export conv_5Sec --demo --format vtt", "One call as WebVTT"));
    }

    @Override
    void define(CommandSpec spec) {
        spec.addPositional(parameter("TARGET", "0..1", "One call: a number's newest, a room's newest, or a conversation's id."));
        ConversationFilters.define(spec);
        spec.addOption(choice("--format", Writers.NAMES, "The format"));
        spec.addOption(option("--output", "FILE", "Write to this file instead of stdout"));
    }

    @Override
    int run(Invocation in) throws IOException {
        var writer = Writers.of(in.choice("--format"));
        try (ConversationStore store = in.wiring().store();
                Stream<Conversation> conversations = conversations(in, store)) {
            if (in.value("--output") == null) {
                Exporter.run(conversations, writer, in.io().out());
            } else {
                long written = Output.write(in.value("--output"), out -> Exporter.run(conversations, writer, out));
                in.terminal().note("Wrote " + written + (written == 1 ? " conversation" : " conversations") + " to "
                        + in.value("--output") + ".");
            }
        }
        return ExitCode.OK;
    }

    private static Stream<Conversation> conversations(Invocation in, ConversationStore store) {
        if (in.argument() == null) {
            return store.read(ConversationFilters.of(in));
        }
        return Stream.of(StoredCalls.get(store, in.target()));
    }
}
