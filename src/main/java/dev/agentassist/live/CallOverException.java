package dev.agentassist.live;

/** Thrown by a {@link TokenSource} that knows that there is no call to listen to any more: its message is the reason. */
public final class CallOverException extends Exception {

    private static final long serialVersionUID = 1L;

    public CallOverException(String why) {
        super(why);
    }
}
