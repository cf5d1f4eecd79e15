package dev.agentassist.audit;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.PhoneNumber;
import dev.agentassist.store.ConversationFilter;
import dev.agentassist.store.ConversationStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which calls an audit is about.
 *
 * @param filter by time, agent and status; its limit and number are not used
 * @param phones only calls with one of these numbers; empty for all
 * @param ids exactly these conversations, whatever the filter says; null for all that it admits
 */
public record AuditCalls(ConversationFilter filter, Set<PhoneNumber> phones, List<String> ids, Shard shard) {

    public AuditCalls {
        phones = Set.copyOf(phones);
        ids = ids == null ? null : List.copyOf(ids);
    }

    /** Newest first; to be closed. Reads the store as it is consumed, except that named calls are sorted first. */
    public Stream<Call> open(ConversationStore store, Scope scope) {
        return ids == null ? all(store, scope) : named(store);
    }

    private Stream<Call> all(ConversationStore store, Scope scope) {
        Set<String> numbers = phones.stream().map(PhoneNumber::e164).collect(Collectors.toSet());
        PhoneNumber only = phones.size() == 1 ? phones.iterator().next() : null;
        var wanted = new ConversationFilter(only, filter.statuses(), scope.since(), scope.until(), filter.agent(), 0);
        return store.read(wanted)
                .filter(c -> numbers.isEmpty() || c.info().userId() != null && numbers.contains(c.info().userId()))
                .filter(c -> shard.holds(c.id()))
                .map(Call.Stored::new);
    }

    private Stream<Call> named(ConversationStore store) {
        var missing = new ArrayList<Call>();
        var found = new ArrayList<ConversationInfo>();
        for (String id : ids.stream().distinct().filter(shard::holds).toList()) {
            store.find(id).ifPresentOrElse(
                    found::add,
                    () -> missing.add(new Call.Missing(id, "There is no such conversation in " + store.describe() + ".")));
        }
        found.sort(Comparator.comparing(ConversationInfo::createdAt)
                .thenComparing(ConversationInfo::id)
                .reversed());
        return Stream.concat(found.stream().map(i -> stored(store, i)), missing.stream());
    }

    private static Call stored(ConversationStore store, ConversationInfo info) {
        return store.get(info.id())
                .<Call>map((Conversation c) -> new Call.Stored(c))
                .orElseGet(() -> new Call.Missing(info.id(), "It was deleted while the audit ran."));
    }
}
