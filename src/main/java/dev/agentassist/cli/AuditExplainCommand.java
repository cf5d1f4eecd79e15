package dev.agentassist.cli;

import dev.agentassist.audit.Explanation;
import dev.agentassist.audit.ModelQuestions;
import dev.agentassist.render.AuditExplanationText;
import dev.agentassist.store.ConversationStore;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code assist audit explain}. */
final class AuditExplainCommand extends Command {

    @Override
    String name() {
        return "explain";
    }

    @Override
    String summary() {
        return "Show the rule, the call and the turns behind a finding";
    }

    @Override
    List<String> description() {
        return List.of(
                "Finds a finding again by its fingerprint (or as RULE@CONVERSATION), examines its call anew, and shows the rule,"
                        + " the turns, and how to let it pass for a time.");
    }

    @Override
    List<Example> examples() {
        return List.of(new Example("assist audit explain --demo caller-is-not-frustrated@conv_3Hn8angry", "By rule and conversation"));
    }

    @Override
    void define(CommandSpec spec) {
        spec.addPositional(parameter("FINDING", "1", "A fingerprint of 16 characters, or RULE@CONVERSATION."));
        spec.addOption(AuditCommand.policyOption());
    }

    @Override
    int run(Invocation in) {
        var policy = AuditCommand.policy(in);
        try (ConversationStore store = in.wiring().store()) {
            var today = LocalDate.ofInstant(in.io().clock().instant(), ZoneOffset.UTC);
            Explanation explained = Explanation.of(in.argument(), policy, store, in.wiring().briefsForRules(), policy.asksModel() ? in.wiring().questions(0, new ModelQuestions.Budget(0, 0)) : null, today);
            in.io().out().print(AuditExplanationText.write(explained));
        }
        return ExitCode.OK;
    }
}
