package dev.agentassist.cli;

import dev.agentassist.config.Key;
import dev.agentassist.conversation.Target;
import dev.agentassist.live.segment.Role;
import dev.agentassist.livekit.LiveKitServer;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.render.TailJson;
import dev.agentassist.render.TailMarkdown;
import dev.agentassist.render.TailText;
import dev.agentassist.render.TailVtt;
import dev.agentassist.tail.AllRooms;
import dev.agentassist.tail.CallSource;
import dev.agentassist.tail.GivenToken;
import dev.agentassist.tail.Tail;
import dev.agentassist.tail.TailCall;
import dev.agentassist.tail.TailFormat;
import dev.agentassist.tail.TailOptions;
import dev.agentassist.tail.TailOutcome;
import dev.agentassist.tail.TextPattern;
import dev.agentassist.terminal.Interrupt;
import dev.agentassist.token.ListenLog;
import dev.agentassist.token.ListenRequest;
import dev.agentassist.token.ListenerClaims;
import java.io.PrintStream;
import java.time.Duration;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Model.CommandSpec;

/** {@code assist tail}: what is being said in calls, as it is said. */
final class TailCommand extends Command {

    private static final Duration TTL = Duration.ofSeconds(60);
    private static final int LONGEST_TOKEN = 64 * 1024;

    @Override
    String name() {
        return "tail";
    }

    @Override
    String summary() {
        return "Print what is said in calls as it is said";
    }

    @Override
    List<String> description() {
        return List.of(
                "Joins calls unseen, listens only, and prints what is transcribed there: on a terminal what is not final yet"
                        + " is rewritten in place, in a pipe there is one line for each settled segment, flushed at once."
                        + " Within a speaker the lines come in the order in which they were said.",
                "",
                "It ends with the call (the agent or the last other participant leaves, the room is deleted, or the"
                        + " conversation's record says that it is over) or after --max-duration, with 0; with 4 when somebody"
                        + " removes the listener, with 6 when a lost connection is not regained within --timeout. --all runs"
                        + " until it is interrupted. A gap in the connection is said as one.",
                "",
                "A reader that stops reading delays nobody: up to 256 MB of lines wait in a temporary file; what is above"
                        + " that is left out, and said. After the end of the call it is waited for five minutes. --save writes"
                        + " each line into the store before it is shown.",
                "",
                "Each listen leaves its line in the listen audit log (agent-assist/listen.jsonl in $XDG_STATE_HOME); one that"
                        + " is saved says so.");
    }

    @Override
    List<Example> examples() {
        return List.of(
                new Example("assist tail +14155550132", "The newest active call of a number"),
                new Example("assist tail room:call-42 --format jsonl", "Everything that is known of each event"),
                new Example("assist tail --all --match \"refund|cancel\"", "Every live call, with the words marked"),
                new Example("assist token room:call-42 | assist tail --token -", "With a token that somebody else minted"));
    }

    @Override
    void define(CommandSpec spec) {
        spec.addPositional(parameter(
                "TARGET",
                "0..*",
                "Callers' numbers (+14155550132, or tel:… in any spelling of --region), LiveKit rooms (room:NAME), or"
                        + " conversations' ids."));
        spec.addOption(flag("--all", "Every live call of the deployment, new ones as they begin"));
        spec.addOption(option("--token", "FILE", "A listener token, or what assist token prints; - for stdin"));
        spec.addOption(option("--url", "URL", "The LiveKit server for --token (default: the one that came with it, or --livekit-url)"));
        spec.addOption(choice("--format", List.of("text", "jsonl", "vtt", "markdown"), "How to print it"));
        spec.addOption(flag("--interim", "Show what is not final yet (the default on a terminal)"));
        spec.addOption(flag("--no-interim", "Show settled segments only"));
        spec.addOption(flag("--from-start", "Show first what the store has of the call"));
        spec.addOption(option("--match", "REGEX", "Mark the segments in which it is found"));
        spec.addOption(option("--exec", "CMD", "Run a command, without a shell, for each match, with the event as JSON on its stdin"));
        spec.addOption(flag("--save", "Write the call into the store as it goes"));
        spec.addOption(flag("--redact", "Take card numbers, codes, passwords and national ids out; what ends in a number waits up to 4 s for the rest of it"));
        spec.addOption(option("--speaker", "agent|caller", "Show one side only"));
        spec.addOption(flag("--timestamps", "The time before each line"));
        spec.addOption(option("--max-duration", "DURATION", "Leave after so long"));
        spec.addOption(option("--wait", "DURATION", "0s", "Wait so long for the call to begin"));
        spec.addOption(option("--output", "FILE", "Write to a file instead of stdout"));
        TokenCommand.listenOptions(spec);
    }

