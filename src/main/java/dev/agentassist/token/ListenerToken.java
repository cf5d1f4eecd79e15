package dev.agentassist.token;

import java.time.Instant;

/**
 * The answer to a request for a listener token.
 *
 * @param url the LiveKit server to join, {@code wss://…}
 * @param token the JWT; never to be logged
 * @param roomName the only room it is good for
 * @param expiresAt until when it can be used to join; a listener that joined stays
 */
public record ListenerToken(String url, String token, String roomName, Instant expiresAt) {

    /** Without the token. */
    @Override
    public String toString() {
        return "ListenerToken[" + roomName + " on " + url + " until " + expiresAt + "]";
    }
}
