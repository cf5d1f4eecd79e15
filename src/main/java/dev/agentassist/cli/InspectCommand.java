package dev.agentassist.cli;

import dev.agentassist.config.Key;
import dev.agentassist.config.Setting;
import dev.agentassist.problem.Failure;
import dev.agentassist.render.TokenReportWriter;
import dev.agentassist.token.TokenInspector;
import dev.agentassist.token.TokenReport;
import java.util.List;
import java.util.regex.Pattern;
import picocli.CommandLine.Model.CommandSpec;

/** {@code assist inspect}: what a token grants. */
final class InspectCommand extends Command {

    /** A token is a few hundred bytes; metadata can make it longer. */
    private static final int LARGEST = 1 << 20;

    /** The argument is one, and no file's name: {@code ey} begins every JSON object in Base64. */
    private static final Pattern TOKEN = Pattern.compile("ey[\\w-]+\\.ey[\\w-]+\\.[\\w-]*");

    @Override
    String name() {
        return "inspect";
    }

    @Override
    String summary() {
        return "Tell what a token grants, to whom and until when";
    }

    @Override
    List<String> description() {
        return List.of(
                "Reads a LiveKit token, or what assist token printed, and tells in plain words what it grants."
                        + " The signature is verified when the API key and secret are set. Warns when the token is not"
                        + " listen-only. A token is never taken as an argument: arguments show in process lists.",
                "",
                "Ends with 7 when the key is ours but the signature is not.");
    }

    @Override
    List<Example> examples() {
        return List.of(
                new Example("assist token room:call-42 --no-check | assist inspect -", "What assist token has just minted"),
                new Example("assist inspect token.txt --format json", "A token in a file, as JSON"));
    }

    @Override
    boolean repeatsWords() {
        return false;
    }

    @Override
    void define(CommandSpec spec) {
        spec.addPositional(parameter("FILE|-", "1", "A file that holds the token, or - for stdin."));
        spec.addOption(choice("--format", List.of("text", "json"), "How to print it"));
    }

    @Override
    int run(Invocation in) {
        boolean json = in.choice("--format").equals("json");
        if (TOKEN.matcher(in.argument()).matches()) {
            throw Failure.badInput(
                    "A token is not taken as an argument, which shows in process lists and shell histories.",
                    "Put it into a file, or pipe it in: assist inspect -");
        }
        String text = Input.text(in.io(), in.argument(), LARGEST);
        Setting key = in.settings().get(Key.LIVEKIT_API_KEY);
        Setting secret = key.present() ? in.settings().get(Key.LIVEKIT_API_SECRET) : key;
        boolean both = key.present() && secret.present();
        var now = in.io().clock().instant();
        TokenReport report = new TokenInspector(both ? key.value() : null, both ? secret.value() : null, now)
                .inspect(text, Input.name(in.argument()));
        in.io().out().print(json ? TokenReportWriter.json(report) : TokenReportWriter.text(report, now));
        in.io().out().flush();
        if (!report.listenOnly()) {
            in.terminal().warn("This token is not listen-only.");
        }
        report.warnings().forEach(in.terminal()::warn);
        return report.signature() == TokenReport.Signature.MISMATCH ? ExitCode.CHECK_FAILED : ExitCode.OK;
    }
}
