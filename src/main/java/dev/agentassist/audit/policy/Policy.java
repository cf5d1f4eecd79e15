package dev.agentassist.audit.policy;

import java.util.List;

/**
 * What calls are held to.
 *
 * @param name as its author calls it
 * @param rules in the author's order
 * @param accepted findings that are known and let pass for a time
 * @param sha256 of the policy's text, in hexadecimal: the same text gives the same verdicts
 */
public record Policy(String name, List<Rule> rules, List<Acceptance> accepted, String sha256) {

    public Policy {
        rules = List.copyOf(rules);
        accepted = List.copyOf(accepted);
    }

    /** Whether any rule wants a model's answer. */
    public boolean asksModel() {
        return rules.stream().anyMatch(r -> r.expectation() instanceof Expectation.Ask);
    }

    /** Its name and the beginning of its hash, as it stands in outputs. */
    public String label() {
        return name + "@" + sha256.substring(0, 8);
    }
}
