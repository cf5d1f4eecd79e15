package dev.agentassist.model;

import java.time.Duration;

/**
 * The server answered with an error. Its text decides what is tried next and is never shown: it can hold words of the
 * question.
 */
final class ServerRefusal extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String text;
    private final transient Duration retryAfter;

    /** @param retryAfter how long the server wants to be left alone, or null */
    ServerRefusal(int status, String text, Duration retryAfter) {
        super("HTTP status " + status, null, false, false);
        this.status = status;
        this.text = text;
        this.retryAfter = retryAfter;
    }

    int status() {
        return status;
    }

    /** Lower case; untrusted. */
    String text() {
        return text;
    }

    Duration retryAfter() {
        return retryAfter;
    }

    /** Whether the same question may do better a moment later. */
    boolean passing() {
        return status == 408 || status == 409 || status == 429 || status == 500 || status >= 502 && status <= 504 || status == 529;
    }
}
