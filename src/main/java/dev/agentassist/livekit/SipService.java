package dev.agentassist.livekit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.json.Json;
import dev.agentassist.problem.Failure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import okhttp3.OkHttpClient;

/** LiveKit's SIP API ({@code livekit_sip.proto}), as far as calling somebody needs it. */
public final class SipService {

    /** The server gives up waiting for an answer after 80 s. */
    public static final Duration LONGEST_RING = Duration.ofSeconds(75);

    private static final String SIP = "SIP/";
    /** For what comes after the ringing: the request must outlast it. */
    private static final Duration MARGIN = Duration.ofSeconds(15);

    private final Twirp twirp;
    private final Duration timeout;

    public SipService(LiveKitServer server, OkHttpClient http, Duration timeout, InstantSource clock) {
        this.twirp = new Twirp(server, http, clock);
        this.timeout = timeout;
    }

    /**
     * Whom to call, and how.
     *
     * @param room where the leg joins
     * @param identity its identity there
     * @param name its display name there
     * @param trunk id of the outbound trunk
     * @param to a number or SIP user, never with an @
     * @param from the number that the human sees; null: the trunk's
     * @param displayName the name that the human sees; null: the trunk's
     * @param ring how long it may ring, at most {@link #LONGEST_RING}
     * @param longest the leg is hung up after so long
     */
    public record Call(
            String room, String identity, String name, String trunk, String to, String from, String displayName, Duration ring, Duration longest) {

        /** The same into another room. */
        public Call in(String other) {
            return new Call(other, identity, name, trunk, to, from, displayName, ring, longest);
        }
    }

    /** An outbound trunk. */
    public record Trunk(String id, String name, List<String> numbers) {}

    /** Calls and waits until it is answered. */
    public void call(Call call) throws TwirpError {
        ObjectNode request = Json.MAPPER.createObjectNode()
                .put("sip_trunk_id", call.trunk())
                .put("sip_call_to", call.to())
                .put("room_name", call.room())
                .put("participant_identity", call.identity())
                .put("participant_name", call.name())
                .put("hide_phone_number", true)
                .put("ringing_timeout", seconds(call.ring()))
                .put("max_call_duration", seconds(call.longest()))
                .put("wait_until_answered", true);
        if (call.from() != null) {
            request.put("sip_number", call.from());
        }
        if (call.displayName() != null) {
            request.put("display_name", call.displayName());
        }
        ObjectNode grants = Json.MAPPER.createObjectNode();
        grants.putObject("sip").put("call", true);
        grants.putObject("video").put("roomAdmin", true).put("room", call.room());
        twirp.call(SIP + "CreateSIPParticipant", request, grants, call.ring().plus(MARGIN));
    }

    /** The outbound trunks. Fails with a {@link TwirpError} where the deployment has no SIP. */
    public List<Trunk> trunks() throws TwirpError, Failure {
        ObjectNode grants = Json.MAPPER.createObjectNode();
        grants.putObject("sip").put("admin", true);
        var trunks = new ArrayList<Trunk>();
        for (JsonNode trunk : twirp.call(SIP + "ListSIPOutboundTrunk", Json.MAPPER.createObjectNode(), grants, timeout).path("items")) {
            var numbers = new ArrayList<String>();
            trunk.path("numbers").forEach(n -> numbers.add(n.asText()));
            trunks.add(new Trunk(trunk.path("sip_trunk_id").asText(), trunk.path("name").asText(), numbers));
        }
        return trunks;
    }

    /** As protobuf's JSON has a {@code Duration}. */
    private static String seconds(Duration duration) {
        return duration.toSeconds() + "s";
    }
}
