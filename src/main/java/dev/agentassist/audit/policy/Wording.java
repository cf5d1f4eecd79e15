package dev.agentassist.audit.policy;

import dev.agentassist.brief.text.WordPattern;
import dev.agentassist.conversation.Turn;
import java.util.List;

/**
 * Words to listen for.
 *
 * @param by whose; null for anybody's
 * @param anyOf one of these wordings is enough
 * @param within where in the call to listen
 */
public record Wording(Turn.Speaker by, List<WordPattern> anyOf, Within within) {

    public Wording {
        anyOf = List.copyOf(anyOf);
    }

    /**
     * The beginning of a call; 0 is no limit.
     *
     * @param turns of the speaker's own turns (of all turns for anybody's)
     * @param seconds after the call's first spoken turn
     */
    public record Within(int turns, long seconds) {
        public static final Within CALL = new Within(0, 0);
    }
}
