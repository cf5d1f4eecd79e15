package dev.agentassist.live.rtc;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.google.protobuf.ByteString;
import dev.agentassist.testkit.LiveKitServerPart;
import io.livekit.server.AccessToken;
import io.livekit.server.CanPublish;
import io.livekit.server.CanPublishData;
import io.livekit.server.CanSubscribe;
import io.livekit.server.Hidden;
import io.livekit.server.RoomJoin;
import io.livekit.server.RoomName;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import livekit.LivekitModels.ClientInfo;
import livekit.LivekitModels.DataPacket;
import livekit.LivekitModels.UserPacket;
import livekit.LivekitRtc.AddTrackRequest;
import livekit.LivekitRtc.ConnectionSettings;
import livekit.LivekitRtc.JoinRequest;
import livekit.LivekitRtc.JoinResponse;
import livekit.LivekitRtc.LeaveRequest;
import livekit.LivekitRtc.SessionDescription;
import livekit.LivekitRtc.SignalRequest;
import livekit.LivekitRtc.SignalResponse;
import livekit.LivekitRtc.SignalTarget;
import livekit.LivekitRtc.TrickleRequest;
import livekit.LivekitRtc.WrappedJoinRequest;
import livekit.LivekitModels.TrackType;
import livekit.LivekitModels.TrackSource;

/** As little signalling as lets a {@link PeerConnection} be tried against a real LiveKit server. */
final class RtcClient implements WebSocket.Listener, PeerListener, AutoCloseable {

    /** What a test changes. */
    static final class Options {
        PeerConfig config = PeerConfig.defaults().withLoopback(true);
        boolean single = true;
        boolean autoSubscribe;
        boolean publisher;
        boolean tellOurCandidates = true;
        int audioReceivers;
        String audioTrack;
        /** Changes the server's candidates, or drops one (null). */
        UnaryOperator<String> theirCandidates = c -> c;
        /** Instead of the server's own; null for those. */
        List<IceServer> servers;
        PeerListener also = new PeerListener() {};
    }

    private static final ObjectMapper JSON = new ObjectMapper();

