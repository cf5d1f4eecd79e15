package dev.agentassist.livekit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.json.Json;
import dev.agentassist.problem.Failure;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import okhttp3.OkHttpClient;

/**
 * Changes who may hear whom in the rooms of a LiveKit server. Every method answers within the timeout and throws
 * {@code Unavailable} when the server cannot be reached or fails, {@code NotAllowed} when it refuses the keys.
 */
public final class RoomControl {

    private static final String ROOMS = "RoomService/";

    private static final Duration UNATTENDED = Duration.ofSeconds(60);
    private static final Duration DESERTED = Duration.ofSeconds(20);

    private final Twirp twirp;
    private final RoomAdmin admin;
    private final Duration timeout;

    public RoomControl(LiveKitServer server, OkHttpClient http, Duration timeout, InstantSource clock) {
        this.twirp = new Twirp(server, http, clock);
        this.timeout = timeout;
        this.admin = new RoomAdmin(server, http, timeout, clock);
    }

    /** Everybody in a room; empty when there is no such room. */
    public List<Member> members(String room) {
        List<Member> members = new ArrayList<>();
        call("ListParticipants", request(room), room)
                .ifPresent(answer -> answer.path("participants").forEach(p -> members.add(Member.of(p))));
        return members;
    }

    public Optional<Member> member(String room, String identity) {
        return call("GetParticipant", request(room).put("identity", identity), room).map(Member::of);
    }

    /** Names of all rooms. */
    public List<String> rooms() {
        ObjectNode grants = Json.MAPPER.createObjectNode();
        grants.putObject("video").put("roomList", true);
        try {
            List<String> names = new ArrayList<>();
            twirp.call(ROOMS + "ListRooms", Json.MAPPER.createObjectNode(), grants, timeout)
                    .path("rooms")
                    .forEach(r -> names.add(r.path("name").asText()));
            return names;
        } catch (TwirpError e) {
            throw twirp.failed(e);
        }
    }

    /**
     * Replaces somebody's permission, every field of it, and sets attributes (an empty value removes one).
     *
     * @param permission or null to leave it
     * @return how they are now; empty when they are not there
     */
    public Optional<Member> update(String room, String identity, ObjectNode permission, Map<String, String> attributes) {
        ObjectNode request = request(room).put("identity", identity);
        if (permission != null) {
            request.set("permission", permission);
        }
        if (!attributes.isEmpty()) {
            ObjectNode set = request.putObject("attributes");
            attributes.forEach(set::put);
        }
        return call("UpdateParticipant", request, room).map(Member::of);
    }

    /** Lets somebody hear tracks, or not. False when they are not there. */
    public boolean subscribe(String room, String identity, Collection<String> tracks, boolean on) {
        if (tracks.isEmpty()) {
            return true;
        }
        ObjectNode request = request(room).put("identity", identity).put("subscribe", on);
        tracks.forEach(request.putArray("track_sids")::add);
        return call("UpdateSubscriptions", request, room).isPresent();
    }

    /** Throws somebody out, which hangs up on a telephone. False when they were not there. */
    public boolean remove(String room, String identity) {
        return call("RemoveParticipant", request(room).put("identity", identity), room).isPresent();
    }

    /**
     * Makes a room, or takes the one that there is. With one dispatch to a name that no agent has: a room without any summons
     * every agent worker that has no name.
     */
    public void create(String room) {
        admin.create(room, UNATTENDED, DESERTED, "", "nobody-" + Long.toHexString(System.nanoTime()));
    }

    /** Everybody in it is thrown out. */
    public void delete(String room) {
        admin.delete(room);
    }

    /** Moves somebody into another room. */
    public void move(String room, String identity, String to) {
        try {
            tryMove(room, identity, to);
        } catch (TwirpError e) {
            throw twirp.failed(e);
        }
    }

    /** The same, with the server's own words where it cannot. */
    public void tryMove(String room, String identity, String to) throws TwirpError {
        ObjectNode grants = ServerToken.admin(room);
        ((ObjectNode) grants.get("video")).put("destinationRoom", to);
        twirp.call(ROOMS + "MoveParticipant", request(room).put("identity", identity).put("destination_room", to), grants, timeout);
    }

    /** Asks a participant by RPC; empty when it has no such method or does not answer in time. */
    public Optional<String> rpc(String room, String identity, String method, String payload, Duration limit) {
        ObjectNode request = request(room)
                .put("destination_identity", identity)
                .put("method", method)
                .put("payload", payload)
                .put("response_timeout_ms", limit.toMillis());
        try {
            return Optional.of(twirp.call(ROOMS + "PerformRpc", request, ServerToken.admin(room), limit.plus(timeout))
                    .path("payload")
                    .asText());
        } catch (TwirpError | Failure e) {
            return Optional.empty();
        }
    }

    private static ObjectNode request(String room) {
        return Json.MAPPER.createObjectNode().put("room", room);
    }

    private Optional<JsonNode> call(String method, ObjectNode request, String room) {
        try {
            return Optional.of(twirp.call(ROOMS + method, request, ServerToken.admin(room), timeout));
        } catch (TwirpError e) {
            // 503 is what UpdateSubscriptions answers for somebody who is not there.
            if (e.status() == 404 && !e.code().isEmpty()) {
                return Optional.empty();
            }
            throw twirp.failed(e);
        }
    }
}
