package dev.agentassist.live.signal;

import dev.agentassist.live.wire.ProtoWriter;
import java.util.Collection;
import java.util.Map;

/** What a listener says: messages of {@code SignalRequest} of {@code livekit_rtc.proto}, ready to be sent. */
public final class SignalRequest {

    /** LiveKit's signalling protocol: 16 has sequence numbers on reliable data, so that a resume misses none. */
    public static final int PROTOCOL = 16;

    private SignalRequest() {}

    public static byte[] offer(String sdp, int id) {
        return new ProtoWriter().message(1, description("offer", sdp, id)).toByteArray();
    }

    public static byte[] answer(String sdp, int id) {
        return new ProtoWriter().message(2, description("answer", sdp, id)).toByteArray();
    }

    /** {@code target}: 0 publisher, 1 subscriber. */
    public static byte[] trickle(String candidateInit, int target) {
        return new ProtoWriter()
                .message(3, new ProtoWriter().string(1, candidateInit).number(2, target))
                .toByteArray();
    }

    /** Announces a microphone; the answer is {@link SignalResponse.Published}. {@code clientId}: the track's id in our offer. */
    public static byte[] addMicrophone(String clientId, String name) {
        // TrackType AUDIO is 0. Each packet once (no RED): what is sent is played from a file.
        return new ProtoWriter()
                .message(4, new ProtoWriter().string(1, clientId).string(2, name).number(8, 2).bool(13, true))
                .toByteArray();
    }

    /** Who may subscribe to our tracks: all of them, and those that are still to come. */
    public static byte[] subscriptionPermission(Collection<String> identities) {
        var permission = new ProtoWriter();
        identities.forEach(identity -> permission.message(2, new ProtoWriter().bool(2, true).string(4, identity)));
        return new ProtoWriter().message(11, permission).toByteArray();
    }

    /** {@code tracks}: their sids, by the sid of whoever publishes them. */
    public static byte[] subscribe(Map<String, ? extends Collection<String>> tracks, boolean subscribe) {
        return new ProtoWriter().message(6, subscription(tracks, subscribe)).toByteArray();
    }

    public static byte[] leave() {
        return new ProtoWriter()
                .message(8, new ProtoWriter().number(2, LeaveReason.CLIENT_INITIATED.ordinal()))
                .toByteArray();
    }

    /** {@code rttMillis}: the last round trip, or 0. */
    public static byte[] ping(long nowMillis, long rttMillis) {
        return new ProtoWriter()
                .message(16, new ProtoWriter().number(1, nowMillis).number(2, rttMillis))
                .toByteArray();
    }

    public static byte[] syncState(SyncState state) {
        return new ProtoWriter().message(12, sync(state)).toByteArray();
    }

    /**
     * What a resuming client had.
     *
     * @param offer the last offer of whoever offers, or null
     * @param answer the answer to it, or null
     * @param subscribed tracks listened to: sids by the sid of whoever publishes them
     * @param lastSequences last sequence number of reliable data, by the sid of whoever sent it
     */
    public record SyncState(
            String offer,
            String answer,
            Map<String, ? extends Collection<String>> subscribed,
            Map<String, Integer> lastSequences) {}

    private static ProtoWriter sync(SyncState state) {
        var out = new ProtoWriter();
        if (state.answer() != null) {
            out.message(1, description("answer", state.answer(), 0));
        }
        out.message(2, subscription(state.subscribed(), true));
        if (state.offer() != null) {
            out.message(5, description("offer", state.offer(), 0));
        }
        state.lastSequences()
                .forEach((sid, last) -> out.message(
                        7, new ProtoWriter().string(1, sid).number(2, Integer.toUnsignedLong(last))));
        return out;
    }

    private static ProtoWriter subscription(Map<String, ? extends Collection<String>> tracks, boolean subscribe) {
        var out = new ProtoWriter();
        tracks.values().forEach(sids -> sids.forEach(sid -> out.element(1, sid)));
        out.bool(2, subscribe);
        tracks.forEach((participant, sids) -> {
            var of = new ProtoWriter().string(1, participant);
            sids.forEach(sid -> of.element(2, sid));
            out.message(3, of);
        });
        return out;
    }

    private static ProtoWriter description(String type, String sdp, int id) {
        return new ProtoWriter().string(1, type).string(2, sdp).number(3, id);
    }

    /**
     * The {@code join_request} of {@code /rtc/v1}: a {@code WrappedJoinRequest}, not compressed.
     *
     * @param offerSdp the offer of the single peer connection
     * @param resume null when joining
     */
    static byte[] joinRequest(String version, String offerSdp, Resume resume) {
        var client = new ProtoWriter()
                .string(2, version)
                .number(3, PROTOCOL)
                .string(4, System.getProperty("os.name"));
        var join = new ProtoWriter().message(1, client).message(2, new ProtoWriter());
        if (offerSdp != null) {
            join.message(6, description("offer", offerSdp, 1));
        }
        if (resume != null) {
            join.bool(7, true).number(8, resume.reason().ordinal()).string(9, resume.participantSid());
        }
        return new ProtoWriter().bytes(2, join.toByteArray()).toByteArray();
    }

    /** Whose session is resumed, and why. */
    public record Resume(String participantSid, ReconnectReason reason) {}
}
