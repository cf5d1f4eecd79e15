package dev.agentassist.audit;

import dev.agentassist.audit.policy.Policy;
import dev.agentassist.audit.policy.Rule;
import dev.agentassist.brief.Brief;
import dev.agentassist.brief.redaction.Redactor;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.Transcript;
import dev.agentassist.conversation.Turn;
import dev.agentassist.problem.Failure;
import dev.agentassist.store.ConversationFilter;
import dev.agentassist.store.ConversationStore;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * A finding with the rule and the call behind it.
 *
 * @param finding as it is today, or null when the rule holds now
 * @param error why the call cannot be examined, or null
 * @param turns the turns that show it, or all spoken turns when the finding is that something is missing; secrets are
 *     taken out
 */
public record Explanation(Rule rule, ConversationInfo call, Finding finding, String error, String fingerprint, List<Turn> turns) {

    public Explanation {
        turns = List.copyOf(turns);
    }

    /**
     * Finds a finding again: fingerprints follow from rule and call alone, so the store's calls are tried, newest first.
     *
     * @param text a fingerprint, or {@code RULE@CONVERSATION}
     */
    public static Explanation of(
            String text,
            Policy policy,
            ConversationStore store,
            Function<Conversation, Brief> briefs,
            Questions questions,
            LocalDate today) {
        Rule rule = null;
        String id = null;
        int at = text.indexOf('@');
        if (at > 0) {
            String name = text.substring(0, at);
            rule = policy.rules().stream()
                    .filter(r -> r.id().equals(name))
                    .findFirst()
                    .orElseThrow(() -> Failure.notFound(
                            "The policy “" + policy.name() + "” has no rule “" + name + "”.", "Give its policy with --policy."));
            id = text.substring(at + 1);
        } else if (text.matches("[0-9a-f]{16}")) {
            try (Stream<ConversationInfo> all = store.list(ConversationFilter.ALL)) {
                for (Iterator<ConversationInfo> each = all.iterator(); id == null && each.hasNext(); ) {
                    ConversationInfo info = each.next();
                    rule = policy.rules().stream()
                            .filter(r -> Examination.fingerprint(r.id(), info.id()).equals(text))
                            .findFirst()
                            .orElse(null);
                    id = rule == null ? null : info.id();
                }
            }
        } else {
            throw Failure.badInput(
                    "“" + text + "” is no finding.", "Give a fingerprint of 16 characters, or RULE@CONVERSATION.");
        }
        if (rule == null) {
            throw Failure.notFound(
                    "No call in " + store.describe() + " has the finding " + text + " under the policy “" + policy.name() + "”.",
                    "Give the audit's own --store and --policy.");
        }
        String wanted = id;
        Conversation conversation = store.get(id)
                .orElseThrow(() -> Failure.notFound(
                        "There is no conversation “" + wanted + "” in " + store.describe() + ".", "Check the id and --store."));
        return of(rule, policy, conversation, briefs, questions, today);
    }

    private static Explanation of(
            Rule rule,
            Policy policy,
            Conversation conversation,
            Function<Conversation, Brief> briefs,
            Questions questions,
            LocalDate today) {
        var alone = new Policy(policy.name(), List.of(rule), policy.accepted(), policy.sha256());
        if (alone.asksModel() && questions == null) {
            throw Failure.badInput("The rule “" + rule.id() + "” asks a model, and none is configured.", "Set --model and --base-url.");
        }
        AuditRow row = new Examination(alone, briefs, questions, today).examine(conversation);
        Finding finding = row.findings().isEmpty() ? null : row.findings().getFirst();
        List<Turn> turns = new Redactor().redact(Transcript.read(conversation.transcript()).turns());
        List<Turn> shown = finding == null || finding.turns().isEmpty()
                ? turns
                : turns.stream().filter(t -> finding.turns().contains(t.number())).toList();
        return new Explanation(
                rule, conversation.info(), finding, row.error(), Examination.fingerprint(rule.id(), conversation.id()), shown);
    }
}
