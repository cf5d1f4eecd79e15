package dev.agentassist.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.livekit.server.SipServiceClient;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import livekit.LivekitSip;

/**
 * A test worker that serves LiveKit's SIP API in place of livekit-sip ({@code src/test/node/sip}, whose README says what it
 * is and is not): it takes {@code CreateSIPParticipant} from a real server over a real Redis and puts participants of kind
 * SIP with real sound into the rooms. What happens when a number is called is said beforehand ({@link #phone}).
 */
public final class SipWorkerPart implements AutoCloseable {

    private static final AtomicInteger COUNT = new AtomicInteger();
    private static final List<String> FILES =
            List.of("sip/worker.mjs", "sip/leg.mjs", "sip/psrpc.mjs", "sip/protobuf.mjs", "tones.mjs");

    private final LiveKitServerPart server;
    private final NodeProcess process;
    private final List<SipCall> calls = new CopyOnWriteArrayList<>();
    private volatile boolean ready;

    private SipWorkerPart(LiveKitServerPart server, RedisPart redis) {
        this.server = server;
        this.process = new NodeProcess(
                "sip-" + COUNT.incrementAndGet(),
                FILES,
                Map.of(
                        "LIVEKIT_URL", server.url(), "LIVEKIT_API_KEY", LiveKitServerPart.KEY,
                        "LIVEKIT_API_SECRET", LiveKitServerPart.SECRET, "REDIS_PORT", Integer.toString(redis.port())),
                this::happened);
        Await.until("the SIP worker serves (its log: " + process.log() + ")", () -> ready);
        ObjectNode pitches = body();
        pitches.set("pitches", NodeProcess.JSON.valueToTree(Tones.ALL));
        process.ask("pitches", pitches);
    }

    /** For a server that was started {@link LiveKitOptions#withRedis with} this Redis. */
    public static SipWorkerPart start(LiveKitServerPart server, RedisPart redis) {
        return new SipWorkerPart(server, redis);
    }

    private void happened(JsonNode event) {
        String name = event.get("event").asText();
        String leg = event.get("leg").asText();
        if (name.equals("ready")) {
            ready = true;
        } else if (name.equals("call")) {
            calls.add(new SipCall(process, leg, event.get("call")));
        } else {
            calls.stream().filter(c -> c.id().equals(leg)).forEach(c -> c.happened(event));
        }
    }

    /** An outbound trunk made through the server's API; its id. */
    public String trunk(String name, String number) {
        var sip = SipServiceClient.createClient(server.httpUrl(), LiveKitServerPart.KEY, LiveKitServerPart.SECRET);
        LivekitSip.SIPOutboundTrunkInfo trunk = LiveKitServerPart.answer(
                sip.createSipOutboundTrunk(name, "sip.example.com", List.of(number)));
        return trunk.getSipTrunkId();
    }

    /** From now on, who calls this number reaches that telephone. A number of which nothing is said answers in silence. */
    public void phone(String number, Phone phone) {
        ObjectNode request = body().put("number", number);
        request.set("phone", NodeProcess.JSON.valueToTree(phone));
        process.ask("phone", request);
    }

    /** Somebody calls in: a participant {@code sip_} + number in a room, on the line, saying a tone. */
    public SipCall inbound(String room, String number, int hertz) {
        JsonNode answer = process.ask("inbound", body().put("room", room).put("number", number).put("hertz", hertz));
        return call(answer.get("leg").asText());
    }

    private SipCall call(String id) {
        return calls.stream().filter(c -> c.id().equals(id)).findFirst().orElseThrow();
    }

    /** Every call so far, those that came in too. */
    public List<SipCall> calls() {
        return new ArrayList<>(calls);
    }

    /** Waits until that number has been called, and answers the newest such call. */
    public SipCall awaitCall(String number) {
        return awaitCall(number, 0);
    }

    /** …more often than {@code before} times. */
    public SipCall awaitCall(String number, int before) {
        Await.until(number + " is called", () -> to(number).size() > before);
        return to(number).getLast();
    }

    /** All calls to a number, in order. */
    public List<SipCall> to(String number) {
        return calls.stream().filter(c -> c.number().equals(number)).toList();
    }

    /**
     * Takes a leg out of a room and puts the same into another, as a server that can move participants does.
     *
     * @return whether such a leg of ours was there
     */
    boolean move(String room, String identity, String to) {
        return process.ask("move", body().put("room", room).put("identity", identity).put("to", to)).get("moved").asBoolean();
    }

    private static ObjectNode body() {
        return NodeProcess.JSON.createObjectNode();
    }

    /** SIGKILL: all its participants vanish without a farewell, and nobody serves SIP any more. */
    public void kill() {
        process.kill();
    }

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
