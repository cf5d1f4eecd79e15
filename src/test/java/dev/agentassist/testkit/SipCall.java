package dev.agentassist.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** One side of a telephone call in a room: a participant of kind SIP, its sound, and the one who holds the telephone. */
public final class SipCall {

    private final NodeProcess process;
    private final String id;
    private final JsonNode request;
    private final List<JsonNode> events = new CopyOnWriteArrayList<>();
    private final Ear ear;

    SipCall(NodeProcess process, String id, JsonNode request) {
        this.process = process;
        this.id = id;
        this.request = request;
        this.ear = new Ear(identity(), since -> ask("heard", body().put("since", since)));
    }

    void happened(JsonNode event) {
        events.add(event);
    }

    /** {@code sip.callID}. */
    public String id() {
        return id;
    }

    public String room() {
        return request.path("room").asText();
    }

    public String identity() {
        return request.path("identity").asText();
    }

    /** The number that was dialled; empty of a call that came in. */
    public String number() {
        return request.path("to").asText();
    }

    /**
     * What the server asked of the worker: {@code to, from, displayName (null when not said), name, metadata, attributes,
     * dtmf, dialtone, headers, ringingTimeout, maxCallDuration (ms), wait}.
     */
    public JsonNode request() {
        return request;
    }

    /** What whoever holds this telephone hears. */
    public Ear ear() {
        return ear;
    }

    /** {@code sip.callStatus} so far: ringing, active, hangup. */
    public List<String> statuses() {
        return events.stream().filter(e -> is(e, "status")).map(e -> e.get("status").asText()).toList();
    }

    /** When it first had that status, in milliseconds of the wall's clock: the sound begins after it. */
    public double statusAt(String status) {
        return events.stream().filter(e -> is(e, "status") && e.get("status").asText().equals(status)).findFirst().orElseThrow()
                .get("at").asDouble();
    }

    /** Keys that others in the room pressed, as this telephone hears them. */
    public List<String> keysHeard() {
        return events.stream().filter(e -> is(e, "dtmf")).map(e -> e.get("digit").asText()).toList();
    }

    public boolean ended() {
        return events.stream().anyMatch(e -> is(e, "ended"));
    }

    public void awaitStatus(String status) {
        Await.until(this + " is " + status, () -> statuses().contains(status));
    }

    public void awaitEnd() {
        Await.until(this + " has ended", this::ended);
    }

    /** Waits for something that the leg told: {@code reconnected}, {@code subscribing}… more often than {@code before} times. */
    public void await(String event, long before) {
        Await.until(this + ": " + event, () -> count(event) > before);
    }

    /** How often it told that. */
    public long count(String event) {
        return events.stream().filter(e -> is(e, event)).count();
    }

    private static boolean is(JsonNode event, String name) {
        return event.get("event").asText().equals(name);
    }

    /** Presses a key: {@code 0}–{@code 9}, {@code *}, {@code #}. Everybody in the room is told. */
    public void press(String key) {
        ask("press", body().put("digit", key));
    }

    /** Says something else from now on: one of the {@link Tones}. */
    public void say(int hertz) {
        ask("tone", body().put("hertz", hertz));
    }

    /** Loses its connection to LiveKit and resumes it, or, {@code full}, makes a new one and subscribes to everything again. */
    public void reconnect(boolean full) {
        long before = count("reconnected");
        ask("reconnect", body().put("full", full));
        await("reconnected", before);
    }

    /** Its client is replaced by a new one of the same identity, as after a crash of the SIP service. */
    public void rejoin() {
        ask("rejoin", body());
    }

    /** The telephone is put down. */
    public void hangUp() {
        ask("hangUp", body());
    }

    private JsonNode ask(String operation, ObjectNode body) {
        return process.ask(operation, body.put("leg", id));
    }

    private static ObjectNode body() {
        return NodeProcess.JSON.createObjectNode();
    }

    @Override
    public String toString() {
        return "the call " + id + " of " + identity() + " in " + room() + " " + events.stream()
                .map(e -> e.get("event").asText() + e.path("status").asText("")).toList();
    }
}
