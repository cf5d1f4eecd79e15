package dev.agentassist.audit;

import dev.agentassist.brief.Brief.Severity;
import java.time.LocalDate;
import java.util.List;

/**
 * A rule that does not hold in a call.
 *
 * @param rule the rule's id
 * @param detail one sentence in the policy's words, without anything that was said in the call
 * @param turns the turns that show it, 1-based; empty where something is missing or where no turn shows it
 * @param fingerprint 16 hexadecimal characters that are the same for the same rule and call in every run
 * @param accepted why it is let pass, or null
 */
public record Finding(
        String rule, Severity severity, String detail, List<Integer> turns, String fingerprint, Accepted accepted) {

    public Finding {
        turns = List.copyOf(turns);
    }

    /** @param until the last day on which it is let pass */
    public record Accepted(String reason, LocalDate until) {}

    /** Whether it counts for the gate that begins at a severity. */
    public boolean counts(Severity from) {
        return accepted == null && severity.compareTo(from) >= 0;
    }
}
