package dev.agentassist.live.signal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.live.wire.MalformedMessage;
import dev.agentassist.testkit.Fixed;
import java.util.List;
import java.util.Map;
import java.util.Random;
import livekit.LivekitModels;
import livekit.LivekitRtc;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Messages of LiveKit's own generated classes and ours, held against each other. */
class SignalMessagesTest {

    private static LivekitModels.ParticipantInfo participant() {
        return LivekitModels.ParticipantInfo.newBuilder()
                .setSid("PA_1")
                .setIdentity("ava")
                .setName("Ava")
                .setStateValue(2)
                .setKind(LivekitModels.ParticipantInfo.Kind.AGENT)
                .setJoinedAt(1_700_000_000)
                .setPermission(LivekitModels.ParticipantPermission.newBuilder()
                        .setCanSubscribe(true)
                        .setCanPublish(true)
                        .setCanPublishData(true)
                        .setHidden(true))
                .putAttributes("lk.agent.state", "speaking")
                .addTracks(LivekitModels.TrackInfo.newBuilder()
                        .setSid("TR_1")
                        .setType(LivekitModels.TrackType.AUDIO)
                        .setSource(LivekitModels.TrackSource.MICROPHONE)
                        .setMuted(true)
                        .setMimeType("audio/red")
                        .setEncryption(LivekitModels.Encryption.Type.GCM))
                .build();
    }

    private static SignalResponse read(LivekitRtc.SignalResponse.Builder response) throws MalformedMessage {
        return SignalResponse.read(response.build().toByteArray());
    }

    @Test
    void aJoinIsReadInFull() throws Exception {
        var join = (SignalResponse.Join) read(LivekitRtc.SignalResponse.newBuilder()
                .setJoin(LivekitRtc.JoinResponse.newBuilder()
                        .setRoom(LivekitModels.Room.newBuilder().setName("call-42").setSid("RM_1"))
                        .setParticipant(participant())
                        .addOtherParticipants(participant().toBuilder().setIdentity("carl").setKindValue(99).clearPermission())
                        .addIceServers(LivekitRtc.ICEServer.newBuilder()
                                .addUrls("turn:host:3478?transport=udp")
                                .setUsername("u")
                                .setCredential("c"))
                        .setPingInterval(5)
                        .setPingTimeout(15)
                        .setClientConfiguration(LivekitModels.ClientConfiguration.newBuilder()
                                .setForceRelay(LivekitModels.ClientConfigSetting.ENABLED))
                        .setServerVersion("1.13.5")
                        .setAlternativeUrl("wss://other")));
        assertEquals("call-42", join.room());
        assertEquals(new ParticipantInfo.Permission(true, true, true, true), join.me().permission());
        assertEquals(ParticipantInfo.KIND_AGENT, join.me().kind());
        assertEquals(1_700_000_000_000L, join.me().joinedAtMillis());
        assertEquals(Map.of("lk.agent.state", "speaking"), join.me().attributes());
        assertEquals(new TrackInfo("TR_1", 0, "", true, 2, "audio/red", 1), join.me().tracks().getFirst());
        assertEquals("carl", join.others().getFirst().identity());
        assertEquals(List.of("turn:host:3478?transport=udp"), join.iceServers().getFirst().urls());
        assertEquals("c", join.iceServers().getFirst().credential());
        assertTrue(join.relayOnly());
        assertEquals(15, join.pingTimeoutSeconds());
        assertEquals("wss://other", join.alternativeUrl());
    }

    @Test
    void farewellsTellWhyAndWhatToDo() throws Exception {
        for (var reason : LivekitModels.DisconnectReason.values()) {
            if (reason != LivekitModels.DisconnectReason.UNRECOGNIZED) {
                var leave = (SignalResponse.Leave) read(LivekitRtc.SignalResponse.newBuilder()
                        .setLeave(LivekitRtc.LeaveRequest.newBuilder().setReason(reason).setActionValue(2)));
                assertEquals(reason.name(), leave.reason().name());
                assertEquals(LeaveAction.RECONNECT, leave.action());
            }
        }
        var old = (SignalResponse.Leave)
                read(LivekitRtc.SignalResponse.newBuilder().setLeave(LivekitRtc.LeaveRequest.newBuilder().setCanReconnect(true)));
        assertEquals(LeaveAction.RECONNECT, old.action());
        var elsewhere = (SignalResponse.Leave) read(LivekitRtc.SignalResponse.newBuilder()
                .setLeave(LivekitRtc.LeaveRequest.newBuilder()
                        .setReasonValue(77)
                        .setRegions(LivekitRtc.RegionSettings.newBuilder()
                                .addRegions(LivekitRtc.RegionInfo.newBuilder().setUrl("wss://a"))
                                .addRegions(LivekitRtc.RegionInfo.newBuilder().setUrl("wss://b")))));
        assertEquals(new SignalResponse.Leave(LeaveReason.UNKNOWN_REASON, LeaveAction.DISCONNECT, List.of("wss://a", "wss://b")), elsewhere);
    }

