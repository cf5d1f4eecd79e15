package dev.agentassist.live.signal;

import dev.agentassist.live.rtc.IceServer;
import dev.agentassist.live.wire.MalformedMessage;
import dev.agentassist.live.wire.ProtoReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the server says: {@code SignalResponse} of {@code livekit_rtc.proto}, as far as it matters to a listener. */
public sealed interface SignalResponse {

    /**
     * @param room the room's name
     * @param me this participant
     * @param pingIntervalSeconds how often to send a ping; 0: not at all
     * @param pingTimeoutSeconds without any answer for so long the connection is dead
     * @param alternativeUrl where to join instead, or empty
     * @param relayOnly the server wants its relays used
     */
    record Join(
            String room,
            ParticipantInfo me,
            List<ParticipantInfo> others,
            List<IceServer> iceServers,
            boolean subscriberPrimary,
            String alternativeUrl,
            int pingTimeoutSeconds,
            int pingIntervalSeconds,
            boolean relayOnly,
            String serverVersion)
            implements SignalResponse {}

    /** {@code id} pairs an answer with its offer; 0 where the server has none. {@code tracks}: media section to track sid. */
    record Answer(String sdp, int id, Map<String, String> tracks) implements SignalResponse {}

    record Offer(String sdp, int id, Map<String, String> tracks) implements SignalResponse {}

    /** {@code target}: 0 publisher, 1 subscriber. */
    record Trickle(String candidateInit, int target) implements SignalResponse {}

    /** A track of ours is known to the server. {@code clientId}: ours of it. */
    record Published(String clientId, TrackInfo track) implements SignalResponse {}

    record Update(List<ParticipantInfo> participants) implements SignalResponse {}

    /** {@code regions}: addresses to try instead, best first. */
    record Leave(LeaveReason reason, LeaveAction action, List<String> regions) implements SignalResponse {}

    record RefreshToken(String token) implements SignalResponse {
        @Override
        public String toString() {
            return "RefreshToken";
        }
    }

    /** The answer to a resume. */
    record Reconnect(List<IceServer> iceServers, boolean relayOnly, int lastMessageSequence) implements SignalResponse {}

    record Pong() implements SignalResponse {}

    /**
     * The answer to a request of ours that is not simply granted.
     *
     * @param reason 0 granted, 1 not found, 2 not allowed, 3 a limit is reached, 4 queued, 5 unsupported
     * @param message of the server; untrusted, may be empty
     */
    record RequestAnswer(int reason, String message) implements SignalResponse {
        public static final int NOT_ALLOWED = 2;
    }

    /** How many sections for sound and pictures the subscribed tracks need, in a single peer connection. */
    record MediaSections(int audios, int videos) implements SignalResponse {}

    /** This participant was moved into another room. */
    record RoomMoved(String room, String token, ParticipantInfo me, List<ParticipantInfo> others)
            implements SignalResponse {
        @Override
        public String toString() {
            return "RoomMoved[" + room + "]";
        }
    }

    /** What a listener has no use for. */
    record Other(int field) implements SignalResponse {}

    static SignalResponse read(byte[] bytes) throws MalformedMessage {
        var in = new ProtoReader(bytes);
        SignalResponse response = new Other(0);
        while (in.next()) {
            response = switch (in.field()) {
                case 1 -> join(in.message());
                case 2 -> answer(in.message());
                case 3 -> offer(in.message());
                case 4 -> trickle(in.message());
                case 5 -> new Update(participants(in.message(), 1));
                case 6 -> published(in.message());
                case 8 -> leave(in.message());
                case 16 -> new RefreshToken(in.string());
                case 18, 20 -> new Pong();
                case 19 -> reconnect(in.message());
                case 22 -> requestAnswer(in.message());
                case 24 -> roomMoved(in.message());
                case 25 -> mediaSections(in.message());
                default -> new Other(in.field());
            };
        }
        return response;
    }

    private static Join join(ProtoReader in) throws MalformedMessage {
        String room = "";
        ParticipantInfo me = null;
        var others = new ArrayList<ParticipantInfo>();
        var servers = new ArrayList<IceServer>();
        boolean primary = false;
        String alternative = "";
        int timeout = 0;
        int interval = 0;
        boolean relay = false;
        String version = "";
        while (in.next()) {
            switch (in.field()) {
                case 1 -> room = roomName(in.message());
                case 2 -> me = ParticipantInfo.read(in.message());
                case 3 -> others.add(ParticipantInfo.read(in.message()));
                case 4 -> version = in.string();
                case 5 -> servers.add(iceServer(in.message()));
                case 6 -> primary = in.bool();
                case 7 -> alternative = in.string();
                case 8 -> relay = forcesRelay(in.message());
                case 10 -> timeout = in.int32();
                case 11 -> interval = in.int32();
                default -> { }
            }
        }
        if (me == null && alternative.isEmpty()) {
            throw new MalformedMessage("a join without a participant");
        }
        return new Join(room, me, others, servers, primary, alternative, timeout, interval, relay, version);
    }

