package dev.agentassist.cli;

import dev.agentassist.audit.Audit;
import dev.agentassist.audit.AuditCalls;
import dev.agentassist.audit.AuditRowJson;
import dev.agentassist.audit.AuditSummary;
import dev.agentassist.audit.Call;
import dev.agentassist.audit.ModelQuestions;
import dev.agentassist.audit.Scope;
import dev.agentassist.audit.policy.Policies;
import dev.agentassist.audit.policy.Policy;
import dev.agentassist.audit.policy.PolicyReader;
import dev.agentassist.brief.Brief.Severity;
import dev.agentassist.problem.Failure;
import dev.agentassist.render.AuditPrometheus;
import dev.agentassist.render.AuditText;
import dev.agentassist.render.AuditWriter;
import dev.agentassist.store.ConversationStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.LongConsumer;
import java.util.stream.Stream;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** {@code assist audit}: many calls held against a policy, for cron. */
final class AuditCommand extends Command {

    private static final int LONGEST_POLICY = 2_000_000;

    /** How often the progress line is renewed, in calls. */
    private static final int PROGRESS_EVERY = 500;

    @Override
    String name() {
        return "audit";
    }

    @Override
    String summary() {
        return "Hold many calls against a policy, and say which break it";
    }

    @Override
    List<String> description() {
        return List.of(
                "Examines calls that ended (the last 24 hours unless told otherwise), newest first, and writes a line a call:"
                        + " the rules that do not hold, the turns that show it, and a fingerprint for each finding that is the"
                        + " same every night. Nothing that was said in a call is written, only the policy's own words.",
                "",
                "A policy is a YAML file: phrases that must or must not be said, values that must be collected, tools that must"
                        + " have been called, limits, mood and compliance flags, and questions put to the model (--model), whose answers must be"
                        + " borne out by quotes. Four come along: " + String.join(", ", Policies.NAMES)
                        + " (share/policies beside the program, with their JSON Schema). It is checked before anything runs.",
                "",
                "With --output a journal lies beside the file until all is done: a run that was killed goes on with --resume,"
                        + " with the times of the first run. Two runs for one output exclude each other (6). With --shard the part"
                        + " goes into the names of the output and of --prometheus: audit.jsonl becomes audit.2-of-4.jsonl.",
                "",
                "Exit code 7 when a finding reaches --fail-on, else 6 when a call could not be examined or a cap stopped the run"
                        + " (--resume does what is missing), else 0.");
    }

    @Override
    List<Example> examples() {
        return List.of(
                new Example("assist audit --demo --since 2026-11-01 --fail-on never", "The sample calls under the starter policy"),
                new Example("assist audit --demo --since 2026-11-01 --fail-on never --policy delivery --format csv --output audit.csv", "Another policy, as a table in a file"),
                new Example("assist audit --demo --since 2026-11-01 --dry-run", "What a run would do"));
    }

    @Override
    List<Command> subcommands() {
        return List.of(new AuditDiffCommand(), new AuditExplainCommand());
    }

    @Override
    boolean runs() {
        return true;
    }

    @Override
    void define(CommandSpec spec) {
        AuditSelection.define(spec);
        spec.addOption(policyOption());
        spec.addOption(choice("--format", AuditWriter.NAMES, "How to write it"));
        spec.addOption(option("--output", "FILE", "Write it to this file, whole or not at all, instead of stdout"));
        spec.addOption(option("--prometheus", "FILE", "Also write figures for node_exporter's textfile collector"));
        spec.addOption(choice("--fail-on", List.of("medium", "low", "high", "never"), "The severity from which a finding ends the run with 7"));
        spec.addOption(option("--concurrency", "N", "Calls examined at once (default: one a processor)"));
        spec.addOption(option("--rate", "N/min", "Questions to the model a minute (default: no limit)"));
        spec.addOption(option("--max-calls", "N", "Stop, with what is done, when the model was asked so often"));
        spec.addOption(option("--max-tokens", "N", "Stop, with what is done, when the model took so many tokens"));
        spec.addOption(flag("--resume", "Go on with the unfinished run beside --output"));
        spec.addOption(flag("--dry-run", "Check the policy and count the calls, and do no more"));
    }

    static OptionSpec policyOption() {
        return option("--policy", "FILE", Policies.NAMES.getFirst(), "A policy's file (- for stdin), or one of " + String.join(", ", Policies.NAMES));
    }

    /** A bundled one by name, else a file. */
    static Policy policy(Invocation in) {
        String named = in.value("--policy");
        return Policies.NAMES.contains(named)
                ? PolicyReader.read("the policy " + named, Policies.text(named))
                : PolicyReader.read(Input.name(named), Input.text(in.io(), named, LONGEST_POLICY));
    }

    @Override
    int run(Invocation in) throws IOException {
        Policy policy = policy(in);
        AuditSelection selection = AuditSelection.of(in);
        String output = in.value("--output");
        if (output == null && in.flag("--resume")) {
            throw Failure.badInput("--resume goes on with a file, and none is named.", "Give the --output of the run that was interrupted.");
        }
        // Whether the policy asks a model or not: a mistake shows on the first night.
        int rate = rate(in);
        ModelQuestions.Budget budget = budget(in);
        String figures = in.value("--prometheus") == null ? null : named(in.value("--prometheus"), selection.calls());
        try (ConversationStore store = in.wiring().store()) {
            Scope scope = selection.scope(policy, store.describe());
            if (in.flag("--dry-run")) {
                return dryRun(in, policy, selection.calls(), store, scope);
            }
            if (figures != null) {
                Output.check(figures);
            }
            Audit audit = in.wiring().audit(policy, policy.asksModel() ? in.wiring().questions(rate, budget) : null, gate(in), workers(in));
            AuditSummary summary = examine(in, audit, selection.calls(), store, scope, output);
            // Whoever read and closed the pipe has what they wanted, as head does.
            boolean closed = output == null && in.io().out().checkError();
            if (!closed) {
                tell(in, summary, output);
            }
            if (figures != null) {
                Output.writeForOthers(figures, AuditPrometheus.write(summary, selection.calls().shard()));
            }
            return closed ? ExitCode.OK : ExitCode.of(summary);
        }
    }

