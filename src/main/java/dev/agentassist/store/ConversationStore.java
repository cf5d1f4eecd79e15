package dev.agentassist.store;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.PhoneNumber;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Where conversations are kept. Implementations throw {@link dev.agentassist.problem.Failure}: {@code Unavailable} when
 * the store is unreachable or locked, {@code NotAllowed} when the key or a file's permission forbids it, {@code BadInput}
 * when what is there is no store.
 *
 * <p>Not for use from several threads at once. The streams read from the open store and must be closed.
 */
public interface ConversationStore extends AutoCloseable {

    /** The conversation with its transcript. */
    Optional<Conversation> get(String id);

    /** Without its transcript, as fast as the store can. */
    Optional<ConversationInfo> find(String id);

    /** The newest conversation of a number by {@code created_at}, the larger id where two are equal. */
    Optional<ConversationInfo> newest(PhoneNumber number, boolean activeOnly);

    /** The newest conversation that was held in a LiveKit room. */
    Optional<ConversationInfo> newestInRoom(String roomName, boolean activeOnly);

    /** Newest first, read as the stream is consumed. */
    Stream<ConversationInfo> list(ConversationFilter filter);

    /** Like {@link #list}, with transcripts. */
    Stream<Conversation> read(ConversationFilter filter);

    /** Begins to write; nothing is kept unless {@link Writer#commit} is called. */
    Writer write();

    /**
     * Whether all that this store needs is there, for {@code assist config check}. A store that needs a table or view says
     * which, with its columns, and makes it when {@code create}. Fails like any other method when it cannot be asked.
     */
    default Readiness check(boolean create) {
        try (Stream<ConversationInfo> newest = list(new ConversationFilter(null, java.util.Set.of(), null, null, null, 1))) {
            return new Readiness(true, newest.findFirst().isPresent() ? "it can be read" : "it can be read, and is empty", null);
        }
    }

    /**
     * What a store says about itself.
     *
     * @param detail what is there, or what is missing, without a full stop and without the store's name
     * @param mend what to do when it is not ready, or null
     */
    record Readiness(boolean ready, String detail, String mend) {}

    /**
     * Why a conversation of this store came without a transcript, as one sentence, where there is more to it than that it
     * has none: a key may not be allowed to read it.
     */
    default Optional<String> whyNoTranscript(ConversationInfo conversation) {
        return Optional.empty();
    }

    /** What to call it in a message: its kind and place, never a password. */
    String describe();

    @Override
    void close();

    /** One unit of writing: all or nothing. */
    interface Writer extends AutoCloseable {

        /**
         * Adds or updates by id. The newer {@code updated_at} wins (of equal ones the later put), what the winner leaves
         * out stays as it was, and a terminal status never changes again. A record that loses is left alone and counted as
         * {@link Change#STALE}. Times are kept in microseconds.
         */
        Change put(Conversation conversation);

        /** {@link #put} for several, in their order: a store that is far away takes them faster so. */
        default List<Change> putAll(List<Conversation> conversations) {
            return conversations.stream().map(this::put).toList();
        }

        /** Deletes; false when there was none. */
        boolean delete(String id);

        /** Keeps what was written since the last commit. */
        void commit();

        /** Drops what was not committed. */
        @Override
        void close();
    }

    /** What a {@link Writer#put} did. */
    enum Change {
        ADDED,
        UPDATED,
        UNCHANGED,
        STALE
    }
}
