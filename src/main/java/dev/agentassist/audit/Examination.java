package dev.agentassist.audit;

import dev.agentassist.audit.policy.Condition;
import dev.agentassist.audit.policy.Expectation;
import dev.agentassist.audit.policy.Policy;
import dev.agentassist.audit.policy.Rule;
import dev.agentassist.brief.Brief;
import dev.agentassist.brief.ToolUse;
import dev.agentassist.brief.text.Words;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.digest.Sha256;
import dev.agentassist.problem.Failure;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Holds one call against a policy. Thread-safe. */
public final class Examination {

    private final Policy policy;
    private final Function<Conversation, Brief> briefs;
    private final Questions questions;
    private final LocalDate today;

    /**
     * @param briefs makes the brief that rules about fields, mood and flags look at
     * @param questions null when there is no model: a policy that asks one is refused before
     * @param today until when acceptances are compared with, in UTC
     */
    public Examination(Policy policy, Function<Conversation, Brief> briefs, Questions questions, LocalDate today) {
        this.policy = policy;
        this.briefs = briefs;
        this.questions = questions;
        this.today = today;
    }

    /** Whatever is wrong with a call is said in its row: one broken call never ends an audit. */
    public AuditRow examine(Conversation conversation) {
        var call = new CallFacts(conversation, briefs);
        var findings = new ArrayList<Finding>();
        var passed = new ArrayList<String>();
        var other = new ArrayList<String>();
        String error = null;
        try {
            Map<String, Questions.Answer> answers = answers(call, conversation);
            for (Rule rule : policy.rules()) {
                Verdict verdict = applies(rule.when(), call) ? verdict(rule, call, answers) : Verdict.NOT_APPLICABLE;
                switch (verdict) {
                    case Verdict.Holds v -> passed.add(rule.id());
                    case Verdict.NotApplicable v -> other.add(rule.id());
                    case Verdict.Fails fails -> findings.add(finding(rule, conversation.id(), fails));
                    case null -> error = "The model gave no answer to the question of " + rule.id() + " that its evidence bears out.";
                }
            }
        } catch (BudgetSpent e) {
            throw e;
        } catch (Failure e) {
            error = e.problem().detail();
        } catch (RuntimeException e) {
            error = "This call cannot be examined (" + e.getClass().getSimpleName() + ").";
        }
        ConversationInfo info = conversation.info();
        return new AuditRow(
                info.id(), info.createdAt(), info.status().wire(), info.agentId(), findings, passed, other, error);
    }

    /** The row of a call that cannot be had. */
    static AuditRow missing(String id, String why) {
        return new AuditRow(id, null, null, null, List.of(), List.of(), List.of(), why);
    }

    private Map<String, Questions.Answer> answers(CallFacts call, Conversation conversation) {
        List<Rule> asked = policy.rules().stream()
                .filter(r -> r.expectation() instanceof Expectation.Ask)
                .filter(r -> !call.turns().isEmpty() && applies(r.when(), call))
                .toList();
        return asked.isEmpty() ? Map.of() : questions.ask(conversation, asked);
    }

    private boolean applies(Condition when, CallFacts call) {
        ConversationInfo info = call.info();
        return (when.directions().isEmpty() || info.direction() != null && when.directions().contains(info.direction()))
                && (when.channels().isEmpty() || info.channel() != null && when.channels().contains(info.channel()))
                && (when.statuses().isEmpty() || when.statuses().contains(info.status()))
                && (when.agents().isEmpty()
                        || info.agentId() != null && when.agents().contains(info.agentId())
                        || info.agentName() != null && when.agents().contains(info.agentName()))
                && (when.minTurns() == 0 || call.turns().size() >= when.minTurns())
                && (when.said() == null || new WordingCheck(call).met(when.said()));
    }

    /** Null when a model should have answered and did not. */
    private Verdict verdict(Rule rule, CallFacts call, Map<String, Questions.Answer> answers) {
        return switch (rule.expectation()) {
            case Expectation.MustSay e -> new WordingCheck(call).mustSay(e.wording());
            case Expectation.MustNotSay e -> new WordingCheck(call).mustNotSay(e.wording());
            case Expectation.MustCollect e -> collected(e, call);
            case Expectation.MustCall e -> called(e, call);
            case Expectation.Limits e -> new LimitCheck(call).check(e);
            case Expectation.Sentiment e -> mood(e, call);
            case Expectation.NoFlags e -> flags(e, call);
            case Expectation.Ask e -> call.turns().isEmpty() ? Verdict.NOT_APPLICABLE : answered(e, answers.get(rule.id()));
        };
    }

