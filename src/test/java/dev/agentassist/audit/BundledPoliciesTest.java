package dev.agentassist.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.agentassist.audit.policy.Policies;
import dev.agentassist.audit.policy.Policy;
import dev.agentassist.audit.policy.PolicyReader;
import dev.agentassist.audit.policy.Rule;
import dev.agentassist.brief.AgentAssistPortal;
import dev.agentassist.brief.extractive.ExtractiveEngine;
import dev.agentassist.conversation.Conversation;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Each rule that comes along holds in one call and does not in another. */
class BundledPoliciesTest {

    static final Instant NOW = Instant.parse("2026-11-24T00:00:00Z");

    static dev.agentassist.brief.Brief brief(Conversation call) {
        var engine = new ExtractiveEngine();
        return new AgentAssistPortal(engine, InstantSource.fixed(NOW)).brief(new AgentAssistPortal.Found(call, null), engine);
    }

    @TestFactory
    Stream<DynamicTest> eachRuleHasACallThatPassesAndOneThatFails() {
        return Policies.NAMES.stream().flatMap(name -> {
            Policy policy = PolicyReader.read(name, Policies.text(name));
            return policy.rules().stream().map(rule -> DynamicTest.dynamicTest(name + " " + rule.id(), () -> examples(policy, rule)));
        });
    }

    private static void examples(Policy policy, Rule rule) throws IOException {
        Map<String, List<String>> lines = ExampleCalls.of(policy.name()).get(rule.id());
        var examination = new Examination(policy, BundledPoliciesTest::brief, null, LocalDate.of(2026, 11, 24));
        AuditRow pass = examination.examine(ExampleCalls.call("pass", lines.get("pass")));
        assertTrue(pass.passed().contains(rule.id()), () -> "should hold: " + pass);
        AuditRow fail = examination.examine(ExampleCalls.call("fail", lines.get("fail")));
        assertTrue(fail.findings().stream().anyMatch(f -> f.rule().equals(rule.id())), () -> "should not hold: " + fail);
    }

    @TestFactory
    Stream<DynamicTest> eachPolicyFitsThePublishedSchema() {
        return Policies.NAMES.stream().map(name -> DynamicTest.dynamicTest(name, () -> assertEquals(List.of(), misfits(Policies.text(name)))));
    }

    /** What the published schema says against a policy. */
    static List<String> misfits(String yaml) throws IOException {
        try (InputStream in = Policies.class.getResourceAsStream("/dev/agentassist/audit/policy.schema.json")) {
            var registry = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
            var schema = registry.getSchema(new String(in.readAllBytes(), StandardCharsets.UTF_8), com.networknt.schema.InputFormat.JSON);
            var all = new ArrayList<String>();
            schema.validate(yaml, com.networknt.schema.InputFormat.YAML).forEach(e -> all.add(e.toString()));
            return all;
        }
    }
}
