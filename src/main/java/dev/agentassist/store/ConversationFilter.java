package dev.agentassist.store;

import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.PhoneNumber;
import dev.agentassist.conversation.Status;
import java.time.Instant;
import java.util.Set;

/**
 * Which conversations to list; every part that is null (or empty) lets all through.
 *
 * @param phone equals {@code user_id}
 * @param statuses any of these
 * @param since {@code created_at} at or after
 * @param until {@code created_at} before
 * @param agent equals the agent's id or its name
 * @param limit at most so many, newest first; 0 for no limit
 */
public record ConversationFilter(
        PhoneNumber phone, Set<Status> statuses, Instant since, Instant until, String agent, int limit) {

    public static final ConversationFilter ALL = new ConversationFilter(null, Set.of(), null, null, null, 0);

    public ConversationFilter {
        statuses = Set.copyOf(statuses);
    }

    /** Whether a conversation is one of those; the limit aside. */
    public boolean admits(ConversationInfo i) {
        return (phone == null || phone.e164().equals(i.userId()))
                && (statuses.isEmpty() || statuses.contains(i.status()))
                && (since == null || !i.createdAt().isBefore(since))
                && (until == null || i.createdAt().isBefore(until))
                && (agent == null || agent.equals(i.agentId()) || agent.equals(i.agentName()));
    }

    /** The same with another limit. */
    public ConversationFilter withLimit(int other) {
        return new ConversationFilter(phone, statuses, since, until, agent, other);
    }
}
