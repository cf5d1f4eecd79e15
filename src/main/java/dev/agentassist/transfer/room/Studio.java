package dev.agentassist.transfer.room;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.json.Json;
import dev.agentassist.live.LiveEngine;
import dev.agentassist.live.LiveListenException;
import dev.agentassist.live.LivePublisher;
import dev.agentassist.livekit.LiveKitServer;
import dev.agentassist.livekit.ServerToken;
import dev.agentassist.problem.Failure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.concurrent.CompletionException;

/** Brings those into a room who play music and prompts. */
public final class Studio {

    private static final Duration LIMIT = Duration.ofSeconds(8);
    private static final Duration TOKEN_LIFE = Duration.ofMinutes(5);

    private final LiveEngine engine;
    private final LiveKitServer server;
    private final ServerToken tokens;
    private final String version;

    public Studio(LiveEngine engine, LiveKitServer server, InstantSource clock, String version) {
        this.engine = engine;
        this.server = server;
        this.tokens = new ServerToken(server, clock);
        this.version = version;
    }

    /**
     * Joins as an agent, which other agents' code does not take for the caller and which keeps no room open; visible, because
     * clients never learn of what a hidden participant publishes. Nobody may hear it until they are permitted to.
     */
    LivePublisher join(String room, String identity, LivePublisher.Listener listener) {
        try {
            return LivePublisher.join(engine, server.wsUrl(), token(room, identity), version, LIMIT, listener).join();
        } catch (CompletionException e) {
            String why = e.getCause() instanceof LiveListenException l ? l.ending().detail() : e.getCause().getMessage();
            throw Failure.unavailable("The room cannot be joined: " + why, "Check livekit.url and the network.");
        }
    }

    /** Publishes the one track; its sid. */
    String publish(LivePublisher publisher, String name) {
        try {
            return publisher.publish(name).join();
        } catch (CompletionException e) {
            throw Failure.unavailable("The LiveKit server did not take our sound in time.", "Try again in a moment.");
        }
    }

    private String token(String room, String identity) {
        ObjectNode claims = Json.MAPPER.createObjectNode();
        claims.put("sub", identity).put("name", "Call transfer").put("kind", "agent");
        claims.putObject("video")
                .put("room", room)
                .put("roomJoin", true)
                .put("canPublish", true)
                .put("canSubscribe", false)
                .put("canPublishData", false);
        return tokens.sign(claims, TOKEN_LIFE);
    }
}