    private static Verdict collected(Expectation.MustCollect expected, CallFacts call) {
        if (call.turns().isEmpty()) {
            return Verdict.NOT_APPLICABLE;
        }
        for (Brief.Collected value : call.brief().informationCollected()) {
            String key = key(value.key());
            if (expected.anyOf().stream().anyMatch(name -> key(name).equals(key))) {
                return Verdict.HOLDS;
            }
        }
        return Verdict.fails("“" + String.join("” or “", expected.anyOf()) + "” is not collected.", List.of());
    }

    private static String key(String name) {
        return String.join(" ", Words.norms(name));
    }

    private static Verdict called(Expectation.MustCall expected, CallFacts call) {
        if (call.turns().isEmpty()) {
            return Verdict.NOT_APPLICABLE;
        }
        List<ToolUse> uses = call.tools().stream().filter(t -> expected.anyOf().contains(t.name())).toList();
        if (uses.isEmpty()) {
            return Verdict.fails("The tool " + String.join(" or ", expected.anyOf()) + " is not called.", List.of());
        }
        if (!expected.succeeded() || uses.stream().anyMatch(t -> t.outcome() == ToolUse.Outcome.OK)) {
            return Verdict.HOLDS;
        }
        return Verdict.fails(
                "The tool " + String.join(" or ", expected.anyOf()) + " is called and never succeeds.",
                uses.stream().map(ToolUse::afterTurn).filter(t -> t > 0).distinct().toList());
    }

    private static Verdict mood(Expectation.Sentiment expected, CallFacts call) {
        if (call.turns().isEmpty()) {
            return Verdict.NOT_APPLICABLE;
        }
        Brief brief = call.brief();
        Brief.Sentiment.Level level = brief.header().sentiment().level();
        return level.compareTo(expected.atMost()) <= 0
                ? Verdict.HOLDS
                : Verdict.fails(
                        "The caller is " + level.wire().replace('_', ' ') + ".",
                        brief.transcript().stream()
                                .filter(t -> t.marker() == Brief.Marker.FRUSTRATION)
                                .map(Brief.Entry::turn)
                                .toList());
    }

    private static Verdict flags(Expectation.NoFlags expected, CallFacts call) {
        List<Brief.Flag> raised = call.brief().complianceFlags().stream()
                .filter(f -> expected.types().isEmpty() || expected.types().contains(f.type()))
                .filter(f -> f.severity().compareTo(expected.from()) >= 0)
                .toList();
        return raised.isEmpty()
                ? Verdict.HOLDS
                : Verdict.fails(
                        "Flagged: " + raised.stream().map(f -> f.type().replace('_', ' ')).distinct().sorted()
                                .collect(Collectors.joining(", ")) + ".",
                        raised.stream().flatMap(f -> f.turns().stream()).distinct().sorted().toList());
    }

    private static Verdict answered(Expectation.Ask expected, Questions.Answer answer) {
        if (answer == null) {
            return null;
        }
        return switch (answer.reply()) {
            case NOT_APPLICABLE -> Verdict.NOT_APPLICABLE;
            case YES -> expected.expectYes() ? Verdict.HOLDS : no(expected, "yes", answer);
            case NO -> expected.expectYes() ? no(expected, "no", answer) : Verdict.HOLDS;
        };
    }

    private static Verdict no(Expectation.Ask expected, String reply, Questions.Answer answer) {
        return Verdict.fails("“" + expected.question() + "” is answered " + reply + ".", answer.turns());
    }

    private Finding finding(Rule rule, String conversation, Verdict.Fails fails) {
        String fingerprint = fingerprint(rule.id(), conversation);
        Finding.Accepted accepted = policy.accepted().stream()
                .filter(a -> a.fingerprint().equals(fingerprint) && !today.isAfter(a.until()))
                .findFirst()
                .map(a -> new Finding.Accepted(a.reason(), a.until()))
                .orElse(null);
        return new Finding(rule.id(), rule.severity(), fails.detail(), fails.turns(), fingerprint, accepted);
    }

    /** Of the rule and the call alone: the same finding keeps it when the wording of a rule or the transcript grows. */
    static String fingerprint(String rule, String conversation) {
        return HexFormat.of().formatHex(Sha256.of((rule + '\0' + conversation).getBytes(StandardCharsets.UTF_8)), 0, 8);
    }
}
