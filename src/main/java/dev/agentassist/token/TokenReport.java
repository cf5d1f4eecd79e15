package dev.agentassist.token;

import java.time.Instant;
import java.util.List;

/**
 * What a LiveKit token says about itself.
 *
 * @param issuer the API key it was signed with, or null
 * @param identity whom it names, or null
 * @param name display name, or null
 * @param room the only room it is good for, or null for any
 * @param grants what it allows, a sentence each, in plain words
 * @param metadata or null; untrusted
 * @param notBefore or null
 * @param expiresAt or null: it never expires
 * @param listenOnly it grants joining one room, hidden, to listen, and nothing else
 * @param warnings what is more, or other, than a listener needs
 */
public record TokenReport(
        String issuer,
        String identity,
        String name,
        String room,
        List<String> grants,
        String metadata,
        Instant notBefore,
        Instant expiresAt,
        boolean expired,
        Signature signature,
        boolean listenOnly,
        List<String> warnings) {

    /** Whether the token is what its signer made it. */
    public enum Signature {
        /** The secret at hand signed it. */
        VERIFIED,
        /** The key is ours, but the secret at hand did not sign it: forged, or the secret has changed. */
        MISMATCH,
        /** Another key than ours signed it. */
        OTHER_KEY,
        /** There is no secret to check it with. */
        NOT_CHECKED
    }

    public TokenReport {
        grants = List.copyOf(grants);
        warnings = List.copyOf(warnings);
    }
}
