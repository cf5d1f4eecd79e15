package dev.agentassist.store;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.conversation.Channel;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.Direction;
import dev.agentassist.conversation.Status;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/** As many calls as one wants, of about 1 KB of JSON each and always the same: ids in random order, times in order. */
final class ManyCalls {

    static final Instant FIRST = Instant.parse("2026-01-01T00:00:00Z");
    static final int CALLERS = 200_000;
    static final String BUSY_CALLER = "+14155550100";

    private static final String[] SAID = {
        "Thanks for calling, how can I help you today?",
        "My order has not arrived, and the tracking page says nothing.",
        "Let me look that up for you, one moment please.",
        "It was promised for Monday and I need it before the weekend.",
        "I see it left the warehouse this morning; it should reach you tomorrow.",
    };

    private ManyCalls() {}

    /** The n-th call, one every 20 s. One in fifty is with the same caller; one in ten thousand is in progress. */
    static Conversation call(int n) {
        var random = new Random(n);
        String id = new UUID(random.nextLong(), random.nextLong()).toString();
        Instant at = FIRST.plusSeconds(20L * n);
        boolean active = n % 10_000 == 9_999;
        Status status = active
                ? Status.IN_PROGRESS
                : switch (random.nextInt(20)) {
                    case 0 -> Status.FAILED;
                    case 1, 2 -> Status.TRANSFERRED;
                    case 3 -> Status.UNANSWERED;
                    default -> Status.COMPLETED;
                };
        var info = new ConversationInfo(
                id,
                "org_1",
                random.nextInt(4) == 0 ? Direction.OUTBOUND : Direction.INBOUND,
                Channel.TELEPHONE,
                status,
                n % 50 == 0 ? BUSY_CALLER : caller(random.nextInt(CALLERS)),
                "agent_" + n % 7,
                "Support " + n % 7,
                "call-" + id,
                active ? null : 30 + random.nextInt(600),
                SAID.length,
                at,
                at.plusSeconds(300));
        return new Conversation(
                info, "v3", "+14155550199", null, null, null, null, transcript(at), null, JsonNodeFactory.instance.objectNode());
    }

    static String caller(int n) {
        return "+1415%07d".formatted(6_000_000 + n);
    }

    private static ObjectNode transcript(Instant at) {
        ObjectNode transcript = JsonNodeFactory.instance.objectNode();
        var items = transcript.putArray("items");
        for (int i = 0; i < SAID.length; i++) {
            ObjectNode item = items.addObject();
            item.put("type", "message").put("role", i % 2 == 0 ? "assistant" : "user");
            item.putArray("content").add(SAID[i]);
            item.put("created_at", at.getEpochSecond() + 5L * i);
        }
        return transcript;
    }
}
