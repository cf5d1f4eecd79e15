package dev.agentassist.cli;

import dev.agentassist.conversation.format.FormatHints;
import dev.agentassist.conversation.format.Formats;
import dev.agentassist.conversation.format.Records;
import dev.agentassist.exchange.ImportReport;
import dev.agentassist.exchange.Importer;
import dev.agentassist.problem.Failure;
import dev.agentassist.render.ImportReportWriter;
import dev.agentassist.store.ConversationStore;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code assist conversations import}. */
final class ConversationsImportCommand extends Command {

    @Override
    String name() {
        return "import";
    }

    @Override
    String summary() {
        return "Import conversations from a file, in whichever known format it is";
    }

    @Override
    List<String> description() {
        return List.of(
                "Reads conversation objects (a JSON array or JSON Lines), LiveKit Agents' chat history, calls of Vapi, Retell,"
                        + " Twilio Conversational Intelligence, Amazon Transcribe call analytics and Deepgram, WebVTT, SRT,"
                        + " and lines of “Speaker: text”. The format is recognised by the content.",
                "",
                "A file is imported whole or not at all; --keep-going leaves bad records out, names each, and ends with 2."
                        + " Importing again changes nothing: of two records with one id the newer updated_at wins, and a"
                        + " call that has ended never reopens. Numbers are normalised to E.164 (--region).");
    }

    @Override
    List<Example> examples() {
        return List.of(
                new Example("assist conversations import calls.jsonl", "A file of calls"),
                new Example(
                        "assist conversations export --demo | assist conversations import -",
                        "The bundled sample calls, into the own store"));
    }

    @Override
    void define(CommandSpec spec) {
        spec.addPositional(parameter("FILE|-", "1", "The file, or - for stdin."));
        spec.addOption(flag("--keep-going", "Leave bad records out instead of importing nothing"));
        spec.addOption(Input.agentLabel());
        spec.addOption(choice("--format", List.of("text", "json"), "How to print what was done"));
    }

    @Override
    int run(Invocation in) throws IOException {
        boolean json = in.choice("--format").equals("json");
        String file = in.argument();
        if (in.demo()) {
            throw Failure.notAllowed("The sample calls cannot be changed.", "Leave out --demo to use a store of your own.");
        }
        FormatHints hints = Input.hints(in, file);
        String name = Input.name(file);
        ImportReport report;
        try (InputStream input = Input.open(in.io(), file);
                ConversationStore store = in.wiring().store();
                Records records = Formats.open(input, name, hints)) {
            report = new Importer(store, in.settings().region())
                    .run(
                            records,
                            name,
                            in.flag("--keep-going"),
                            bad -> in.terminal().warn(bad.problem().detail() + (bad.problem().hint() == null ? "" : " " + bad.problem().hint())),
                            read -> in.terminal().progress("Importing " + name + ": " + read + " records"));
        } finally {
            in.terminal().progress("");
        }
        if (json) {
            in.io().out().print(ImportReportWriter.json(report));
        } else {
            in.terminal().note(ImportReportWriter.sentence(report, name));
        }
        return report.bad() > 0 ? ExitCode.USAGE : ExitCode.OK;
    }
}
