package dev.agentassist.audit;

import dev.agentassist.audit.policy.Rule;
import dev.agentassist.conversation.Conversation;
import java.util.List;
import java.util.Map;

/** Has a model answer a policy's questions about a call. */
@FunctionalInterface
public interface Questions {

    /** What a model can say. */
    enum Reply {
        YES,
        NO,
        /** The question does not arise in this call. */
        NOT_APPLICABLE
    }

    /**
     * An answer whose evidence stands.
     *
     * @param turns what it stands on, checked against the transcript
     */
    record Answer(Reply reply, List<Integer> turns) {
        public Answer {
            turns = List.copyOf(turns);
        }
    }

    /**
     * Asks all questions about a call at once.
     *
     * @return an answer for each rule's id whose evidence stands; a rule that is missing was not answered so that it can be
     *     relied on
     */
    Map<String, Answer> ask(Conversation conversation, List<Rule> rules);
}
