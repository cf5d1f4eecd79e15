package dev.agentassist.problem;

/** Carries a {@link Problem} up to the one place that tells the user about it. */
public final class Failure extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public Failure(Problem problem) {
        this(problem, null);
    }

    /** {@code cause} is shown only with {@code --verbose}. */
    public Failure(Problem problem, Throwable cause) {
        super(problem.detail(), cause);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }

    public static Failure badInput(String detail, String hint) {
        return new Failure(Problem.badInput(detail, hint));
    }

    public static Failure notFound(String detail, String hint) {
        return new Failure(Problem.notFound(detail, hint));
    }

    public static Failure notAllowed(String detail, String hint) {
        return new Failure(Problem.notAllowed(detail, hint));
    }

    public static Failure wrongState(String detail, String hint) {
        return new Failure(Problem.wrongState(detail, hint));
    }

    public static Failure unavailable(String detail, String hint) {
        return new Failure(Problem.unavailable(detail, hint));
    }
}