    @Override
    int run(Invocation in) throws Exception {
        List<Target> targets = new ArrayList<>();
        in.arguments().forEach(a -> targets.add(Target.parse(a, in.settings().region())));
        check(in, targets);
        boolean screen = in.choice("--format").equals("text") && in.value("--output") == null && in.terminal().rewritesOut();
        TailOptions options = options(in, screen);
        boolean several = in.flag("--all") || targets.size() > 1;
        PrintStream out = in.value("--output") == null ? in.io().out() : Output.stream(in.value("--output"));
        var parts = new Tail.Parts(
                in.wiring().live(),
                in.settings().timeout(),
                Version.current(),
                in.io().clock(),
                in.wiring()::store,
                out,
                in.terminal()::note,
                in.terminal()::warn);
        try (var tail = new Tail(parts, options, format(in, screen, several), new TailJson());
                var interrupt = new Interrupt(() -> {
                    tail.stop();
                    tail.leave();
                })) {
            if (in.flag("--all")) {
                return all(in, tail, options);
            }
            return some(in, tail, targets, options);
        } finally {
            if (out != in.io().out()) {
                out.close();
            }
        }
    }

    private static void check(Invocation in, List<Target> targets) {
        boolean token = in.value("--token") != null;
        int ways = (targets.isEmpty() ? 0 : 1) + (in.flag("--all") ? 1 : 0) + (token ? 1 : 0);
        boolean forItsRoom = token && targets.size() == 1 && targets.getFirst() instanceof Target.Room && !in.flag("--all");
        if (ways != 1 && !forItsRoom) {
            throw Failure.badInput(
                    ways == 0 ? "What to follow is not said." : "TARGET, --all and --token exclude each other.",
                    "Name a number, a room (room:NAME) or a conversation, or say --all, or give --token FILE.");
        }
        if (in.flag("--interim") && (in.flag("--no-interim") || in.flag("--redact"))) {
            throw Failure.badInput(
                    "--interim and " + (in.flag("--redact") ? "--redact" : "--no-interim") + " exclude each other.",
                    in.flag("--redact") ? "A number that is not complete yet cannot be recognised: leave --interim out." : "Give one of them.");
        }
        if (in.value("--exec") != null && in.value("--match") == null) {
            throw Failure.badInput("--exec needs --match: it runs once for each match.", "Add --match REGEX; . matches everything.");
        }
        if (in.value("--url") != null && !token) {
            throw Failure.badInput("--url goes with --token.", "Use --livekit-url for the deployment's address.");
        }
    }

    private static TailOptions options(Invocation in, boolean screen) {
        String speaker = in.value("--speaker");
        if (speaker != null && !speaker.equals("agent") && !speaker.equals("caller")) {
            throw Failure.badInput("“" + speaker + "” is no value of --speaker.", "Use agent or caller.");
        }
        boolean interim = in.flag("--interim") || screen && !in.flag("--no-interim") && !in.flag("--redact");
        return new TailOptions(
                interim,
                in.value("--match") == null ? null : TextPattern.of(in.value("--match")),
                in.value("--exec"),
                in.flag("--redact"),
                speaker == null ? null : speaker.equals("agent") ? Role.AGENT : Role.CALLER,
                in.flag("--save"),
                in.value("--max-duration") == null ? null : in.duration("--max-duration"));
    }

