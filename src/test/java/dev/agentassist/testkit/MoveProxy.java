package dev.agentassist.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import livekit.LivekitModels;
import livekit.LivekitRoom;

/**
 * A server that can move participants, as LiveKit Cloud can and an open-source server cannot: everything goes on to the real
 * one, HTTP and signalling, but {@code RoomService.MoveParticipant} is answered here, and done: a telephone's leg leaves its
 * room and is in the other one, with its sound. Of a participant that is no telephone only the first half can be done: it is
 * taken out of its room.
 */
public final class MoveProxy implements AutoCloseable {

    /** What was moved: from which room, who, to which. */
    public record Move(String room, String identity, String to) {}

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String PATH = "/twirp/livekit.RoomService/MoveParticipant";

    private final LiveKitServerPart server;
    private final SipWorkerPart sip;
    private final ServerSocket socket;
    private final List<Move> moves = new CopyOnWriteArrayList<>();
    private volatile boolean failing;

    private MoveProxy(LiveKitServerPart server, SipWorkerPart sip) {
        this.server = server;
        this.sip = sip;
        socket = Connections.listening();
        Connections.serve(socket, this::serve);
    }

    public static MoveProxy before(LiveKitServerPart server, SipWorkerPart sip) {
        return new MoveProxy(server, sip);
    }

    /** For {@code LIVEKIT_URL}. */
    public String url() {
        return "ws://127.0.0.1:" + socket.getLocalPort();
    }

    public String httpUrl() {
        return "http://127.0.0.1:" + socket.getLocalPort();
    }

    /** From now on a move is answered with 500, and nothing is done. */
    public void failMoves(boolean fail) {
        failing = fail;
    }

    /** What was moved so far. */
    public List<Move> moves() {
        return List.copyOf(moves);
    }

    private void serve(Socket client) {
        try (client) {
            InputStream in = client.getInputStream();
            HttpHead head = HttpHead.read(in);
            if (head.first().startsWith("POST " + PATH + " ")) {
                byte[] body = in.readNBytes(Integer.parseInt(head.headers().getOrDefault("content-length", "0")));
                move(head, body, client.getOutputStream());
            } else {
                pass(head, client, in);
            }
        } catch (IOException e) {
            // The client is gone.
        }
    }

    private void pass(HttpHead head, Socket client, InputStream in) throws IOException {
        try (var upstream = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
            upstream.getOutputStream().write(head.bytes());
            Connections.pour(in, upstream, client);
            upstream.getInputStream().transferTo(client.getOutputStream());
        }
    }

    private void move(HttpHead head, byte[] body, OutputStream out) throws IOException {
        boolean json = head.headers().getOrDefault("content-type", "").startsWith("application/json");
        Move move = json ? fromJson(JSON.readTree(body)) : fromProtobuf(body);
        if (failing) {
            answer(out, 500, "internal", "not now");
        } else if (!mayMove(head.headers().getOrDefault("authorization", ""), move)) {
            answer(out, 401, "unauthenticated", "permissions denied");
        } else if (done(move)) {
            moves.add(move);
            write(out, 200, json ? "application/json" : "application/protobuf", json ? "{}".getBytes(StandardCharsets.US_ASCII) : new byte[0]);
        } else {
            answer(out, 404, "not_found", "participant does not exist");
        }
    }

    private static Move fromJson(JsonNode body) {
        String to = body.path("destination_room").asText(body.path("destinationRoom").asText());
        return new Move(body.path("room").asText(), body.path("identity").asText(), to);
    }

    private static Move fromProtobuf(byte[] body) throws IOException {
        var request = LivekitRoom.MoveParticipantRequest.parseFrom(body);
        return new Move(request.getRoom(), request.getIdentity(), request.getDestinationRoom());
    }

    private boolean done(Move move) {
        if (sip.move(move.room, move.identity, move.to)) {
            return true;
        }
        boolean there = server.participants(move.room).stream()
                .map(LivekitModels.ParticipantInfo::getIdentity)
                .anyMatch(move.identity::equals);
        if (there) {
            LiveKitServerPart.answer(server.rooms().removeParticipant(move.room, move.identity));
        }
        return there;
    }

    /** {@code roomAdmin} of the room, and {@code destinationRoom}, in a token that this server's secret has signed. */
    private static boolean mayMove(String authorization, Move move) throws IOException {
        String[] parts = authorization.replaceFirst("^Bearer ", "").split("\\.");
        if (parts.length != 3) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(LiveKitServerPart.SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            byte[] signature = mac.doFinal((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            if (!java.security.MessageDigest.isEqual(signature, Base64.getUrlDecoder().decode(parts[2]))) {
                return false;
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        JsonNode video = JSON.readTree(Base64.getUrlDecoder().decode(parts[1])).path("video");
        return video.path("roomAdmin").asBoolean()
                && video.path("room").asText().equals(move.room)
                && video.path("destinationRoom").asText().equals(move.to);
    }

    private static void answer(OutputStream out, int status, String code, String message) throws IOException {
        byte[] body = JSON.writeValueAsBytes(Map.of("code", code, "msg", message));
        write(out, status, "application/json", body);
    }

    private static void write(OutputStream out, int status, String type, byte[] body) throws IOException {
        String head = "HTTP/1.1 " + status + " .\r\ncontent-type: " + type + "\r\ncontent-length: " + body.length
                + "\r\nconnection: close\r\n\r\n";
        out.write(head.getBytes(StandardCharsets.US_ASCII));
        out.write(body);
        out.flush();
    }

    @Override
    public void close() {
        Connections.close(socket);
    }
}
