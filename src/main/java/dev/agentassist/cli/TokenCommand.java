package dev.agentassist.cli;

import dev.agentassist.conversation.Target;
import dev.agentassist.render.TokenWriter;
import dev.agentassist.terminal.Terminal;
import dev.agentassist.token.ListenRequest;
import dev.agentassist.token.ListenerToken;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code assist token}: a listener token for a call in progress. */
final class TokenCommand extends Command {

    @Override
    String name() {
        return "token";
    }

    @Override
    String summary() {
        return "Mint a hidden, listen-only token for a call in progress";
    }

    @Override
    List<String> description() {
        return List.of(
                "Mints a short-lived token with which a LiveKit client joins a call unseen: it can subscribe, it cannot"
                        + " publish sound or data, and no other participant is told of it.",
                "",
                "What it is not: Expiry gates joining only; a listener that joined stays until it leaves or is removed"
                        + " (assist listeners remove). A removed listener can come back for some minutes. Hidden is not"
                        + " invisible to the deployment's owner: the room's count rises, webhooks fire, and"
                        + " ListParticipants shows it.",
                "",
                "Each request leaves a line in the listen audit log (agent-assist/listen.jsonl in $XDG_STATE_HOME).");
    }

    @Override
    List<Example> examples() {
        return List.of(
                new Example("assist token +14155550132", "The newest active call of a number"),
                new Example("assist token room:call-42 --ttl 5m --reason \"caller complains\"", "A room, with five minutes to join"),
                new Example("assist token room:call-42 --format env", "As shell variables"));
    }

    @Override
    void define(CommandSpec spec) {
        spec.addPositional(target());
        listenOptions(spec);
        spec.addOption(option("--ttl", "DURATION", "60s", "How long the token can be used to join, at most 1h"));
        spec.addOption(flag("--no-check", "Do not ask LiveKit whether the call is in progress"));
        spec.addOption(choice("--format", List.of("json", "text", "token", "env"), "How to print it"));
    }

    /** What every command that listens takes. */
    static void listenOptions(CommandSpec spec) {
        spec.addOption(option("--reason", "TEXT", "Why, for the audit log"));
        spec.addOption(option("--as", "NAME", "Who listens, for the audit log (default: the operating system's user)"));
        spec.addOption(flag("--force", "Take even the last free place of a room with a limit"));
    }

    @Override
    boolean jsonByDefault() {
        return true;
    }

    @Override
    int run(Invocation in) {
        String format = in.choice("--format");
        var request = new ListenRequest(
                in.duration("--ttl"),
                in.value("--as") == null ? in.io().user() : in.value("--as"),
                in.value("--reason"),
                in.flag("--force"));
        Target target = in.target();
        boolean check = !in.flag("--no-check");
        ListenerToken token = in.wiring().tokens().mint(target, in.wiring().calls(check)::find, request);
        in.io().out().print(switch (format) {
            case "text" -> Terminal.printable(TokenWriter.text(token));
            case "token" -> TokenWriter.token(token);
            case "env" -> TokenWriter.env(token);
            default -> TokenWriter.json(token);
        });
        return ExitCode.OK;
    }
}
