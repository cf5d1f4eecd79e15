package dev.agentassist.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;

/** Somebody in a room: what they do, and everything that LiveKit tells them about the others. */
public final class Participant {

    /**
     * Something that LiveKit's client reported.
     *
     * @param name as rtc-node calls it: {@code participantConnected}, {@code trackPublished}, {@code disconnected}…
     * @param identity of the participant that it is about, or empty
     * @param data further fields
     */
    public record Event(String name, String identity, JsonNode data) {}

    /** One segment of a legacy transcription packet; times in milliseconds. */
    public record Segment(String id, String text, long startTime, long endTime, boolean isFinal, String language) {}

    private final Participants process;
    private final int handle;
    private final List<Event> events = new CopyOnWriteArrayList<>();
    private String identity = "";
    private String sid = "";
    private Ear ear;

    Participant(Participants process, int handle) {
        this.process = process;
        this.handle = handle;
    }

    void joined(JsonNode answer) {
        identity = answer.get("identity").asText();
        sid = answer.get("sid").asText();
        ear = new Ear(identity, since -> process.ask("heard", request().put("since", since)));
    }

    /** What this one hears; only of those who joined with {@link Participants#joinListening}. */
    public Ear ear() {
        return ear;
    }

    /** Loses its connection and resumes it, or, {@code full}, makes a new one and publishes and subscribes again. */
    public void reconnect(boolean full) {
        process.ask("reconnect", request().put("full", full));
    }

    void happened(JsonNode node) {
        events.add(new Event(node.get("event").asText(), node.path("identity").asText(""), node));
    }

    public String identity() {
        return identity;
    }

    public String sid() {
        return sid;
    }

    private ObjectNode request() {
        return Participants.JSON.createObjectNode().put("handle", handle);
    }

    /**
     * Agent speech, the “delta” way: one text stream for the segment, each chunk appended to it; that it is final comes
     * with the trailer only.
     */
    public void delta(String segmentId, String trackSid, String... chunks) {
        ObjectNode request = request().put("segment", segmentId).put("track", trackSid);
        for (String chunk : chunks) {
            request.withArray("chunks").add(chunk);
        }
        process.ask("delta", request);
    }

    /** Opens a delta segment that stays open; the answer's handle is for {@link #append} and {@link #finish}. */
    public int open(String segmentId, String trackSid) {
        return process.ask("open", request().put("segment", segmentId).put("track", trackSid)).get("stream").asInt();
    }

    public void append(int stream, String chunk) {
        process.ask("append", request().put("stream", stream).put("chunk", chunk));
    }

    public void finish(int stream) {
        process.ask("finish", request().put("stream", stream));
    }

    /** Caller speech, the “replace” way: each state of the segment is a stream of its own with the same segment id. */
    public void replace(String segmentId, String trackSid, String text, boolean isFinal) {
        process.ask(
                "replace",
                request().put("segment", segmentId).put("track", trackSid).put("text", text).put("final", isFinal));
    }

    /**
     * Transcription of somebody else, as an agent publishes a caller's: the stream's sender is {@code sender}. The older
     * way of LiveKit Agents.
     */
    public void replaceAs(String sender, String segmentId, String trackSid, String text, boolean isFinal) {
        process.ask(
                "replace",
                request().put("segment", segmentId).put("track", trackSid).put("text", text).put("final", isFinal)
                        .put("sender", sender));
    }

    /** A legacy transcription packet about a participant's track; the server forwards those of agents only. */
    public void legacy(String aboutIdentity, String trackSid, Segment... segments) {
        ObjectNode request = request().put("about", aboutIdentity).put("track", trackSid);
        for (Segment s : segments) {
            request.withArray("segments").addObject()
                    .put("id", s.id).put("text", s.text).put("startTime", s.startTime).put("endTime", s.endTime)
                    .put("final", s.isFinal).put("language", s.language);
        }
        process.ask("legacy", request);
    }

    /** Any text stream, sent at once: the SDK decides about inlining and compressing it. */
    public void sendText(String topic, String text, Map<String, String> attributes, boolean compress) {
        ObjectNode request = request().put("topic", topic).put("text", text).put("compress", compress);
        request.set("attributes", Participants.JSON.valueToTree(attributes));
        process.ask("sendText", request);
    }

    /** A data packet. */
    public void sendData(String topic, String text) {
        process.ask("sendData", request().put("topic", topic).put("text", text));
    }

    /** Publishes a microphone that plays a WAV file (PCM, 16 bit, mono) once, then silence. The answer is the track's id. */
    public String publish(Path wav) {
        return process.ask("publish", request().put("wav", wav.toAbsolutePath().toString())).get("track").asText();
    }

    /** Publishes a microphone with a tone of so many hertz; 0 is silence. The answer is the track's id. */
    public String publishTone(int hertz) {
        return process.ask("publish", request().put("hertz", hertz)).get("track").asText();
    }

    public void unpublish(String trackSid) {
        process.ask("unpublish", request().put("track", trackSid));
    }

    public void setAttribute(String name, String value) {
        ObjectNode request = request();
        request.putObject("attributes").put(name, value);
        process.ask("attributes", request);
    }

    /** The identities of those whom this one sees in the room now. */
    public List<String> sees() {
        return process.ask("sees", request()).get("identities").valueStream().map(JsonNode::asText).toList();
    }

    /** Everything it was told, from the first moment. */
    public List<Event> events() {
        return List.copyOf(events);
    }

    /** Whether anything that it was told is about this participant. */
    public boolean wasToldOf(String identity) {
        return events.stream().anyMatch(e -> e.identity.equals(identity));
    }

    public void await(String what, Predicate<Event> event) {
        Await.until(() -> what + "; told were " + events, Await.PATIENCE, () -> events.stream().anyMatch(event));
    }

    /** Waits for an event of this name about this participant. */
    public void await(String name, String identity) {
        await(identity + " " + name, e -> e.name.equals(name) && e.identity.equals(identity));
    }

    public void leave() {
        process.ask("leave", request());
    }
}
