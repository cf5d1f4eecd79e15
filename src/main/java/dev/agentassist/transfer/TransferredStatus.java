package dev.agentassist.transfer;

import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.Status;
import dev.agentassist.store.ConversationStore;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;

/** Writes down that a call was put through to a human. */
public final class TransferredStatus {

    private TransferredStatus() {}

    /** Sets a conversation's status, where it has not ended meanwhile; closes the store. Fails as the store does. */
    public static void write(ConversationStore store, String id, InstantSource clock) {
        try (store) {
            Conversation before = store.get(id).orElse(null);
            if (before == null || before.status().terminal()) {
                return;
            }
            ConversationInfo i = before.info();
            var info = new ConversationInfo(
                    i.id(), i.organizationId(), i.direction(), i.channel(), Status.TRANSFERRED, i.userId(), i.agentId(), i.agentName(),
                    i.roomName(), i.duration(), i.userTurnCount(), i.createdAt(), clock.instant().truncatedTo(ChronoUnit.MICROS));
            try (ConversationStore.Writer writer = store.write()) {
                writer.put(new Conversation(
                        info, before.agentVersionId(), before.agentNumber(), before.webWidgetId(), before.summary(),
                        before.initialContext(), before.customMetadata(), before.transcript(), before.recordingDetails(), before.extra()));
                writer.commit();
            }
        }
    }
}
