package dev.agentassist.smoke;

/** A check does not hold. */
final class CheckFailed extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String mend;

    /** @param detail one sentence; never holds a token */
    CheckFailed(String detail, String mend) {
        super(detail, null, false, false);
        this.mend = mend;
    }

    String mend() {
        return mend;
    }
}
