package dev.agentassist.livekit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.json.Json;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
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

    private final Twirp twirp;
    private final Duration timeout;
    private final String server;

    public RoomControl(LiveKitServer server, OkHttpClient http, Duration timeout, InstantSource clock) {
        this.twirp = new Twirp(server, http, clock);
        this.timeout = timeout;
        this.server = server.describe();
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
            throw failed(e);
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
        ObjectNode request = Json.MAPPER.createObjectNode().put("name", room).put("empty_timeout", 60).put("departure_timeout", 20);
        request.putArray("agents").addObject().put("agent_name", "nobody-" + Long.toHexString(System.nanoTime()));
        rooms("CreateRoom", request, room);
    }

    /** Everybody in it is thrown out. */
    public void delete(String room) {
        rooms("DeleteRoom", request(room), room);
    }

    private void rooms(String method, ObjectNode request, String room) {
        ObjectNode grants = ServerToken.admin(room);
        ((ObjectNode) grants.get("video")).put("roomCreate", true);
        try {
            twirp.call(ROOMS + method, request, grants, timeout);
        } catch (TwirpError e) {
            if (e.status() != 404 || !method.equals("DeleteRoom")) {
                throw failed(e);
            }
        }
    }

    /** Moves somebody into another room. */
    public void move(String room, String identity, String to) {
        try {
            tryMove(room, identity, to);
        } catch (TwirpError e) {
            throw failed(e);
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
            throw failed(e);
        }
    }

    private Failure failed(TwirpError e) {
        return new Failure(
                new Problem.Unavailable(
                        e.status(), server + " answered with HTTP status " + e.status() + " (" + e.getMessage() + ").", "Try again in a moment."),
                e);
    }
}