    @Test
    void theRestIsReadToo() throws Exception {
        assertEquals(
                new SignalResponse.Answer("v=0", 3, Map.of()),
                read(LivekitRtc.SignalResponse.newBuilder()
                        .setAnswer(LivekitRtc.SessionDescription.newBuilder().setType("answer").setSdp("v=0").setId(3))));
        assertEquals(
                new SignalResponse.Trickle("{}", 1),
                read(LivekitRtc.SignalResponse.newBuilder()
                        .setTrickle(LivekitRtc.TrickleRequest.newBuilder().setCandidateInit("{}").setTargetValue(1))));
        assertEquals(new SignalResponse.RefreshToken("t"), read(LivekitRtc.SignalResponse.newBuilder().setRefreshToken("t")));
        assertEquals(new SignalResponse.Pong(), read(LivekitRtc.SignalResponse.newBuilder().setPong(5)));
        assertEquals(new SignalResponse.Other(9), read(LivekitRtc.SignalResponse.newBuilder().setMute(LivekitRtc.MuteTrackRequest.newBuilder())));
        assertEquals(new SignalResponse.Other(0), SignalResponse.read(new byte[0]));
        assertFalse(new SignalResponse.RefreshToken("secret").toString().contains("secret"));
    }

    @Test
    void whatWeSayIsWhatLiveKitReads() throws Exception {
        var answer = LivekitRtc.SignalRequest.parseFrom(SignalRequest.answer("v=0", 7)).getAnswer();
        assertEquals("answer", answer.getType());
        assertEquals(7, answer.getId());
        var leave = LivekitRtc.SignalRequest.parseFrom(SignalRequest.leave()).getLeave();
        assertEquals(LivekitModels.DisconnectReason.CLIENT_INITIATED, leave.getReason());
        var ping = LivekitRtc.SignalRequest.parseFrom(SignalRequest.ping(1_700_000_000_000L, 3)).getPingReq();
        assertEquals(1_700_000_000_000L, ping.getTimestamp());
        var subscription = LivekitRtc.SignalRequest.parseFrom(SignalRequest.subscribe(Map.of("PA_1", List.of("TR_1", "TR_2")), true))
                .getSubscription();
        assertTrue(subscription.getSubscribe());
        assertEquals(List.of("TR_1", "TR_2"), subscription.getTrackSidsList());
        assertEquals("PA_1", subscription.getParticipantTracks(0).getParticipantSid());
        var sync = LivekitRtc.SignalRequest.parseFrom(SignalRequest.syncState(
                        new SignalRequest.SyncState("offer", "answer", Map.of(), Map.of("PA_1", 9))))
                .getSyncState();
        assertEquals("offer", sync.getOffer().getSdp());
        assertEquals("answer", sync.getAnswer().getSdp());
        assertTrue(sync.hasSubscription());
        assertEquals(9, sync.getDatachannelReceiveStates(0).getLastSeq());
        var wrapped = LivekitRtc.WrappedJoinRequest.parseFrom(SignalRequest.joinRequest(
                "1.0", "v=0", new SignalRequest.Resume("PA_9", ReconnectReason.SUBSCRIBER_FAILED)));
        var join = LivekitRtc.JoinRequest.parseFrom(wrapped.getJoinRequest());
        assertEquals(LivekitRtc.WrappedJoinRequest.Compression.NONE, wrapped.getCompression());
        assertEquals(SignalRequest.PROTOCOL, join.getClientInfo().getProtocol());
        assertFalse(join.getConnectionSettings().getAutoSubscribe());
        assertEquals("offer", join.getPublisherOffer().getType());
        assertTrue(join.getReconnect());
        assertEquals("PA_9", join.getParticipantSid());
        assertEquals(LivekitModels.ReconnectReason.RR_SUBSCRIBER_FAILED, join.getReconnectReason());
    }

    @Test
    void aRefusalThatRepeatsTheTokenIsToldWithoutIt() {
        assertEquals(
                "invalid token: …, error: bad signature. See a.b.c",
                SignalSocket.withoutToken("invalid token: eyJhbGciOiJI.eyJpc3MiOiJ4In0.AAAA-_x, error: bad signature. See a.b.c"));
    }

    @Test
    void addressesOfAllSpellingsBecomeOne() {
        assertEquals("http://h:1/rtc?a=b", SignalSocket.address("ws://h:1/", "/rtc?a=b").toString());
        assertEquals("https://h/base/rtc", SignalSocket.address("WSS://h/base//", "/rtc").toString());
        assertThrows(IllegalArgumentException.class, () -> SignalSocket.address("ftp://h", "/rtc"));
    }

    @Property(tries = 20_000, seed = Fixed.SEED)
    void nothingElseThanMalformedMessageIsThrown(@ForAll byte[] bytes) {
        try {
            SignalResponse.read(bytes);
        } catch (MalformedMessage e) {
            // as documented
        }
    }

    @Test
    void damagedMessagesAreReadOrRefused() {
        var random = new Random(5);
        byte[] real = LivekitRtc.SignalResponse.newBuilder()
                .setUpdate(LivekitRtc.ParticipantUpdate.newBuilder().addParticipants(participant()).addParticipants(participant()))
                .build()
                .toByteArray();
        int refused = 0;
        for (int i = 0; i < 200_000; i++) {
            byte[] damaged = real.clone();
            for (int n = random.nextInt(4); n >= 0; n--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                SignalResponse.read(damaged);
            } catch (MalformedMessage e) {
                refused++;
            }
        }
        assertTrue(refused > 1_000, refused + " refused");
    }
}
