package dev.agentassist;

import dev.agentassist.live.rtc.DataChannel;
import dev.agentassist.live.rtc.PeerConfig;
import dev.agentassist.live.rtc.PeerConnection;
import dev.agentassist.live.rtc.PeerListener;
import dev.agentassist.live.wire.MalformedMessage;
import dev.agentassist.live.wire.ProtoReader;
import dev.agentassist.live.wire.ProtoWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.zip.Deflater;

/**
 * The server's end of one call, for the training run: signalling as far as joining goes, then a peer of our own that says
 * a few segments and ends the call. So the listener's whole way, from ICE to the last line, is in the cache, and nothing
 * that only a server needs: what a cache holds is loaded at each start. Field numbers are those of {@code
 * livekit_rtc.proto} and {@code livekit_models.proto}.
 */
final class TrainingCall implements PeerListener {

    private static final String MAGIC = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    /** A last binary frame, compressed (RFC 7692). */
    private static final int COMPRESSED_BINARY = 0xc2;
    private static final int AGENT = 4;
    private static final int SIP = 3;
    private static final int ROOM_DELETED = 5;
    private static final int SEGMENTS = 20;
    /** Until what was said is printed; nobody waits for it but the build. */
    private static final long HEARD_MILLIS = 1_500;

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
                            + "Sec-WebSocket-Extensions: permessage-deflate; server_no_context_takeover;"
                            + " client_no_context_takeover\r\n"
                            + "Sec-WebSocket-Accept: " + Base64.getEncoder().encodeToString(accept) + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        String join = request.substring(request.indexOf("join_request=") + 13).split("[ &]", 2)[0];
        var wrapped = new ProtoReader(Base64.getUrlDecoder().decode(URLDecoder.decode(join, StandardCharsets.UTF_8)));
        var call = new TrainingCall(out);
        try {
            call.join(offer(field(wrapped, 2).message()));
        } catch (MalformedMessage e) {
            throw new IOException(e);
        }
        return call.peer;
    }

    /** The message, at the field; an error where it has none such. */
    private static ProtoReader field(ProtoReader message, int number) throws MalformedMessage {
        while (message.next()) {
            if (message.field() == number) {
                return message;
            }
        }
        throw new MalformedMessage("no field " + number);
    }

    private static String offer(ProtoReader join) throws MalformedMessage {
        return field(field(join, 6).message(), 2).string();
    }

    private void join(String offer) throws IOException {
        var permission = new ProtoWriter().bool(1, true).bool(7, true);
        send(1, new ProtoWriter()
                .message(1, new ProtoWriter().string(1, "RM_1").string(2, "training"))
                .message(2, new ProtoWriter().string(1, "PA_1").string(2, "listener").message(11, permission))
                .message(3, person("PA_2", "agent", AGENT).message(15, entry("lk.agent.state", "speaking")))
                .message(3, person("PA_3", "caller", SIP).message(15, entry("sip.phoneNumber", "+14155550132")))
                .message(5, new ProtoWriter().string(1, "turn:127.0.0.1:9?transport=udp").string(2, "u").string(3, "p"))
                .number(10, 15)
                .number(11, 5));
        send(2, new ProtoWriter().string(1, "answer").string(2, peer.answer(offer)).number(3, 1));
    }

    private static ProtoWriter person(String sid, String identity, int kind) {
        return new ProtoWriter()
                .string(1, sid)
                .string(2, identity)
                .number(3, 2)
                .number(6, 1_700_000_000)
                .string(9, "The " + identity)
                .number(14, kind);
    }

    private static ProtoWriter entry(String key, String value) {
        return new ProtoWriter().string(1, key).string(2, value);
    }

    /** A {@code SignalResponse}. */
    private synchronized void send(int field, ProtoWriter message) throws IOException {
        byte[] bytes = deflated(new ProtoWriter().message(field, message).toByteArray());
        // RFC 7692, section 7.2.1: without the empty block at the end.
        int length = bytes.length - 4;
        var frame = ByteBuffer.allocate(length + 4).put((byte) COMPRESSED_BINARY);
        if (length < 126) {
            frame.put((byte) length);
        } else {
            frame.put((byte) 126).putShort((short) length);
        }
        frame.put(bytes, 0, length);
        out.write(frame.array(), 0, frame.position());
        out.flush();
    }

    private static byte[] deflated(byte[] bytes) {
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(bytes);
        byte[] packed = new byte[bytes.length * 2 + 64];
        int length = deflater.deflate(packed, 0, packed.length, Deflater.SYNC_FLUSH);
        deflater.end();
        return Arrays.copyOf(packed, length);
    }

    @Override
    public void onChannelOpen(DataChannel channel) {
        if (channel.label().equals("_reliable")) {
            // Not on the loop, which what is said has to leave.
            Thread.ofPlatform().daemon().start(() -> speak(channel));
        }
    }

    private void speak(DataChannel channel) {
        try {
            for (int i = 0; i < SEGMENTS; i++) {
                segment(channel, i);
            }
            Thread.sleep(HEARD_MILLIS);
            send(8, new ProtoWriter().number(2, ROOM_DELETED));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** In each of the ways that servers and agents have: inline and compressed, in chunks, interim and final. */
    private static void segment(DataChannel channel, int number) {
        byte[] text = ("This is what was said, number " + number + ".").getBytes(StandardCharsets.UTF_8);
        ProtoWriter header = header(number, number % 4 != 3);
        if (number % 2 == 0) {
            channel.send(packet(number, 13, header.bytes(11, finished(text)).number(12, 1)));
            return;
        }
        channel.send(packet(number, 13, header));
        channel.send(packet(number, 14, new ProtoWriter().string(1, "stream-" + number).bytes(3, text)));
        channel.send(packet(number, 15, new ProtoWriter().string(1, "stream-" + number)));
        if (number % 4 == 3) {
            channel.send(packet(number, 13, header(number, true).bytes(11, text)));
        }
    }

    private static ProtoWriter header(int number, boolean settled) {
        return new ProtoWriter()
                .string(1, "stream-" + number + (settled && number % 4 == 3 ? "-final" : ""))
                .string(3, "lk.transcription")
                .string(4, "text/plain")
                .message(8, entry("lk.segment_id", "segment-" + number))
                .message(8, entry("lk.transcription_final", Boolean.toString(settled)));
    }

    private static byte[] packet(int number, int field, ProtoWriter content) {
        return new ProtoWriter().string(4, number % 2 == 0 ? "agent" : "caller").message(field, content).toByteArray();
    }

    /** One raw DEFLATE stream (RFC 1951). */
    private static byte[] finished(byte[] bytes) {
        var deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        deflater.setInput(bytes);
        deflater.finish();
        var packed = new ByteArrayOutputStream();
        byte[] piece = new byte[256];
        while (!deflater.finished()) {
            packed.write(piece, 0, deflater.deflate(piece));
        }
        deflater.end();
        return packed.toByteArray();
    }
}
