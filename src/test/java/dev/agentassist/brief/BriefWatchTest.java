package dev.agentassist.brief;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.brief.AgentAssistPortal.Found;
import dev.agentassist.brief.extractive.ExtractiveEngine;
import dev.agentassist.conversation.ConversationJson;
import dev.agentassist.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BriefWatchTest {

    private static final InstantSource CLOCK = InstantSource.fixed(Instant.parse("2026-11-23T10:00:00Z"));

    @Test
    void renewsWhenSomethingChangedAndEndsWithTheCall() {
        var states = new ArrayList<>(List.of(
                call("in_progress", 1), call("in_progress", 1), call("in_progress", 2), call("completed", 2)));
        var portal = new AgentAssistPortal(new ExtractiveEngine(), CLOCK);
        var pauses = new ArrayList<Duration>();
        var briefs = new ArrayList<Brief>();
        new BriefWatch(states::removeFirst, f -> portal.brief(f, new ExtractiveEngine()), CLOCK, pauses::add)
                .follow(Duration.ofSeconds(5), briefs::add);
        assertTrue(states.isEmpty());
        assertEquals(List.of(1, 2, 2), briefs.stream().map(b -> b.transcript().size()).toList());
        assertEquals("completed", briefs.getLast().meta().conversationStatus());
        assertEquals(3, pauses.size());
    }

    private static Found call(String status, int turns) {
        var call = Json.MAPPER.createObjectNode().put("id", "conv_1").put("status", status).put("created_at", "2026-11-23T09:00:00Z");
        var items = call.putObject("conversation").putArray("items");
        for (int i = 0; i < turns; i++) {
            items.addObject().put("type", "message").put("role", "user").putArray("content").add("My parcel number " + i + " never arrived.");
        }
        return new Found(ConversationJson.read(call), null);
    }
}
