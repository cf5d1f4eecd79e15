package dev.agentassist.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * LiveKit's own client for Node.js (rtc-node) in a process, with any number of participants in it
 * ({@code src/test/node/participants.mjs}).
 */
public final class Participants implements AutoCloseable {

    static final ObjectMapper JSON = NodeProcess.JSON;

    private static final AtomicInteger COUNT = new AtomicInteger();

    private final String url;
    private final NodeProcess process;
    private final Map<Integer, Participant> joined = new ConcurrentHashMap<>();

    private Participants(String url) {
        this.url = url;
        this.process = new NodeProcess(
                "participants-" + COUNT.incrementAndGet(),
                List.of("participants.mjs", "wav.mjs", "tones.mjs"),
                Map.of("LIVEKIT_API_KEY", LiveKitServerPart.KEY, "LIVEKIT_API_SECRET", LiveKitServerPart.SECRET),
                event -> joined.get(event.get("handle").asInt()).happened(event));
    }

    /** A process for participants of one server. Kill it to see how the others take a crash. */
    public static Participants of(LiveKitServerPart server) {
        return new Participants(server.url());
    }

    /** With another URL than the server's own: through a proxy, say. */
    public static Participants of(String url) {
        return new Participants(url);
    }

    /** Somebody joins a room, with everything allowed. */
    public Participant join(String room, Join as) {
        var request = JSON.createObjectNode();
        request.put("room", room);
        request.set("as", JSON.valueToTree(as));
        return join(request);
    }

    /** Somebody joins, and what they hear is taken apart by pitch: {@link Participant#ear}. */
    public Participant joinListening(String room, Join as) {
        var request = JSON.createObjectNode();
        request.put("room", room);
        request.set("as", JSON.valueToTree(as));
        request.set("pitches", JSON.valueToTree(Tones.ALL));
        return join(request);
    }

    /** Somebody joins with a token, as {@code assist token} mints it. Fails when the server refuses it. */
    public Participant joinWithToken(String token) {
        var request = JSON.createObjectNode();
        request.put("token", token);
        return join(request);
    }

    private Participant join(ObjectNode request) {
        int handle = process.nextId();
        var participant = new Participant(this, handle);
        joined.put(handle, participant);
        request.put("url", url).put("handle", handle);
        participant.joined(ask("join", request));
        return participant;
    }

    /** Sends a request and waits for its answer; an error fails the test with what the client said. */
    JsonNode ask(String operation, ObjectNode request) {
        return process.ask(operation, request);
    }

    /** SIGKILL: all its participants vanish without a farewell. */
    public void kill() {
        process.kill();
    }

    /** SIGSTOP: their connections stay, but nothing more comes. */
    public void freeze() {
        process.freeze();
    }

    public void resume() {
        process.resume();
    }

    @Override
    public void close() {
        process.close();
    }
}