    private static Answer answer(ProtoReader in) throws MalformedMessage {
        Offer description = offer(in);
        return new Answer(description.sdp(), description.id(), description.tracks());
    }

    /** A {@code SessionDescription}. */
    private static Offer offer(ProtoReader in) throws MalformedMessage {
        String sdp = "";
        int id = 0;
        var tracks = new HashMap<String, String>();
        while (in.next()) {
            switch (in.field()) {
                case 2 -> sdp = in.string();
                case 3 -> id = in.int32();
                case 4 -> in.entry(tracks);
                default -> { }
            }
        }
        return new Offer(sdp, id, tracks);
    }

    private static Trickle trickle(ProtoReader in) throws MalformedMessage {
        String candidate = "";
        int target = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> candidate = in.string();
                case 2 -> target = in.int32();
                default -> { }
            }
        }
        return new Trickle(candidate, target);
    }

    private static List<ParticipantInfo> participants(ProtoReader in, int field) throws MalformedMessage {
        var participants = new ArrayList<ParticipantInfo>();
        while (in.next()) {
            if (in.field() == field) {
                participants.add(ParticipantInfo.read(in.message()));
            }
        }
        return participants;
    }

    private static Published published(ProtoReader in) throws MalformedMessage {
        String clientId = "";
        TrackInfo track = null;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> clientId = in.string();
                case 2 -> track = TrackInfo.read(in.message());
                default -> { }
            }
        }
        if (track == null) {
            throw new MalformedMessage("a published track without its description");
        }
        return new Published(clientId, track);
    }

    private static RequestAnswer requestAnswer(ProtoReader in) throws MalformedMessage {
        int reason = 0;
        String message = "";
        while (in.next()) {
            switch (in.field()) {
                case 2 -> reason = in.int32();
                case 3 -> message = in.string();
                default -> { }
            }
        }
        return new RequestAnswer(reason, message);
    }

    private static Leave leave(ProtoReader in) throws MalformedMessage {
        boolean canReconnect = false;
        LeaveReason reason = LeaveReason.UNKNOWN_REASON;
        long action = -1;
        var regions = new ArrayList<String>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> canReconnect = in.bool();
                case 2 -> reason = LeaveReason.of(in.number());
                case 3 -> action = in.number();
                case 4 -> regions(in.message(), regions);
                default -> { }
            }
        }
        // Before protocol 13 there was no action, and DISCONNECT is 0, which is not written.
        LeaveAction wanted = action == 1
                ? LeaveAction.RESUME
                : action == 2 || canReconnect ? LeaveAction.RECONNECT : LeaveAction.DISCONNECT;
        return new Leave(reason, wanted, regions);
    }

    private static void regions(ProtoReader in, List<String> urls) throws MalformedMessage {
        while (in.next()) {
            if (in.field() != 1) {
                continue;
            }
            ProtoReader region = in.message();
            while (region.next()) {
                if (region.field() == 2) {
                    urls.add(region.string());
                }
            }
        }
    }

    private static Reconnect reconnect(ProtoReader in) throws MalformedMessage {
        var servers = new ArrayList<IceServer>();
        boolean relay = false;
        int sequence = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> servers.add(iceServer(in.message()));
                case 2 -> relay = forcesRelay(in.message());
                case 4 -> sequence = in.int32();
                default -> { }
            }
        }
        return new Reconnect(servers, relay, sequence);
    }

    private static RoomMoved roomMoved(ProtoReader in) throws MalformedMessage {
        String room = "";
        String token = "";
        ParticipantInfo me = null;
        var others = new ArrayList<ParticipantInfo>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> room = roomName(in.message());
                case 2 -> token = in.string();
                case 3 -> me = ParticipantInfo.read(in.message());
                case 4 -> others.add(ParticipantInfo.read(in.message()));
                default -> { }
            }
        }
        return new RoomMoved(room, token, me, others);
    }

    private static MediaSections mediaSections(ProtoReader in) throws MalformedMessage {
        int audios = 0;
        int videos = 0;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> audios = in.int32();
                case 2 -> videos = in.int32();
                default -> { }
            }
        }
        return new MediaSections(audios, videos);
    }

    private static String roomName(ProtoReader in) throws MalformedMessage {
        String name = "";
        while (in.next()) {
            if (in.field() == 2) {
                name = in.string();
            }
        }
        return name;
    }

    private static IceServer iceServer(ProtoReader in) throws MalformedMessage {
        var urls = new ArrayList<String>();
        String username = null;
        String credential = null;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> urls.add(in.string());
                case 2 -> username = in.string();
                case 3 -> credential = in.string();
                default -> { }
            }
        }
        return new IceServer(urls, username, credential);
    }

    /** {@code ClientConfiguration.force_relay}: 2 is enabled. */
    private static boolean forcesRelay(ProtoReader in) throws MalformedMessage {
        boolean relay = false;
        while (in.next()) {
            if (in.field() == 5) {
                relay = in.number() == 2;
            }
        }
        return relay;
    }
}
