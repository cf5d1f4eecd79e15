package dev.agentassist.store;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.Status;
import dev.agentassist.store.ConversationStore.Change;

/**
 * What becomes of a stored conversation when a record with its id comes in. One rule for all stores:
 *
 * <ul>
 *   <li>an older {@code updated_at} loses, an equal or newer one wins;
 *   <li>a terminal status never changes again: an active record against it is stale as a whole, because what it says of the
 *       call is from before the end; another terminal status is dropped and the record's other fields are taken;
 *   <li>what the newer record leaves out, stays: a list or a key with fewer rights must not delete a transcript.
 * </ul>
 *
 * @param change what is to be done
 * @param record what the store holds afterwards
 */
record Merge(Change change, Conversation record) {

    /** Both in the form in which the store keeps them: {@link #normal}. */
    static Merge of(Conversation stored, Conversation incoming) {
        ConversationInfo old = stored.info();
        ConversationInfo in = incoming.info();
        if (in.updatedAt().isBefore(old.updatedAt()) || old.status().terminal() && in.active()) {
            return new Merge(Change.STALE, stored);
        }
        Status status = old.status().terminal() ? old.status() : in.status();
        ObjectNode body = RecordBody.merge(RecordBody.node(stored), RecordBody.node(incoming));
        Conversation merged = RecordBody.conversation(info(old, in, status), body);
        return new Merge(merged.equals(stored) ? Change.UNCHANGED : Change.UPDATED, merged);
    }

    /** As it reads after having been stored: times in microseconds, JSON as it parses, text that UTF-8 can hold. */
    static Conversation normal(Conversation c) {
        ConversationInfo i = c.info();
        var info = new ConversationInfo(
                text(i.id()),
                text(i.organizationId()),
                i.direction(),
                i.channel(),
                i.status(),
                text(i.userId()),
                text(i.agentId()),
                text(i.agentName()),
                text(i.roomName()),
                i.duration(),
                i.userTurnCount(),
                Micros.instant(Micros.of(i.createdAt())),
                Micros.instant(Micros.of(i.updatedAt())));
        return RecordBody.conversation(info, RecordBody.parse(RecordBody.text(c)));
    }

    private static String text(String text) {
        return text == null ? null : RecordBody.wellFormed(text);
    }

    private static ConversationInfo info(ConversationInfo old, ConversationInfo in, Status status) {
        return new ConversationInfo(
                in.id(),
                or(in.organizationId(), old.organizationId()),
                or(in.direction(), old.direction()),
                or(in.channel(), old.channel()),
                status,
                or(in.userId(), old.userId()),
                or(in.agentId(), old.agentId()),
                or(in.agentName(), old.agentName()),
                or(in.roomName(), old.roomName()),
                or(in.duration(), old.duration()),
                or(in.userTurnCount(), old.userTurnCount()),
                in.createdAt(),
                in.updatedAt());
    }

    private static <T> T or(T newer, T older) {
        return newer == null ? older : newer;
    }
}
