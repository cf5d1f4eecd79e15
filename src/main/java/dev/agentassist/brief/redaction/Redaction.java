package dev.agentassist.brief.redaction;

import dev.agentassist.conversation.Transcript;
import java.util.List;

/**
 * What is left of a transcript.
 *
 * @param transcript the same items, with {@link Secret#replacement()} where something secret stood
 * @param findings what was found, one a kind and turn, in the order of the call
 */
public record Redaction(Transcript transcript, List<Finding> findings) {

    public Redaction {
        findings = List.copyOf(findings);
    }
}
