package dev.agentassist.cli;

import dev.agentassist.audit.AuditDiff;
import dev.agentassist.render.AuditDiffWriter;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code assist audit diff}. */
final class AuditDiffCommand extends Command {

    @Override
    String name() {
        return "diff";
    }

    @Override
    String summary() {
        return "Tell which findings are new, gone and still there between two audits";
    }

    @Override
    List<String> description() {
        return List.of(
                "Compares two outputs of assist audit (jsonl) by the findings' fingerprints. A finding counts as gone only when"
                        + " the second audit examined its call; the others are counted on stderr. Exit code 7 when there is a new one.");
    }

    @Override
    void define(CommandSpec spec) {
        spec.addPositional(parameter("FILE", "2..*", "The earlier output and the later one (- for stdin)."));
        spec.addOption(choice("--format", List.of("text", "jsonl"), "How to print it"));
    }

    @Override
    int run(Invocation in) throws IOException {
        List<String> files = in.arguments();
        if (files.size() != 2) {
            throw dev.agentassist.problem.Failure.badInput(
                    "Two audits are compared, and " + files.size() + (files.size() == 1 ? " is named." : " are named."), "Give the earlier file and the later one.");
        }
        String a = files.get(0);
        String b = files.get(1);
        AuditDiff diff;
        try (BufferedReader before = reader(in, a);
                BufferedReader after = reader(in, b)) {
            diff = AuditDiff.of(before, Input.name(a), after, Input.name(b));
        }
        in.io().out().print(in.choice("--format").equals("text") ? AuditDiffWriter.text(diff) : AuditDiffWriter.jsonLines(diff));
        in.terminal().note(diff.added().size() + " new, " + diff.gone().size() + " gone, " + diff.still().size() + " still there"
                + (diff.notExamined() == 0 ? "." : "; " + diff.notExamined() + " in calls that the later audit did not examine."));
        return diff.added().isEmpty() ? ExitCode.OK : ExitCode.CHECK_FAILED;
    }

    private static BufferedReader reader(Invocation in, String file) {
        return new BufferedReader(new InputStreamReader(Input.open(in.io(), file), StandardCharsets.UTF_8));
    }
}
