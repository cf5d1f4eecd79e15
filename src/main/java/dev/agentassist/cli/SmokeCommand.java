package dev.agentassist.cli;

import dev.agentassist.capability.Tried;
import dev.agentassist.problem.Failure;
import dev.agentassist.render.SmokeWriter;
import dev.agentassist.smoke.CheckResult;
import dev.agentassist.smoke.Smoke;
import dev.agentassist.smoke.SmokeCheck;
import dev.agentassist.smoke.SmokeOptions;
import dev.agentassist.smoke.SmokeReport;
import dev.agentassist.terminal.Interrupt;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/** {@code assist smoke}: a canary call through the real deployment, for CI. */
final class SmokeCommand extends Command {

    @Override
    String name() {
        return "smoke";
    }

    @Override
    String summary() {
        return "Prove a deployment with a canary call";
    }

    @Override
    List<String> description() {
        return List.of(
                "Makes a room of its own, has an agent and a caller speak in it, listens unseen, and proves what the other"
                        + " commands promise: text word for word, sound, latency, that the others are told nothing of a listener,"
                        + " that a listener cannot publish even when it tries, that a token for a call that ended is refused, and"
                        + " that a brief is whole. No agent is summoned into the room. Then everything is removed, also after"
                        + " Ctrl-C; what a run that was killed left is removed by the next one.",
                "",
                "It makes a room and fires webhooks, and puts a record into the store for as long as it lasts (into one that is"
                        + " thrown away where the store may only be read, or is not there yet). So it asks first, and wants --yes"
                        + " where nobody can be asked. --timeout is for each single wait, --within"
                        + " for all of them: the check that its end falls into has failed, and the rest is not tried.",
                "",
                "Checks: " + all().stream().map(SmokeCheck::wire).collect(Collectors.joining(", ")) + ". ended and brief alone need no room.",
                "",
                "Exit code 7 when a check fails, 6 when the deployment cannot be reached, 4 when it refuses the keys.");
    }

    private static Set<SmokeCheck> all() {
        return EnumSet.complementOf(EnumSet.of(SmokeCheck.CLEANUP));
    }

    @Override
    List<Example> examples() {
        return List.of(
                new Example("assist smoke --dry-run", "What it would do"),
                new Example("assist smoke --yes --format junit > smoke.xml", "In CI"),
                new Example("assist smoke --yes --only connect,latency --max-text 2s --format json", "How fast it is"));
    }

    @Override
    void define(CommandSpec spec) {
        spec.addOption(option("--only", "CHECKS", "Try these alone, separated by commas"));
        spec.addOption(option("--skip", "CHECKS", "Try all but these"));
        spec.addOption(option("--max-connect", "DURATION", "5s", "The limit for connecting the listener"));
        spec.addOption(option("--max-text", "DURATION", "2s", "The limit for the slowest text, from sending to reading"));
        spec.addOption(option("--max-sound", "DURATION", "1s", "The limit for sound (median), from sending to hearing"));
        spec.addOption(option("--within", "DURATION", "5m", "The limit for the whole run"));
        spec.addOption(option("--sweep-after", "DURATION", "10m", "Remove rooms and records of earlier canaries that are older"));
        spec.addOption(choice("--format", SmokeWriter.NAMES, "How to print it"));
        spec.addOption(flag("--yes", "Do not ask"));
        spec.addOption(flag("--dry-run", "Tell what would be done, and do nothing"));
    }