    private static int rate(Invocation in) {
        String rate = in.value("--rate");
        if (rate == null) {
            return 0;
        }
        if (!rate.matches("[1-9][0-9]{0,6}(/min)?")) {
            throw Failure.badInput("“" + rate + "” is no rate.", "Write questions a minute, as in --rate 60/min.");
        }
        return Integer.parseInt(rate.replace("/min", ""));
    }

    private static ModelQuestions.Budget budget(Invocation in) {
        return new ModelQuestions.Budget(
                in.value("--max-calls") == null ? 0 : in.number("--max-calls", 1),
                in.value("--max-tokens") == null ? 0 : in.number("--max-tokens", 1));
    }

    private static Severity gate(Invocation in) {
        String from = in.choice("--fail-on");
        return from.equals("never") ? null : Severity.valueOf(from.toUpperCase(Locale.ROOT));
    }

    private static int workers(Invocation in) {
        return in.value("--concurrency") == null
                ? Runtime.getRuntime().availableProcessors()
                : in.number("--concurrency", 1);
    }

    private static AuditSummary examine(
            Invocation in, Audit audit, AuditCalls calls, ConversationStore store, Scope scope, String output)
            throws IOException {
        String format = in.choice("--format");
        Audit.Source source = s -> calls.open(store, s);
        LongConsumer progress = n -> {
            if (n % PROGRESS_EVERY == 0) {
                in.terminal().progress("Examined " + n + " calls …");
            }
        };
        try {
            if (output != null) {
                Path file = Path.of(named(output, calls)).toAbsolutePath();
                if (!in.flag("--resume") && Audit.unfinished(file)) {
                    in.terminal().warn("An unfinished run of " + file.getFileName() + " is dropped; --resume would have gone on with it.");
                }
                return audit.file(
                        file,
                        scope,
                        in.flag("--resume"),
                        source,
                        (summary, rows) -> Output.write(file.toString(), out -> {
                            AuditWriter.of(format).write(summary, rows, out);
                            return summary.calls();
                        }),
                        progress);
            }
            return format.equals("jsonl") ? stream(in, audit, scope, source, progress) : whole(in, audit, scope, source, format, progress);
        } finally {
            in.terminal().progress("");
        }
    }

    /** {@code audit.jsonl} becomes {@code audit.2-of-4.jsonl}: each part has a file of its own. */
    static String named(String output, AuditCalls calls) {
        int name = output.lastIndexOf('/') + 1;
        int dot = output.lastIndexOf('.');
        String suffix = calls.shard().suffix();
        return dot > name ? output.substring(0, dot) + suffix + output.substring(dot) : output + suffix;
    }

    private static AuditSummary stream(Invocation in, Audit audit, Scope scope, Audit.Source source, LongConsumer progress) {
        return audit.stream(
                scope,
                source,
                (row, policy) -> {
                    in.io().out().print(AuditRowJson.line(row, policy) + "\n");
                    return !in.io().out().checkError();
                },
                progress);
    }

    /** A format that begins with what is known last. */
    private static AuditSummary whole(
            Invocation in, Audit audit, Scope scope, Audit.Source source, String format, LongConsumer progress)
            throws IOException {
        Path folder = Files.createTempDirectory("assist-audit");
        try {
            Path file = folder.resolve("audit");
            return audit.file(
                    file,
                    scope,
                    false,
                    source,
                    (summary, rows) -> {
                        AuditWriter.of(format).write(summary, rows, in.io().out());
                        in.io().out().flush();
                    },
                    progress);
        } finally {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.toList()) {
                    Files.deleteIfExists(file);
                }
            }
            Files.deleteIfExists(folder);
        }
    }

    private static void tell(Invocation in, AuditSummary summary, String output) {
        String text = AuditText.summary(summary);
        if (summary.gateHolds() && summary.errors() == 0 && summary.stopped() == null) {
            in.terminal().note(text);
        } else {
            in.terminal().warn(text);
        }
        if (summary.stopped() != null) {
            in.terminal().warn(summary.stopped());
        }
        if (summary.unfinished() && output != null) {
            in.terminal().warn("--resume does what is missing.");
        }
    }

    private static int dryRun(Invocation in, Policy policy, AuditCalls calls, ConversationStore store, Scope scope) {
        long count;
        try (Stream<Call> all = calls.open(store, scope)) {
            count = all.count();
        }
        in.io().out().print("policy  " + policy.label() + ", " + policy.rules().size() + " rules" + (policy.asksModel() ? ", some of them for a model" : "") + "\n"
                + "store   " + store.describe() + "\n"
                + "calls   " + count + (scope.since() == null ? "" : ", begun since " + scope.since())
                + (scope.until() == null ? "" : " and before " + scope.until()) + "\n");
        return ExitCode.OK;
    }
}
