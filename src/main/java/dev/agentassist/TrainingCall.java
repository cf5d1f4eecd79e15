package dev.agentassist;

import com.google.protobuf.ByteString;
import dev.agentassist.live.rtc.DataChannel;
import dev.agentassist.live.rtc.PeerConfig;
import dev.agentassist.live.rtc.PeerConnection;
import dev.agentassist.live.rtc.PeerListener;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Base64;
import livekit.LivekitModels;
import livekit.LivekitRtc;

/**
 * The server's end of one call, for the training run: signalling as far as joining goes, then a peer of our own that says
 * a few segments and ends the call. So the listener's whole way, from ICE to the last line, is in the cache.
 */
final class TrainingCall implements PeerListener {

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int BINARY = 0x82;
    private static final int SEGMENTS = 20;

    private final OutputStream out;
    private final PeerConnection peer;

    private TrainingCall(OutputStream out) {
        this.out = out;
        this.peer = PeerConnection.open(PeerConfig.defaults().withLoopback(true), this);
    }

    /** Answers the upgrade ({@code request} is HTTP's first line) and the offer in it; the call goes on by itself. */
    static PeerConnection begin(String request, String key, OutputStream out) throws IOException {
        try {
            byte[] accept = MessageDigest.getInstance("SHA-1").digest((key + MAGIC).getBytes(StandardCharsets.US_ASCII));
            out.write(("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                            + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(accept) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        String join = request.substring(request.indexOf("join_request=") + 13).split("[ &]", 2)[0];
        var wrapped = LivekitRtc.WrappedJoinRequest.parseFrom(
                Base64.getUrlDecoder().decode(URLDecoder.decode(join, StandardCharsets.UTF_8)));
        var offer = LivekitRtc.JoinRequest.parseFrom(wrapped.getJoinRequest()).getPublisherOffer();
        var call = new TrainingCall(out);
        call.send(LivekitRtc.SignalResponse.newBuilder().setJoin(LivekitRtc.JoinResponse.newBuilder()
                .setRoom(LivekitModels.Room.newBuilder().setSid("RM_1").setName("training"))
                .setParticipant(LivekitModels.ParticipantInfo.newBuilder().setSid("PA_1").setIdentity("listener"))
                .addOtherParticipants(LivekitModels.ParticipantInfo.newBuilder()
                        .setSid("PA_2")
                        .setIdentity("agent")
                        .setKind(LivekitModels.ParticipantInfo.Kind.AGENT))
                .addOtherParticipants(LivekitModels.ParticipantInfo.newBuilder()
                        .setSid("PA_3")
                        .setIdentity("caller")
                        .setKind(LivekitModels.ParticipantInfo.Kind.SIP))
                .setPingInterval(5)
                .setPingTimeout(15)));
        call.send(LivekitRtc.SignalResponse.newBuilder().setAnswer(LivekitRtc.SessionDescription.newBuilder()
                .setType("answer")
                .setSdp(call.peer.answer(offer.getSdp()))
                .setId(offer.getId())));
        return call.peer;
    }

    private synchronized void send(LivekitRtc.SignalResponse.Builder response) throws IOException {
        byte[] bytes = response.build().toByteArray();
        var frame = ByteBuffer.allocate(bytes.length + 4).put((byte) BINARY);
        if (bytes.length < 126) {
            frame.put((byte) bytes.length);
        } else {
            frame.put((byte) 126).putShort((short) bytes.length);
        }
        frame.put(bytes);
        out.write(frame.array(), 0, frame.position());
        out.flush();
    }

    @Override
    public void onChannelOpen(DataChannel channel) {
        if (!channel.label().equals("_reliable")) {
            return;
        }
        for (int i = 0; i < SEGMENTS; i++) {
            segment(channel, i);
        }
        try {
            send(LivekitRtc.SignalResponse.newBuilder().setLeave(LivekitRtc.LeaveRequest.newBuilder()
                    .setReason(LivekitModels.DisconnectReason.ROOM_DELETED)
                    .setAction(LivekitRtc.LeaveRequest.Action.DISCONNECT)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void segment(DataChannel channel, int number) {
        String stream = "stream-" + number;
        var packet = LivekitModels.DataPacket.newBuilder().setParticipantIdentity(number % 2 == 0 ? "agent" : "caller");
        channel.send(packet.setStreamHeader(LivekitModels.DataStream.Header.newBuilder()
                        .setStreamId(stream)
                        .setTopic("lk.transcription")
                        .setMimeType("text/plain")
                        .setTextHeader(LivekitModels.DataStream.TextHeader.getDefaultInstance())
                        .putAttributes("lk.segment_id", "segment-" + number)
                        .putAttributes("lk.transcription_final", "true"))
                .build()
                .toByteArray());
        channel.send(packet.setStreamChunk(LivekitModels.DataStream.Chunk.newBuilder()
                        .setStreamId(stream)
                        .setContent(ByteString.copyFromUtf8("This is what was said, number " + number + ".")))
                .build()
                .toByteArray());
        channel.send(packet.setStreamTrailer(LivekitModels.DataStream.Trailer.newBuilder().setStreamId(stream))
                .build()
                .toByteArray());
    }
}
