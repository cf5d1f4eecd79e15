package dev.agentassist.live;

import dev.agentassist.live.segment.Role;
import dev.agentassist.live.segment.SegmentTracker;
import dev.agentassist.live.signal.LeaveReason;
import dev.agentassist.live.signal.ParticipantInfo;
import dev.agentassist.live.signal.TrackInfo;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Who is in the room and what they publish, and the events about it. */
final class RoomView implements SegmentTracker.Speakers {

    /** Set by LiveKit Agents on an agent's participant, whatever its kind. */
    private static final String AGENT_STATE = "lk.agent.state";
    private static final int MOST_REMEMBERED = 1000;

    /** Somebody left; {@code clean}: by their own will or somebody's, not because a connection broke. */
    interface Watcher {
        void left(LiveParticipant participant, boolean clean);
    }

    private final Consumer<LiveEvent> events;
    private final Watcher watcher;
    /** By identity. Read by any thread. */
    private final Map<String, LiveParticipant> present = new ConcurrentHashMap<>();
    /** Names and roles of those who left: what they said may still arrive. */
    private final Map<String, LiveParticipant> gone = new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, LiveParticipant> eldest) {
            return size() > MOST_REMEMBERED;
        }
    };
    private String myIdentity;
    private boolean sawAgent;

    RoomView(Consumer<LiveEvent> events, Watcher watcher) {
        this.events = events;
        this.watcher = watcher;
    }

    /** After a join: who is there now; whoever is not was lost while we were away. */
    void reset(ParticipantInfo me, List<ParticipantInfo> others) {
        myIdentity = me.identity();
        Set<String> still = new LinkedHashSet<>();
        for (ParticipantInfo other : others) {
            if (other.state() != ParticipantInfo.DISCONNECTED) {
                still.add(other.identity());
            }
        }
        for (LiveParticipant participant : List.copyOf(present.values())) {
            if (!still.contains(participant.identity())) {
                leave(participant, false);
            }
        }
        update(others);
    }

    void update(List<ParticipantInfo> participants) {
        for (ParticipantInfo info : participants) {
            if (info.identity().equals(myIdentity)) {
                continue;
            }
            LiveParticipant known = present.get(info.identity());
            if (info.state() == ParticipantInfo.DISCONNECTED) {
                // News of an earlier joining of somebody who is back.
                if (known != null && known.sid().equals(info.sid())) {
                    leave(known, isClean(info.leaveReason()));
                }
                continue;
            }
            if (info.permission() != null && info.permission().hidden()) {
                continue;
            }
            LiveParticipant now = participant(info);
            sawAgent |= now.role() == Role.AGENT;
            present.put(now.identity(), now);
            if (known == null) {
                events.accept(new LiveEvent.Joined(now));
                now.tracks().forEach(t -> events.accept(new LiveEvent.TrackPublished(t)));
            } else if (!known.equals(now)) {
                changed(known, now);
            }
        }
    }

    private void changed(LiveParticipant before, LiveParticipant now) {
        Map<String, LiveTrack> old = new HashMap<>();
        before.tracks().forEach(t -> old.put(t.sid(), t));
        for (LiveTrack track : now.tracks()) {
            if (old.remove(track.sid()) == null) {
                events.accept(new LiveEvent.TrackPublished(track));
            }
        }
        old.values().forEach(t -> events.accept(new LiveEvent.TrackUnpublished(t)));
        events.accept(new LiveEvent.Changed(before, now));
    }

    private void leave(LiveParticipant participant, boolean clean) {
        present.remove(participant.identity());
        gone.put(participant.identity(), participant);
        participant.tracks().forEach(t -> events.accept(new LiveEvent.TrackUnpublished(t)));
        events.accept(new LiveEvent.Left(participant));
        watcher.left(participant, clean);
    }

    /** A farewell; anything else may be the beginning of a reconnect. */
    private static boolean isClean(LeaveReason reason) {
        return switch (reason) {
            case CLIENT_INITIATED, PARTICIPANT_REMOVED, ROOM_DELETED, ROOM_CLOSED, USER_REJECTED, USER_UNAVAILABLE -> true;
            default -> false;
        };
    }

    private static LiveParticipant participant(ParticipantInfo info) {
        var tracks = new ArrayList<LiveTrack>();
        for (TrackInfo track : info.tracks()) {
            tracks.add(track(info.identity(), track));
        }
        return new LiveParticipant(
                info.identity(),
                info.sid(),
                info.name(),
                role(info),
                info.attributes(),
                info.joinedAtMillis() == 0 ? null : Instant.ofEpochMilli(info.joinedAtMillis()),
                tracks);
    }

    private static LiveTrack track(String identity, TrackInfo track) {
        LiveTrack.Kind kind = switch (track.type()) {
            case 0 -> LiveTrack.Kind.AUDIO;
            case 1 -> LiveTrack.Kind.VIDEO;
            default -> LiveTrack.Kind.DATA;
        };
        String source = switch (track.source()) {
            case 1 -> "camera";
            case 2 -> "microphone";
            case 3 -> "screen_share";
            case 4 -> "screen_share_audio";
            default -> "unknown";
        };
        return new LiveTrack(
                track.sid(), identity, kind, source, track.mimeType(), track.muted(), track.encryption() != 0);
    }

    private static Role role(ParticipantInfo info) {
        if (info.kind() == ParticipantInfo.KIND_AGENT || info.attributes().containsKey(AGENT_STATE)) {
            return Role.AGENT;
        }
        return info.kind() == ParticipantInfo.KIND_EGRESS || info.kind() == ParticipantInfo.KIND_BRIDGE
                ? Role.OTHER
                : Role.CALLER;
    }

    List<LiveParticipant> participants() {
        return present.values().stream()
                .sorted(java.util.Comparator.comparing(LiveParticipant::identity))
                .toList();
    }

    /** Whether somebody is there who makes it a call; a recorder does not. */
    boolean hasCompany() {
        return present.values().stream().anyMatch(p -> p.role() != Role.OTHER);
    }

    boolean hasAgent() {
        return present.values().stream().anyMatch(p -> p.role() == Role.AGENT);
    }

    /** There was an agent at some time. */
    boolean sawAgent() {
        return sawAgent;
    }

    boolean encrypted() {
        return present.values().stream()
                .flatMap(p -> p.tracks().stream())
                .anyMatch(t -> t.audio() && t.encrypted());
    }

    /** All tracks of sound: sids by the sid of whoever publishes them. */
    Map<String, List<String>> audioTracks() {
        Map<String, List<String>> tracks = new LinkedHashMap<>();
        for (LiveParticipant participant : present.values()) {
            List<String> sids =
                    participant.tracks().stream().filter(LiveTrack::audio).map(LiveTrack::sid).toList();
            if (!sids.isEmpty()) {
                tracks.put(participant.sid(), sids);
            }
        }
        return tracks;
    }

    /** The identity of whoever publishes a track, or null. */
    String publisher(String trackSid) {
        for (LiveParticipant participant : present.values()) {
            for (LiveTrack track : participant.tracks()) {
                if (track.sid().equals(trackSid)) {
                    return participant.identity();
                }
            }
        }
        return null;
    }

    @Override
    public String name(String identity) {
        LiveParticipant participant = present.getOrDefault(identity, gone.get(identity));
        return participant == null ? "" : Objects.requireNonNullElse(participant.name(), "");
    }

    @Override
    public Role role(String identity) {
        LiveParticipant participant = present.getOrDefault(identity, gone.get(identity));
        return participant == null ? null : participant.role();
    }
}
