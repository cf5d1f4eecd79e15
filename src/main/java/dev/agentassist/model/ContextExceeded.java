package dev.agentassist.model;

/** The question is longer than the model's context: a shorter one may be answered. */
public final class ContextExceeded extends RuntimeException {

    private static final long serialVersionUID = 1L;

    ContextExceeded() {
        super("The question is longer than the model’s context.", null, false, false);
    }
}