    private static TailFormat format(Invocation in, boolean screen, boolean several) {
        var zone = ZoneId.systemDefault();
        boolean timestamps = in.flag("--timestamps");
        return switch (in.choice("--format")) {
            case "jsonl" -> new TailJson();
            case "vtt" -> new TailVtt();
            case "markdown" -> new TailMarkdown(timestamps, several, zone);
            default -> new TailText(
                    new TailText.Layout(screen, in.terminal().width(), timestamps, several, zone),
                    (style, text) -> in.value("--output") == null ? in.terminal().paint(style, text) : text);
        };
    }

    private static int some(Invocation in, Tail tail, List<Target> targets, TailOptions options) throws InterruptedException {
        Map<String, TailCall> calls = new LinkedHashMap<>();
        if (in.value("--token") != null) {
            TailCall call = given(in, targets);
            calls.put(call.room(), call);
        } else {
            CallSource source = source(in, options);
            for (Target target : targets) {
                TailCall call = source.open(target, in.duration("--wait"));
                calls.putIfAbsent(call.room(), call);
            }
        }
        List<TailOutcome> outcomes = tail.run(calls.values(), in.flag("--from-start"));
        if (outcomes.size() == 1) {
            Problem problem = outcomes.getFirst().problem();
            if (problem != null) {
                throw new Failure(problem);
            }
            in.terminal().note(outcomes.getFirst().ending().detail());
            return ExitCode.OK;
        }
        int code = ExitCode.OK;
        for (TailOutcome outcome : outcomes) {
            if (outcome.problem() != null) {
                in.terminal().warn(outcome.problem().detail());
                code = code == ExitCode.OK ? ExitCode.of(outcome.problem()) : code;
            }
        }
        return code;
    }

    private static int all(Invocation in, Tail tail, TailOptions options) throws InterruptedException {
        CallSource source = source(in, options);
        new AllRooms(in.wiring().rooms(), source, in.terminal()::warn)
                .run(tail, in.flag("--from-start"), outcome -> {
                    if (outcome.problem() != null) {
                        in.terminal().warn(outcome.problem().detail());
                    }
                });
        return ExitCode.OK;
    }

    private static CallSource source(Invocation in, TailOptions options) {
        return new CallSource(
                in.wiring().calls(true)::find,
                in.wiring().tokens(),
                new ListenRequest(TTL, who(in), in.value("--reason"), in.flag("--force")),
                in.wiring()::store,
                options.save() || in.flag("--from-start"),
                call -> log(in, call.conversationId(), call.room(), ListenerClaims.identity(call.token())));
    }

    private static String who(Invocation in) {
        return in.value("--as") == null ? in.io().user() : in.value("--as");
    }

    private static TailCall given(Invocation in, List<Target> targets) {
        String source = in.value("--token");
        GivenToken given = GivenToken.read(
                Input.text(in.io(), source, LONGEST_TOKEN), Input.name(source), in.io().clock().instant());
        String room = given.report().room();
        if (room == null) {
            throw Failure.badInput("The token is good for no one room.", "Mint one with assist token TARGET.");
        }
        if (!targets.isEmpty() && targets.getFirst() instanceof Target.Room wanted && !wanted.name().equals(room)) {
            throw Failure.notAllowed(
                    "The token is for the room “" + room + "”, not for “" + wanted.name() + "”.", "Mint one with assist token room:" + wanted.name() + ".");
        }
        String url = in.value("--url") != null
                ? in.value("--url")
                : given.url() != null ? given.url() : in.settings().require(Key.LIVEKIT_URL);
        String address = LiveKitServer.of(url, "--url", "", "").wsUrl();
        log(in, null, room, given.report().identity());
        return new TailCall(address, given.token(), null, room, null, null);
    }

    private static void log(Invocation in, String conversation, String room, String identity) {
        in.wiring()
                .listenLog()
                .append(new ListenLog.Entry(
                        in.io().clock().instant().truncatedTo(ChronoUnit.MILLIS),
                        in.flag("--save") ? "recording" : "listening",
                        who(in),
                        in.value("--reason"),
                        conversation,
                        room,
                        identity,
                        null,
                        null));
    }
}
