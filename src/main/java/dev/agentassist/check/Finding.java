package dev.agentassist.check;

/**
 * What a check found.
 *
 * @param name what was checked, one word
 * @param detail one sentence, without a secret
 * @param mend what to do about it, or null
 */
public record Finding(String name, State state, String detail, String mend) {

    /** How it is. */
    public enum State {
        OK,
        WARNING,
        FAILED,
        NOT_SET
    }

    static Finding ok(String name, String detail) {
        return new Finding(name, State.OK, detail, null);
    }

    static Finding warning(String name, String detail, String mend) {
        return new Finding(name, State.WARNING, detail, mend);
    }

    static Finding failed(String name, String detail, String mend) {
        return new Finding(name, State.FAILED, detail, mend);
    }

    static Finding notSet(String name, String detail, String mend) {
        return new Finding(name, State.NOT_SET, detail, mend);
    }
}
