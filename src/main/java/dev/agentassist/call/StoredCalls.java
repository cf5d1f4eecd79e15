package dev.agentassist.call;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.Target;
import dev.agentassist.problem.Failure;
import dev.agentassist.store.ConversationStore;
import java.util.Optional;

/** Finds the stored conversation that a target means: the newest of a number or of a room, or the one with an id. */
public final class StoredCalls {

    private StoredCalls() {}

    /** With its transcript. Fails with {@code NotFound}. */
    public static Conversation get(ConversationStore store, Target target) {
        if (target instanceof Target.ConversationId id) {
            return store.get(id.id()).orElseThrow(() -> missing(store, target));
        }
        return store.get(find(store, target).id()).orElseThrow(() -> missing(store, target));
    }

    /** Without its transcript. Fails with {@code NotFound}. */
    public static ConversationInfo find(ConversationStore store, Target target) {
        Optional<ConversationInfo> found = switch (target) {
            case Target.Caller caller -> store.newest(caller.number(), false);
            case Target.Room room -> store.newestInRoom(room.name(), false);
            case Target.ConversationId id -> store.find(id.id());
        };
        return found.orElseThrow(() -> missing(store, target));
    }

    private static Failure missing(ConversationStore store, Target target) {
        String in = " in " + store.describe() + ".";
        return switch (target) {
            case Target.Caller caller -> Failure.notFound(
                    "There is no conversation with " + caller.number() + in, "Check the number and --store.");
            case Target.Room room -> Failure.notFound(
                    "There is no conversation held in the room “" + room.name() + "”" + in, "Check the name and --store.");
            case Target.ConversationId id -> Failure.notFound(
                    "There is no conversation “" + id.id() + "”" + in, "assist conversations list shows the ids.");
        };
    }
}
