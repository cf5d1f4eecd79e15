package dev.agentassist.problem;

/**
 * Why something could not be done. One kind for each way a caller can react; the program's exit code and the HTTP
 * status of the contract follow from the kind alone.
 */
public sealed interface Problem {

    /** One sentence: what went wrong, with what and where. Never holds a secret or a token. */
    String detail();

    /** One sentence: what to do about it, or null. */
    String hint();

    /** The HTTP status that the platform's API uses for this, or null where it has none. */
    default Integer status() {
        return null;
    }

    /** Input that cannot be used: a file, a record, an argument, a setting. */
    record BadInput(String detail, String hint) implements Problem {}

    /** What was asked for does not exist. */
    record NotFound(String detail, String hint) implements Problem {
        @Override
        public Integer status() {
            return 404;
        }
    }

    /** The key, the token or the file's permission does not allow it. {@code status} is 401, 403 or null. */
    record NotAllowed(Integer status, String detail, String hint) implements Problem {}

    /** The call is end-to-end encrypted: allowed to join, but there is nothing to hear or read. */
    record Encrypted(String detail, String hint) implements Problem {}

    /** It exists, but not in a state that allows this: a call that ended, a room without anybody. */
    record WrongState(String detail, String hint) implements Problem {
        @Override
        public Integer status() {
            return 409;
        }
    }

    /** Something upstream is unreachable, too slow, locked or failing: worth retrying. {@code status} may be null. */
    record Unavailable(Integer status, String detail, String hint) implements Problem {}

    /** A check or gate did not hold. */
    record CheckFailed(String detail, String hint) implements Problem {}

    /** A transfer did not come about; the caller is with the agent again. */
    record NotTransferred(String detail, String hint) implements Problem {}

    /** A transfer did not come about, and the caller may still be on hold. */
    record NotRestored(String detail, String hint) implements Problem {}

    /** A defect of this program. */
    record Unexpected(String detail, String hint) implements Problem {}

    static Problem badInput(String detail, String hint) {
        return new BadInput(detail, hint);
    }

    static Problem notFound(String detail, String hint) {
        return new NotFound(detail, hint);
    }

    static Problem notAllowed(String detail, String hint) {
        return new NotAllowed(null, detail, hint);
    }

    static Problem wrongState(String detail, String hint) {
        return new WrongState(detail, hint);
    }

    static Problem unavailable(String detail, String hint) {
        return new Unavailable(null, detail, hint);
    }
}
