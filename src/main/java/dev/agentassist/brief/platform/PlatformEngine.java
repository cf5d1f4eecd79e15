package dev.agentassist.brief.platform;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.brief.BriefEngine;
import dev.agentassist.brief.CallMaterial;
import dev.agentassist.brief.Draft;
import dev.agentassist.brief.redaction.Redactor;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.PhoneNumber;
import dev.agentassist.platform.PlatformApi;
import dev.agentassist.problem.Failure;
import dev.agentassist.store.ConversationStore;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Takes the hosted portal's own brief: {@code GET /core/agent-assist/{phone_number}}. It is about the newest call of a
 * number, so no other call has one; and it names no turns for what it says, which the brief's warnings tell.
 */
public final class PlatformEngine implements BriefEngine {

    static final String NAME = "platform";

    private final PlatformApi api;
    private final Supplier<ConversationStore> store;

    /** @param store the platform's conversations */
    public PlatformEngine(PlatformApi api, Supplier<ConversationStore> store) {
        this.api = api;
        this.store = store;
    }

    @Override
    public Draft draft(CallMaterial call) {
        ConversationInfo info = call.info();
        String number = info.userId();
        if (number == null || !number.startsWith("+")) {
            throw Failure.badInput(
                    "The platform briefs about callers' numbers, and this call has none.", "Use another --engine.");
        }
        try (ConversationStore conversations = store.get()) {
            Optional<ConversationInfo> newest = conversations.newest(new PhoneNumber(number), false);
            if (info.id() == null || newest.isEmpty() || !newest.get().id().equals(info.id())) {
                throw Failure.wrongState(
                        "The platform briefs about the newest call of a number only, and this is none.", "Use another --engine.");
            }
        }
        JsonNode answer = api.get(List.of("core", "agent-assist", number), Map.of());
        // The platform's own words have not been through the redaction that the call's have.
        return new PortalReader(new Redactor().redact(answer)).draft(call);
    }
}
