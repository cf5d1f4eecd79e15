package dev.agentassist.live;

/** A listen could not begin; {@link #ending()} says why. */
public final class LiveListenException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final transient Ending ending;

    public LiveListenException(Ending ending, Throwable cause) {
        super(ending.detail(), cause);
        this.ending = ending;
    }

    public Ending ending() {
        return ending;
    }
}
