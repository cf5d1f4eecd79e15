package dev.agentassist.audit;

/** A cap was reached: the audit stops with what is done. The message is a sentence that says which. */
public final class BudgetSpent extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public BudgetSpent(String sentence) {
        super(sentence, null, false, false);
    }
}
