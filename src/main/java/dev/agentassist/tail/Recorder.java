package dev.agentassist.tail;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.conversation.Channel;
import dev.agentassist.conversation.Conversation;
import dev.agentassist.conversation.ConversationInfo;
import dev.agentassist.conversation.Status;
import dev.agentassist.live.segment.Role;
import dev.agentassist.live.segment.Segment;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/** The record of a call that is written as it goes: LiveKit Agents' chat history, an item for each settled segment. */
public final class Recorder {

    private static final DateTimeFormatter STAMP = DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss").withZone(ZoneOffset.UTC);

    private final Conversation base;
    private final ArrayNode items = JsonNodeFactory.instance.arrayNode();
    private Status status;
    private Integer duration;
    private String caller;
    private String agentName;

    /** {@code stored}: the call's record so far, or null when no store knows it. */
    public Recorder(Conversation stored, String room, Instant now) {
        this.base = stored;
        if (stored == null) {
            id = "live-" + room.replaceAll("[^A-Za-z0-9._-]", "_") + "-" + STAMP.format(now);
        } else {
            id = stored.id();
            JsonNode before = stored.transcript();
            JsonNode list = before == null ? null : before.isArray() ? before : before.path("items");
            if (list != null && list.isArray()) {
                list.forEach(items::add);
            }
        }
        this.room = room;
        this.since = stored == null ? now : stored.info().createdAt();
        this.status = stored == null || stored.info().status().terminal() ? Status.IN_PROGRESS : stored.info().status();
    }

    private final String id;
    private final String room;
    private final Instant since;

    String id() {
        return id;
    }

    public void add(Segment said) {
        ObjectNode item = items.addObject();
        item.put("id", "item_" + said.id());
        item.put("type", "message");
        item.put("role", said.role() == Role.AGENT ? "assistant" : "user");
        item.putArray("content").add(said.text());
        item.put("interrupted", !said.complete());
        item.put("created_at", said.startedAt().toEpochMilli() / 1000.0);
    }

    /** What the room tells about its people. */
    public void people(String callerNumber, String agent) {
        caller = caller == null ? callerNumber : caller;
        agentName = agentName == null ? agent : agentName;
    }

    /** The call is over. */
    void completed(Instant at) {
        status = Status.COMPLETED;
        duration = (int) Math.max(0, Duration.between(since, at).toSeconds());
    }

    public Conversation record(Instant now) {
        int callerTurns = 0;
        for (JsonNode item : items) {
            callerTurns += item.path("role").asText().equals("user") ? 1 : 0;
        }
        ConversationInfo i = base == null ? null : base.info();
        var info = new ConversationInfo(
                id,
                i == null ? null : i.organizationId(),
                i == null ? null : i.direction(),
                i != null && i.channel() != null ? i.channel() : caller == null ? Channel.WEBRTC : Channel.TELEPHONE,
                status,
                i != null && i.userId() != null ? i.userId() : caller,
                i == null ? null : i.agentId(),
                i != null && i.agentName() != null ? i.agentName() : agentName,
                room,
                duration != null ? duration : i == null ? null : i.duration(),
                callerTurns,
                since,
                now);
        ObjectNode transcript = JsonNodeFactory.instance.objectNode();
        transcript.set("items", items.deepCopy());
        return new Conversation(
                info,
                base == null ? null : base.agentVersionId(),
                base == null ? null : base.agentNumber(),
                base == null ? null : base.webWidgetId(),
                base == null ? null : base.summary(),
                base == null ? null : base.initialContext(),
                base == null ? null : base.customMetadata(),
                transcript,
                base == null ? null : base.recordingDetails(),
                base == null ? JsonNodeFactory.instance.objectNode() : base.extra());
    }
}
