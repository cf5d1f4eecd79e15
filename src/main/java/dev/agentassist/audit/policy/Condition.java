package dev.agentassist.audit.policy;

import dev.agentassist.conversation.Channel;
import dev.agentassist.conversation.Direction;
import dev.agentassist.conversation.Status;
import java.util.Set;

/**
 * Which calls a rule is about; what is empty, 0 or null lets all through.
 *
 * @param agents ids or names
 * @param minTurns spoken turns that the call must have
 * @param said words that must have been said for the rule to apply, or null
 */
public record Condition(
        Set<Direction> directions, Set<Channel> channels, Set<Status> statuses, Set<String> agents, int minTurns, Wording said) {

    public static final Condition ALWAYS = new Condition(Set.of(), Set.of(), Set.of(), Set.of(), 0, null);

    public Condition {
        directions = Set.copyOf(directions);
        channels = Set.copyOf(channels);
        statuses = Set.copyOf(statuses);
        agents = Set.copyOf(agents);
    }
}
