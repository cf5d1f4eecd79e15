package dev.agentassist.live;

/**
 * Where a token comes from when the one at hand can no longer be used to join: a rejoin after the connection was lost.
 * A connected listener is handed renewed tokens by the server, which are tried first.
 */
@FunctionalInterface
public interface TokenSource {

    /** A fresh token for the same room. May block for some seconds; what it throws ends the listen as refused. */
    String token() throws Exception;
}
