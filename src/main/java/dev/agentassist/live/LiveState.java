package dev.agentassist.live;

/** Where a {@link LiveListen} is in its life. */
public enum LiveState {
    /** Not live yet, or not any more: connecting for the first time, or again after the connection was lost. */
    CONNECTING,
    /** Subscribed: what is said arrives. */
    LIVE,
    /** Over, for the reason that {@link Ending} tells; there is no way back. */
    ENDED
}
