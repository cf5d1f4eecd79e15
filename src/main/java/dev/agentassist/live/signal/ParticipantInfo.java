package dev.agentassist.live.signal;

import dev.agentassist.live.wire.MalformedMessage;
import dev.agentassist.live.wire.ProtoReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code ParticipantInfo} of {@code livekit_models.proto}.
 *
 * @param state 0 joining, 1 joined, 2 active, 3 disconnected
 * @param joinedAtMillis epoch milliseconds, or 0
 * @param permission null where the server does not tell
 * @param kind 0 standard, 1 ingress, 2 egress, 3 SIP, 4 agent, 7 connector, 8 bridge
 * @param leaveReason why it left, where {@code state} is disconnected
 */
public record ParticipantInfo(
        String sid,
        String identity,
        int state,
        List<TrackInfo> tracks,
        String name,
        long joinedAtMillis,
        Permission permission,
        int kind,
        Map<String, String> attributes,
        LeaveReason leaveReason) {

    public static final int DISCONNECTED = 3;
    public static final int KIND_EGRESS = 2;
    public static final int KIND_AGENT = 4;
    public static final int KIND_BRIDGE = 8;

    /** {@code ParticipantPermission}, as far as it matters to a listener. */
    public record Permission(boolean canSubscribe, boolean canPublish, boolean canPublishData, boolean hidden) {

        static Permission read(ProtoReader in) throws MalformedMessage {
            boolean subscribe = false;
            boolean publish = false;
            boolean data = false;
            boolean hidden = false;
            while (in.next()) {
                switch (in.field()) {
                    case 1 -> subscribe = in.bool();
                    case 2 -> publish = in.bool();
                    case 3 -> data = in.bool();
                    case 7 -> hidden = in.bool();
                    default -> { }
                }
            }
            return new Permission(subscribe, publish, data, hidden);
        }
    }

    static ParticipantInfo read(ProtoReader in) throws MalformedMessage {
        String sid = "";
        String identity = "";
        int state = 0;
        var tracks = new ArrayList<TrackInfo>();
        String name = "";
        long seconds = 0;
        long millis = 0;
        Permission permission = null;
        int kind = 0;
        var attributes = new HashMap<String, String>();
        LeaveReason reason = LeaveReason.UNKNOWN_REASON;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> sid = in.string();
                case 2 -> identity = in.string();
                case 3 -> state = in.int32();
                case 4 -> tracks.add(TrackInfo.read(in.message()));
                case 6 -> seconds = in.number();
                case 9 -> name = in.string();
                case 11 -> permission = Permission.read(in.message());
                case 14 -> kind = in.int32();
                case 15 -> in.entry(attributes);
                case 16 -> reason = LeaveReason.of(in.number());
                case 17 -> millis = in.number();
                default -> { }
            }
        }
        // Older servers tell whole seconds only.
        long joined = millis != 0 ? millis : Math.clamp(seconds, 0, Integer.MAX_VALUE * 2L) * 1000;
        return new ParticipantInfo(sid, identity, state, tracks, name, joined, permission, kind, attributes, reason);
    }
}
