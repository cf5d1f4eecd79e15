package dev.agentassist.call;

import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.store.ConversationFilter;
import dev.agentassist.store.ConversationStore;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Lists conversations: those of the store, and calls in progress that the store does not know. */
public final class Conversations {

    /** Newest first; a call without an id after those with one. */
    private static final Comparator<ConversationInfo> NEWEST_FIRST = Comparator.comparing(ConversationInfo::createdAt)
            .thenComparing(i -> i.id() == null ? "" : i.id())
            .reversed();

    private final Supplier<ConversationStore> store;
    private final List<Supplier<List<ConversationInfo>>> elsewhere;

    /**
     * @param elsewhere where else calls are found, in LiveKit for one; empty where nobody else is to be asked
     */
    public Conversations(Supplier<ConversationStore> store, List<Supplier<List<ConversationInfo>>> elsewhere) {
        this.store = store;
        this.elsewhere = List.copyOf(elsewhere);
    }

    /**
     * Newest first, read as the stream is consumed, which must be closed. With calls from elsewhere those of the store are
     * read whole, since a call is shown once: a room that the store has as a call in progress is not shown again.
     */
    public Stream<ConversationInfo> list(ConversationFilter filter) {
        var found = new ArrayList<ConversationInfo>();
        elsewhere.forEach(source -> found.addAll(source.get()));
        ConversationStore open = store.get();
        try {
            Stream<ConversationInfo> stored = found.isEmpty() ? open.list(filter) : together(open, filter, found);
            return stored.onClose(open::close);
        } catch (RuntimeException e) {
            open.close();
            throw e;
        }
    }

    private static Stream<ConversationInfo> together(
            ConversationStore store, ConversationFilter filter, List<ConversationInfo> found) {
        List<ConversationInfo> all;
        try (Stream<ConversationInfo> stored = store.list(filter)) {
            all = new ArrayList<>(stored.toList());
        }
        Set<String> rooms = new HashSet<>();
        all.forEach(i -> rooms.add(i.roomName()));
        found.stream().filter(i -> !rooms.contains(i.roomName()) && filter.admits(i)).forEach(all::add);
        Stream<ConversationInfo> sorted = all.stream().sorted(NEWEST_FIRST);
        return filter.limit() > 0 ? sorted.limit(filter.limit()) : sorted;
    }
}
