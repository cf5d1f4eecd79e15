package dev.agentassist.live.stream;

import dev.agentassist.live.wire.ProtoWriter;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * Writes one text stream: {@code DataPacket}s with a {@code DataStream.Header}, its chunks and its trailer
 * ({@code livekit_models.proto}), each to be sent on the reliable channel, in this order.
 */
public final class TextStreamWriter {

    /** Where LiveKit Agents publish what is said. */
    public static final String TRANSCRIPTION = "lk.transcription";

    private final String streamId;
    private long next;

    /** @param streamId unique in the room */
    public TextStreamWriter(String streamId) {
        this.streamId = streamId;
    }

    /**
     * @param sequence counts the reliable packets of a sender, from 1
     * @param attributes as {@code lk.segment_id} and {@code lk.transcription_final}
     */
    public byte[] header(int sequence, String topic, long nowMillis, Map<String, String> attributes) {
        var header = new ProtoWriter()
                .string(1, streamId)
                .number(2, nowMillis)
                .string(3, topic)
                .string(4, "text/plain");
        entries(header, 8, attributes);
        // Its presence makes it a text stream.
        header.message(9, new ProtoWriter());
        return packet(sequence, 13, header);
    }

    public byte[] chunk(int sequence, byte[] content) {
        var chunk = new ProtoWriter().string(1, streamId).number(2, next++).bytes(3, content);
        return packet(sequence, 14, chunk);
    }

    /** {@code attributes} are added to those of the header. */
    public byte[] trailer(int sequence, Map<String, String> attributes) {
        var trailer = new ProtoWriter().string(1, streamId);
        entries(trailer, 3, attributes);
        return packet(sequence, 15, trailer);
    }

    /** A {@code UserPacket} of its own: bytes for whoever knows the topic. */
    public static byte[] user(int sequence, String topic, byte[] payload) {
        return packet(sequence, 2, new ProtoWriter().bytes(2, payload).string(4, topic));
    }

    private static void entries(ProtoWriter out, int field, Map<String, String> entries) {
        entries.forEach((key, value) -> out.message(
                field,
                new ProtoWriter().bytes(1, key.getBytes(StandardCharsets.UTF_8)).bytes(2, value.getBytes(StandardCharsets.UTF_8))));
    }

    private static byte[] packet(int sequence, int field, ProtoWriter content) {
        return new ProtoWriter().message(field, content).number(16, Integer.toUnsignedLong(sequence)).toByteArray();
    }
}
