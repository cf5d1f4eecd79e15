package dev.agentassist.audit;

import java.util.List;

/** Whether a rule holds in a call. */
sealed interface Verdict {

    /** It holds. */
    record Holds() implements Verdict {}

    /** It is not about this call, or the record does not say. */
    record NotApplicable() implements Verdict {}

    /** It does not hold: why, in the policy's words, and the turns that show it. */
    record Fails(String detail, List<Integer> turns) implements Verdict {}

    Verdict HOLDS = new Holds();
    Verdict NOT_APPLICABLE = new NotApplicable();

    static Verdict fails(String detail, List<Integer> turns) {
        return new Fails(detail, turns);
    }
}
