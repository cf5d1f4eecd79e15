package dev.agentassist.live.stream;

import dev.agentassist.live.wire.MalformedMessage;
import dev.agentassist.live.wire.ProtoReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code DataPacket} of {@code livekit_models.proto}.
 *
 * @param sender identity of the participant it counts as sent by; for a transcription the person transcribed
 * @param senderSid sid of whoever sent it, or empty
 * @param sequence counts the reliable packets of a sender, unsigned; 0 where the server does not
 */
public record DataPacket(String sender, String senderSid, int sequence, Content content) {

    /** What a packet carries. */
    public sealed interface Content {}

    /**
     * The beginning of a data stream.
     *
     * @param attributes of the stream; untrusted
     * @param inline the whole content where it is short, or null
     * @param deflated the content, inline or in chunks, is one raw DEFLATE stream (RFC 1951)
     */
    public record Header(
            String streamId, String topic, Map<String, String> attributes, byte[] inline, boolean deflated)
            implements Content {}

    public record Chunk(String streamId, long index, byte[] content) implements Content {}

    /** The end of a data stream. {@code reason}: empty where it ended as it should. */
    public record Trailer(String streamId, String reason, Map<String, String> attributes) implements Content {}

    /** The older way of publishing what was said. {@code speaker} and {@code track} may be empty. */
    public record Transcription(String speaker, String track, List<Piece> pieces) implements Content {}

    /** A {@code TranscriptionSegment}: all of its text so far. */
    public record Piece(String id, String text, boolean settled, String language) {}

    /** A key of a telephone: {@code 0}–{@code 9}, {@code *}, {@code #}, {@code A}–{@code D}; untrusted. */
    public record Key(String digit) implements Content {}

    /** End-to-end encrypted: nobody without the key can tell what it is. */
    public record Encrypted() implements Content {}

    /** Nothing for a listener. */
    public record Other() implements Content {}

    private static final Content OTHER = new Other();

    public static DataPacket read(byte[] bytes) throws MalformedMessage {
        var in = new ProtoReader(bytes);
        String sender = "";
        String sid = "";
        int sequence = 0;
        Content content = OTHER;
        while (in.next()) {
            switch (in.field()) {
                case 4 -> sender = in.string();
                case 6 -> content = key(in.message());
                case 7 -> content = transcription(in.message());
                case 13 -> content = header(in.message());
                case 14 -> content = chunk(in.message());
                case 15 -> content = trailer(in.message());
                case 16 -> sequence = in.int32();
                case 17 -> sid = in.string();
                case 18 -> content = new Encrypted();
                default -> { }
            }
        }
        return new DataPacket(sender, sid, sequence, content);
    }

    /** A {@code SipDTMF}. */
    private static Key key(ProtoReader in) throws MalformedMessage {
        String digit = "";
        while (in.next()) {
            if (in.field() == 4) {
                digit = in.string();
            }
        }
        return new Key(digit);
    }

    private static Header header(ProtoReader in) throws MalformedMessage {
        String id = "";
        String topic = "";
        var attributes = new HashMap<String, String>();
        byte[] inline = null;
        boolean deflated = false;
        while (in.next()) {
            switch (in.field()) {
                case 1 -> id = in.string();
                case 3 -> topic = in.string();
                case 8 -> in.entry(attributes);
                case 11 -> inline = in.bytes();
                case 12 -> deflated = in.number() == 1;
                default -> { }
            }
        }
        return new Header(id, topic, attributes, inline, deflated);
    }

    private static Chunk chunk(ProtoReader in) throws MalformedMessage {
        String id = "";
        long index = 0;
        byte[] content = {};
        while (in.next()) {
            switch (in.field()) {
                case 1 -> id = in.string();
                case 2 -> index = in.number();
                case 3 -> content = in.bytes();
                default -> { }
            }
        }
        return new Chunk(id, index, content);
    }

    private static Trailer trailer(ProtoReader in) throws MalformedMessage {
        String id = "";
        String reason = "";
        var attributes = new HashMap<String, String>();
        while (in.next()) {
            switch (in.field()) {
                case 1 -> id = in.string();
                case 2 -> reason = in.string();
                case 3 -> in.entry(attributes);
                default -> { }
            }
        }
        return new Trailer(id, reason, attributes);
    }

    private static Transcription transcription(ProtoReader in) throws MalformedMessage {
        String speaker = "";
        String track = "";
        var pieces = new ArrayList<Piece>();
        while (in.next()) {
            switch (in.field()) {
                case 2 -> speaker = in.string();
                case 3 -> track = in.string();
                case 4 -> pieces.add(piece(in.message()));
                default -> { }
            }
        }
        return new Transcription(speaker, track, pieces);
    }

    private static Piece piece(ProtoReader in) throws MalformedMessage {
        String id = "";
        String text = "";
        boolean settled = false;
        String language = "";
        while (in.next()) {
            switch (in.field()) {
                case 1 -> id = in.string();
                case 2 -> text = in.string();
                case 5 -> settled = in.bool();
                case 6 -> language = in.string();
                default -> { }
            }
        }
        return new Piece(id, text, settled, language);
    }
}
