package dev.agentassist.live.stream;

import dev.agentassist.live.wire.MalformedMessage;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Makes news about what is said from the packets of the data channels, in the order in which they arrived. Not for use
 * from several threads at once. Bounded: so many streams at once, each of so much text, for so long.
 *
 * <p>The attributes and both ways of publishing are those of LiveKit Agents ({@code room_io/_output.py}): a stream whose
 * chunks are appended and which is final by its trailer, or a stream for each text, which is final by its header.
 */
public final class TranscriptionReader {

    static final String TOPIC = "lk.transcription";
    private static final String SEGMENT = "lk.segment_id";
    private static final String FINAL = "lk.transcription_final";
    private static final String TRACK = "lk.transcribed_track_id";

    static final int MOST_STREAMS = 1024;
    /** Bytes of all streams together. */
    static final long MOST_HELD = 16 << 20;
    /** A stream that gets nothing for so long is given up. */
    static final long ABANDONED_MILLIS = 120_000;
    private static final int MOST_ORPHANS = 64;
    private static final int MOST_ORPHAN_BYTES = 1 << 18;

    private final Consumer<Said> said;
    private final Map<String, TextStream> streams = new LinkedHashMap<>();
    /** Pieces of streams whose header has not come. */
    private final Map<String, List<DataPacket.Content>> orphans = new LinkedHashMap<>();
    private final Map<String, Integer> lastSequences = new LinkedHashMap<>(16, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Integer> eldest) {
            return size() > 1024;
        }
    };
    private int orphanBytes;
    private long held;
    private boolean encrypted;
    private long malformed;
    private long repeated;

    public TranscriptionReader(Consumer<Said> said) {
        this.said = said;
    }

    /**
     * One message of a data channel.
     *
     * @param reliable of the reliable one: only there sequence numbers count
     */
    public void read(byte[] message, boolean reliable, long nowMillis) {
        DataPacket packet;
        try {
            packet = DataPacket.read(message);
        } catch (MalformedMessage e) {
            malformed++;
            return;
        }
        if (reliable && isRepeated(packet)) {
            repeated++;
            return;
        }
        if (packet.content() instanceof DataPacket.Header header) {
            begin(packet.sender(), header, nowMillis);
        } else if (packet.content() instanceof DataPacket.Chunk chunk) {
            chunk(chunk, nowMillis);
        } else if (packet.content() instanceof DataPacket.Trailer trailer) {
            end(trailer, nowMillis);
        } else if (packet.content() instanceof DataPacket.Transcription old) {
            old(packet.sender(), old);
        } else if (packet.content() instanceof DataPacket.Encrypted) {
            encrypted = true;
        }
    }

    /** After a resume the server sends again what may not have arrived. */
    private boolean isRepeated(DataPacket packet) {
        if (packet.sequence() == 0 || packet.senderSid().isEmpty()) {
            return false;
        }
        Integer last = lastSequences.get(packet.senderSid());
        if (last != null && packet.sequence() - last <= 0) {
            return true;
        }
        lastSequences.put(packet.senderSid(), packet.sequence());
        return false;
    }

    private void begin(String sender, DataPacket.Header header, long nowMillis) {
        if (!TOPIC.equals(header.topic()) || header.streamId().isEmpty() || streams.containsKey(header.streamId())) {
            return;
        }
        var stream = new TextStream(sender, header, nowMillis);
        if (header.inline() != null) {
            // The whole stream in one packet: neither chunks nor a trailer follow.
            tell(header.streamId(), stream, isFinal(stream));
            stream.close();
            return;
        }
        if (streams.size() >= MOST_STREAMS) {
            giveUpOldest();
        }
        streams.put(header.streamId(), stream);
        tell(header.streamId(), stream, false);
        List<DataPacket.Content> early = orphans.remove(header.streamId());
        if (early != null) {
            for (DataPacket.Content piece : early) {
                orphanBytes -= size(piece);
                if (piece instanceof DataPacket.Chunk chunk) {
                    chunk(chunk, nowMillis);
                } else if (piece instanceof DataPacket.Trailer trailer) {
                    end(trailer, nowMillis);
                }
            }
        }
    }

    private void chunk(DataPacket.Chunk chunk, long nowMillis) {
        TextStream stream = streams.get(chunk.streamId());
        if (stream == null) {
            keep(chunk.streamId(), chunk);
            return;
        }
        held -= stream.size();
        boolean more = stream.add(chunk, nowMillis);
        held += stream.size();
        while (held > MOST_HELD && streams.size() > 1) {
            giveUpOldest();
        }
        if (stream.whole()) {
            finish(chunk.streamId(), stream);
        } else if (more) {
            tell(chunk.streamId(), stream, false);
        }
    }

    private void end(DataPacket.Trailer trailer, long nowMillis) {
        TextStream stream = streams.get(trailer.streamId());
        if (stream == null) {
            keep(trailer.streamId(), trailer);
            return;
        }
        stream.end(trailer, nowMillis);
        if (stream.whole()) {
            finish(trailer.streamId(), stream);
        }
    }

    private void finish(String id, TextStream stream) {
        remove(id);
        tell(id, stream, isFinal(stream));
    }

    private void tell(String id, TextStream stream, boolean settled) {
        Map<String, String> attributes = stream.attributes();
        String segment = attributes.getOrDefault(SEGMENT, "");
        said.accept(new Said(
                Said.Way.STREAM,
                stream.sender(),
                segment.isEmpty() ? id : segment,
                TimedText.plain(stream.text()),
                settled,
                !stream.cutShort(),
                null,
                blankToNull(attributes.get(TRACK))));
    }

    private void old(String sender, DataPacket.Transcription transcription) {
        String speaker = transcription.speaker().isEmpty() ? sender : transcription.speaker();
        for (DataPacket.Piece piece : transcription.pieces()) {
            said.accept(new Said(
                    Said.Way.PACKET,
                    speaker,
                    piece.id(),
                    TimedText.plain(piece.text()),
                    piece.settled(),
                    true,
                    blankToNull(piece.language()),
                    blankToNull(transcription.track())));
        }
    }

    private static boolean isFinal(TextStream stream) {
        return "true".equals(stream.attributes().get(FINAL));
    }

    private static String blankToNull(String text) {
        return text == null || text.isBlank() ? null : text;
    }

    /** Chunks of streams of other topics end up here too: little is kept, and not for long. */
    private void keep(String id, DataPacket.Content piece) {
        if (orphanBytes + size(piece) > MOST_ORPHAN_BYTES || orphans.size() >= MOST_ORPHANS && !orphans.containsKey(id)) {
            Iterator<List<DataPacket.Content>> oldest = orphans.values().iterator();
            while (oldest.hasNext() && (orphanBytes + size(piece) > MOST_ORPHAN_BYTES || orphans.size() >= MOST_ORPHANS)) {
                oldest.next().forEach(p -> orphanBytes -= size(p));
                oldest.remove();
            }
        }
        if (size(piece) <= MOST_ORPHAN_BYTES) {
            orphans.computeIfAbsent(id, k -> new ArrayList<>()).add(piece);
            orphanBytes += size(piece);
        }
    }

    private static int size(DataPacket.Content piece) {
        return 64 + (piece instanceof DataPacket.Chunk chunk ? chunk.content().length : 0);
    }

    /** To be called now and then: gives up streams that get nothing any more. Their segments stay as they are. */
    public void expire(long nowMillis) {
        streams.entrySet().removeIf(e -> {
            boolean old = nowMillis - e.getValue().touchedMillis() > ABANDONED_MILLIS;
            if (old) {
                release(e.getValue());
            }
            return old;
        });
    }

    /** After a loss the missing pieces of streams that were under way will not come. */
    public void dropOpen() {
        streams.values().forEach(this::release);
        streams.clear();
        orphans.clear();
        orphanBytes = 0;
    }

    private void giveUpOldest() {
        remove(streams.keySet().iterator().next());
    }

    private void remove(String id) {
        TextStream stream = streams.remove(id);
        if (stream != null) {
            release(stream);
        }
    }

    private void release(TextStream stream) {
        held -= stream.size();
        stream.close();
    }

    /** The last sequence number of each sender's reliable packets, by its sid: a resuming client tells the server. */
    public Map<String, Integer> lastSequences() {
        return Map.copyOf(lastSequences);
    }

    /** Whether an end-to-end encrypted packet has come. */
    public boolean sawEncrypted() {
        return encrypted;
    }

    /** Messages that could not be read. */
    public long malformed() {
        return malformed;
    }

    /** Packets that came again after a resume. */
    public long repeated() {
        return repeated;
    }

    int openStreams() {
        return streams.size();
    }
}