    final PeerConnection connection;
    final List<String> states = new CopyOnWriteArrayList<>();
    final CompletableFuture<Void> connected = new CompletableFuture<>();
    final CompletableFuture<DataChannel> reliable = new CompletableFuture<>();
    final CompletableFuture<JoinResponse> joined = new CompletableFuture<>();
    final CompletableFuture<String> ended = new CompletableFuture<>();
    RtpSender sender;
    private final Options options;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(20)).build();
    private final ByteArrayOutputStream parts = new ByteArrayOutputStream();
    private CompletableFuture<?> sends = CompletableFuture.completedFuture(null);
    private WebSocket socket;
    private DataChannel ours;
    private int offers;
    private int sequence;

    private RtcClient(Options options) {
        this.options = options;
        this.connection = PeerConnection.open(options.config, this);
    }

    static String token(String room, String identity, boolean publisher) {
        var token = new AccessToken(LiveKitServerPart.KEY, LiveKitServerPart.SECRET);
        token.setIdentity(identity);
        token.setTtl(3 * 3600 * 1000L);
        token.addGrants(
                new RoomJoin(true),
                new RoomName(room),
                new CanSubscribe(true),
                new CanPublish(publisher),
                new CanPublishData(publisher),
                new Hidden(!publisher));
        return token.toJwt();
    }

    /** Joins; the connection comes up afterwards: {@link #connected}. */
    static RtcClient join(String url, String room, String identity, Options options) {
        var client = new RtcClient(options);
        try {
            client.open(url, token(room, identity, options.publisher));
        } catch (RuntimeException e) {
            client.connection.close();
            throw e;
        }
        return client;
    }

    private void open(String url, String token) {
        String address;
        if (options.single) {
            ours = connection.createChannel("_reliable", true, null);
            connection.createChannel("_lossy", false, 0);
            connection.setAudioReceivers(options.audioReceivers);
            if (options.audioTrack != null) {
                sender = connection.addAudioSender(options.audioTrack);
            }
            var join = JoinRequest.newBuilder()
                    .setClientInfo(ClientInfo.newBuilder().setProtocol(16).setVersion("0.1"))
                    .setConnectionSettings(
                            ConnectionSettings.newBuilder().setAutoSubscribe(options.autoSubscribe))
                    .setPublisherOffer(offer());
            if (options.audioTrack != null) {
                join.addAddTrackRequests(AddTrackRequest.newBuilder()
                        .setCid(options.audioTrack)
                        .setName("sound")
                        .setType(TrackType.AUDIO)
                        .setSource(TrackSource.MICROPHONE)
                        .setDisableRed(true));
            }
            var wrapped = WrappedJoinRequest.newBuilder()
                    .setCompression(WrappedJoinRequest.Compression.NONE)
                    .setJoinRequest(join.build().toByteString())
                    .build();
            address = url + "/rtc/v1?join_request="
                    + Base64.getUrlEncoder().encodeToString(wrapped.toByteArray()).replace("=", "%3D");
        } else {
            address = url + "/rtc?protocol=15&sdk=java&version=0.1&auto_subscribe=" + (options.autoSubscribe ? 1 : 0);
        }
        http.newWebSocketBuilder()
                .header("Authorization", "Bearer " + token)
                .buildAsync(URI.create(address), this)
                .join();
    }

    private SessionDescription.Builder offer() {
        String sdp = connection.createOffer();
        return SessionDescription.newBuilder().setType("offer").setSdp(ourSdp(sdp)).setId(++offers);
    }

    private String ourSdp(String sdp) {
        return options.tellOurCandidates ? sdp : sdp.replaceAll("a=candidate:[^\r\n]*\r\n", "");
    }

    private String theirSdp(String sdp) {
        var out = new StringBuilder();
        sdp.lines().forEach(line -> {
            String kept = line.startsWith("a=candidate:") ? options.theirCandidates.apply(line) : line;
            if (kept != null) {
                out.append(kept).append("\r\n");
            }
        });
        return out.toString();
    }

    /** New ICE credentials, and an offer with them. */
    void restart() {
        connection.restartIce();
        request(SignalRequest.newBuilder().setOffer(offer()).build());
    }

    private synchronized void request(SignalRequest request) {
        var bytes = ByteBuffer.wrap(request.toByteArray());
        sends = sends.handle((x, e) -> null).thenCompose(x -> socket.sendBinary(bytes, true));
    }

    private void on(SignalResponse r) {
        switch (r.getMessageCase()) {
            case JOIN -> {
                var servers = r.getJoin().getIceServersList().stream()
                        .map(s -> new IceServer(s.getUrlsList(), s.getUsername(), s.getCredential()))
                        .toList();
                connection.setIceServers(options.servers == null ? servers : options.servers, options.config.relayOnly());
                joined.complete(r.getJoin());
            }
            case ANSWER -> connection.setAnswer(theirSdp(r.getAnswer().getSdp()));
            case OFFER -> {
                String answer = connection.answer(theirSdp(r.getOffer().getSdp()));
                request(SignalRequest.newBuilder()
                        .setAnswer(SessionDescription.newBuilder()
                                .setType("answer")
                                .setSdp(ourSdp(answer))
                                .setId(r.getOffer().getId()))
                        .build());
            }
            case TRICKLE -> {
                if (options.single || r.getTrickle().getTarget() == SignalTarget.SUBSCRIBER) {
                    trickled(r.getTrickle().getCandidateInit());
                }
            }
            case MEDIA_SECTIONS_REQUIREMENT -> {
                connection.addAudioReceivers(r.getMediaSectionsRequirement().getNumAudios());
                request(SignalRequest.newBuilder().setOffer(offer()).build());
            }
            case LEAVE -> ended.complete(r.getLeave().getReason().name());
            default -> {
                // Of no matter here.
            }
        }
    }

    private void trickled(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            String candidate = options.theirCandidates.apply(node.path("candidate").asText());
            if (candidate != null) {
                connection.addRemoteCandidate(new IceCandidateInit(candidate, null, 0, null));
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** A payload on the reliable channel, to everybody in the room. */
    boolean publish(byte[] payload) {
        return send(DataPacket.newBuilder()
                .setUser(UserPacket.newBuilder().setPayload(ByteString.copyFrom(payload))));
    }

    /** A packet on the reliable channel. */
    boolean send(DataPacket.Builder packet) {
        return ours.send(packet.setSequence(++sequence).build().toByteArray());
    }

    @Override
    public void onOpen(WebSocket opened) {
        socket = opened;
        opened.request(1);
    }

    @Override
    public CompletionStage<?> onBinary(WebSocket from, ByteBuffer data, boolean last) {
        byte[] bytes = new byte[data.remaining()];
        data.get(bytes);
        parts.writeBytes(bytes);
        if (last) {
            try {
                on(SignalResponse.parseFrom(parts.toByteArray()));
            } catch (IOException | RuntimeException e) {
                ended.complete(e.toString());
            }
            parts.reset();
        }
        from.request(1);
        return null;
    }

    @Override
    public CompletionStage<?> onClose(WebSocket from, int code, String reason) {
        ended.complete("closed " + code + " " + reason);
        return null;
    }

    @Override
    public void onError(WebSocket from, Throwable error) {
        ended.complete(error.toString());
    }

    @Override
    public void onLocalCandidate(IceCandidateInit candidate) {
        if (options.tellOurCandidates && socket != null) {
            String json = JSON.createObjectNode()
                    .put("candidate", candidate.candidate())
                    .put("sdpMid", candidate.sdpMid())
                    .put("sdpMLineIndex", candidate.sdpMLineIndex())
                    .toString();
            request(SignalRequest.newBuilder()
                    .setTrickle(TrickleRequest.newBuilder()
                            .setCandidateInit(json)
                            .setTarget(options.single ? SignalTarget.PUBLISHER : SignalTarget.SUBSCRIBER))
                    .build());
        }
    }

    @Override
    public void onState(PeerState state, String reason) {
        states.add(state + ": " + reason);
        if (state == PeerState.CONNECTED) {
            connected.complete(null);
        } else if (state == PeerState.FAILED) {
            connected.completeExceptionally(new IOException(reason));
        }
        options.also.onState(state, reason);
    }

    @Override
    public void onChannelOpen(DataChannel channel) {
        if (channel.label().equals("_reliable")) {
            reliable.complete(channel);
        }
        options.also.onChannelOpen(channel);
    }

    @Override
    public void onMessage(DataChannel channel, byte[] message, boolean text) {
        options.also.onMessage(channel, message, text);
    }

    @Override
    public void onRtp(RtpPacket packet) {
        options.also.onRtp(packet);
    }

    /** Tells the server, and ends. */
    @Override
    public void close() {
        if (socket != null && !socket.isOutputClosed()) {
            request(SignalRequest.newBuilder()
                    .setLeave(LeaveRequest.newBuilder().setAction(LeaveRequest.Action.DISCONNECT))
                    .build());
            sends.handle((x, e) -> null).join();
            socket.abort();
        }
        connection.close();
        http.shutdownNow();
    }
}