    @Override
    int run(Invocation in) {
        String format = in.choice("--format");
        SmokeOptions options = options(in);
        if (in.flag("--dry-run")) {
            in.io().out().print(plan(in, options));
            return ExitCode.OK;
        }
        if (options.needsCall() && !in.flag("--yes")) {
            if (!in.terminal().canAsk()) {
                throw Failure.badInput(
                        "A canary call makes a room and fires webhooks, and there is no terminal to ask on.", "Add --yes; --dry-run tells what it would do.");
            }
            if (!in.terminal().confirm("Make a canary call on " + in.wiring().liveKit().wsUrl() + "?")) {
                in.terminal().note("Nothing was done.");
                return ExitCode.OK;
            }
        }
        Smoke smoke = in.wiring().smoke(options);
        SmokeReport report;
        try (var interrupt = new Interrupt(() -> {
            in.terminal().progress("");
            try {
                smoke.cleanUp();
            } catch (Failure e) {
                in.terminal().warn("Not all could be removed, the next run does: " + e.problem().detail());
            }
        })) {
            report = smoke.run();
        }
        if (report.serverVersion() != null) {
            remember(in, report, smoke.relays());
        }
        in.io().out().print(switch (format) {
            case "json" -> SmokeWriter.json(report);
            case "junit" -> SmokeWriter.junit(report);
            case "prometheus" -> SmokeWriter.prometheus(report);
            default -> SmokeWriter.text(report, in.terminal().width(), in.terminal()::paint);
        });
        if (report.problem() != null && !report.failed()) {
            in.io().out().flush();
            throw new Failure(report.problem());
        }
        return ExitCode.of(report);
    }

    /** For assist doctor. */
    private static void remember(Invocation in, SmokeReport report, List<String> relays) {
        var tried = new ArrayList<Tried>();
        Instant at = report.started();
        if (!report.serverVersion().isEmpty()) {
            tried.add(new Tried(Tried.Feature.SERVER_VERSION, true, "LiveKit " + report.serverVersion() + ".", at));
        }
        tried.add(new Tried(
                Tried.Feature.RELAYS,
                !relays.isEmpty(),
                relays.isEmpty() ? "The server names no relay (TURN): from behind some firewalls there is no way to it." : "Relays: " + String.join(", ", relays) + ".",
                at));
        String path = report.figures().mediaPath();
        tried.add(new Tried(
                Tried.Feature.MEDIA,
                path != null,
                path == null ? "The server lets callers in, but no connection for media came about from here." : "Media gets through, by " + path + ".",
                at));
        long failed = report.count(CheckResult.State.FAILED);
        tried.add(new Tried(
                Tried.Feature.CANARY_CALL,
                report.passed(),
                report.passed()
                        ? "The last canary call held in all " + report.results().size() + " checks."
                        : "The last canary call failed in " + failed + " of " + report.results().size() + " checks.",
                at));
        in.wiring().capabilities().note(report.server(), tried.toArray(Tried[]::new));
    }

    private static SmokeOptions options(Invocation in) {
        Set<SmokeCheck> checks = EnumSet.copyOf(in.value("--only") == null ? all() : SmokeCheck.parse(in.value("--only"), "--only"));
        if (in.value("--skip") != null) {
            checks.removeAll(SmokeCheck.parse(in.value("--skip"), "--skip"));
        }
        if (checks.isEmpty()) {
            throw Failure.badInput("No check is left.", "Leave some out of --skip.");
        }
        return new SmokeOptions(
                checks,
                in.settings().timeout(),
                in.duration("--within"),
                in.duration("--max-connect"),
                in.duration("--max-text"),
                in.duration("--max-sound"),
                in.duration("--sweep-after"));
    }

    private static String plan(Invocation in, SmokeOptions options) {
        var plan = new StringBuilder();
        plan.append("server  ").append(in.wiring().liveKit().wsUrl()).append('\n');
        plan.append("room    ").append(options.needsCall()
                ? "assist-smoke-…, with one dispatch to an agent that nobody has, for an agent, a caller, two hidden listeners and a visible one; removed afterwards\n"
                : "none\n");
        plan.append("record  assist-smoke-… in ").append(in.wiring().canaryStore()).append("; removed afterwards\n");
        for (SmokeCheck check : SmokeCheck.values()) {
            if (options.checks().contains(check)) {
                plan.append("check   ").append(String.format("%-8s ", check.wire())).append(check.meaning()).append('\n');
            }
        }
        return plan.toString();
    }
}
