package dev.agentassist.render;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.agentassist.live.Ending;
import dev.agentassist.live.LiveEvent;
import dev.agentassist.live.LiveParticipant;
import dev.agentassist.live.LiveTrack;
import dev.agentassist.live.segment.Segment;
import dev.agentassist.tail.CallLabel;
import dev.agentassist.tail.TailEvent;
import dev.agentassist.tail.TailFormat;
import dev.agentassist.terminal.Terminal;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;

/** Events as JSON Lines: everything that is known of each, an object a line. */
public final class TailJson implements TailFormat {

    private static final JsonFactory JSON = new JsonFactory();
    private static final String AGENT_STATE = "lk.agent.state";

    @Override
    public String event(TailEvent event) {
        return switch (event.event()) {
            case LiveEvent.Transcript said -> line(event, "segment", j -> segment(j, said.segment(), event));
            case LiveEvent.StateChanged changed -> line(event, "state", j -> state(j, changed));
            case LiveEvent.Joined joined -> line(event, "participant_joined", j -> participant(j, joined.participant()));
            case LiveEvent.Left left -> line(event, "participant_left", j -> participant(j, left.participant()));
            case LiveEvent.Changed changed -> line(event, "participant_changed", j -> changed(j, changed));
            case LiveEvent.TrackPublished published -> line(event, "track_published", j -> track(j, published.track()));
            case LiveEvent.TrackUnpublished gone -> line(event, "track_unpublished", j -> track(j, gone.track()));
            case LiveEvent.Gap gap -> line(event, "gap", j -> {
                time(j, "from", gap.from());
                time(j, "to", gap.to());
                j.writeBooleanField("complete", gap.complete());
            });
            case LiveEvent.Shed shed -> line(event, "shed", j -> {
                j.writeNumberField("interims", shed.interims());
                j.writeNumberField("finals", shed.finals());
            });
            case LiveEvent.Notice notice -> line(event, "notice", j -> j.writeStringField("detail", notice.sentence()));
            case LiveEvent.Audio audio -> "";
        };
    }

    @Override
    public String shed(long lines) {
        return write(j -> {
            j.writeStringField("type", "shed");
            j.writeNumberField("lines", lines);
        });
    }

    @FunctionalInterface
    private interface Fields {
        void write(JsonGenerator json) throws IOException;
    }

    private static String line(TailEvent event, String type, Fields fields) {
        return write(j -> {
            j.writeStringField("type", type);
            time(j, "at", event.at());
            call(j, event.call());
            fields.write(j);
        });
    }

    private static String write(Fields fields) {
        var text = new StringWriter();
        try (JsonGenerator json = JSON.createGenerator(text)) {
            json.writeStartObject();
            fields.write(json);
            json.writeEndObject();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return inert(text.toString()) + "\n";
    }

    /** Control and reordering characters that JSON takes as they are, but a terminal would act on, as JSON's escapes. */
    private static String inert(String json) {
        if (Terminal.printable(json).equals(json)) {
            return json;
        }
        var text = new StringBuilder(json.length() + 16);
        for (int i = 0; i < json.length(); i++) {
            String c = json.substring(i, i + 1);
            text.append(Terminal.printable(c).equals(c) ? c : String.format("\\u%04x", (int) c.charAt(0)));
        }
        return text.toString();
    }

    private static void call(JsonGenerator json, CallLabel call) throws IOException {
        json.writeStringField("room_name", call.room());
        json.writeStringField("conversation_id", call.conversationId());
    }

    private static void segment(JsonGenerator json, Segment said, TailEvent event) throws IOException {
        json.writeStringField("segment_id", said.id());
        json.writeStringField("speaker", said.role().wire());
        json.writeStringField("identity", said.speaker());
        json.writeStringField("name", said.name());
        json.writeStringField("text", said.text());
        json.writeBooleanField("final", said.settled());
        json.writeBooleanField("complete", said.complete());
        time(json, "started_at", said.startedAt());
        json.writeStringField("language", said.language());
        json.writeStringField("track", said.track());
        if (event.matched()) {
            json.writeBooleanField("matched", true);
        }
        if (event.stored()) {
            json.writeBooleanField("stored", true);
        }
    }

    private static void state(JsonGenerator json, LiveEvent.StateChanged changed) throws IOException {
        json.writeStringField("state", changed.state().name().toLowerCase(java.util.Locale.ROOT));
        Ending ending = changed.ending();
        if (ending != null) {
            json.writeStringField("reason", ending.reason().name().toLowerCase(java.util.Locale.ROOT));
            json.writeStringField("detail", ending.detail());
        }
    }

    private static void participant(JsonGenerator json, LiveParticipant participant) throws IOException {
        json.writeStringField("identity", participant.identity());
        json.writeStringField("name", participant.name());
        json.writeStringField("role", participant.role().wire());
        json.writeObjectFieldStart("attributes");
        for (var entry : new java.util.TreeMap<>(participant.attributes()).entrySet()) {
            json.writeStringField(entry.getKey(), entry.getValue());
        }
        json.writeEndObject();
    }

    private static void changed(JsonGenerator json, LiveEvent.Changed changed) throws IOException {
        participant(json, changed.participant());
        String state = changed.participant().attributes().get(AGENT_STATE);
        if (state != null) {
            json.writeStringField("agent_state", state);
        }
    }

    private static void track(JsonGenerator json, LiveTrack track) throws IOException {
        json.writeStringField("track", track.sid());
        json.writeStringField("identity", track.participant());
        json.writeStringField("kind", track.kind().name().toLowerCase(java.util.Locale.ROOT));
        json.writeStringField("source", track.source());
        json.writeBooleanField("muted", track.muted());
        json.writeBooleanField("encrypted", track.encrypted());
    }

    private static void time(JsonGenerator json, String field, Instant at) throws IOException {
        json.writeStringField(field, at == null ? null : at.truncatedTo(java.time.temporal.ChronoUnit.MILLIS).toString());
    }
}
