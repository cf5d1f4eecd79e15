package dev.agentassist.transfer.room;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.json.Json;
import dev.agentassist.livekit.Member;
import dev.agentassist.livekit.RoomControl;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Tells agents that have registered our RPC methods ({@code share/snippets}) that their caller is on hold, so that they say
 * nothing and do not hang up on the silence. The agent keeps the time limit itself. Those that have not are not disturbed.
 */
final class AgentHold {

    static final String HOLD = "assist.hold";
    static final String RESUME = "assist.resume";

    private static final Duration LIMIT = Duration.ofSeconds(3);

    private final RoomControl control;
    private final String room;
    private final String id;
    private final Duration longest;
    private final Set<String> told = ConcurrentHashMap.newKeySet();

    AgentHold(RoomControl control, String room, String id, Duration longest) {
        this.control = control;
        this.room = room;
        this.id = id;
        this.longest = longest;
    }

    /** Does not wait. */
    void hold(List<Member> members) {
        for (Member member : members) {
            if (member.agent()) {
                Thread.ofVirtual().name("transfer-rpc").start(() -> {
                    if (control.rpc(room, member.identity(), HOLD, payload(), LIMIT).isPresent()) {
                        told.add(member.identity());
                    }
                });
            }
        }
    }

    /** Tells those who know of it; the result waits for them, at most some seconds. */
    Runnable resume() {
        var calls = told.stream()
                .map(identity -> Thread.ofVirtual()
                        .name("transfer-rpc")
                        .start(() -> control.rpc(room, identity, RESUME, payload(), LIMIT)))
                .toList();
        return () -> {
            for (Thread call : calls) {
                try {
                    call.join(LIMIT);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
            }
        };
    }

    private String payload() {
        ObjectNode json = Json.MAPPER.createObjectNode();
        return json.put("transfer_id", id).put("max_seconds", longest.toSeconds()).toString();
    }
}
