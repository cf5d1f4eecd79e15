package dev.agentassist.live.audio;

import dev.agentassist.live.AudioPacket;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/**
 * A file for each speaker, all of the same length and with the same beginning, so that they can be laid side by side. In Ogg
 * the packets are those that were received; between them lie packets of silence.
 */
public final class SeparateRecording implements Recording {

    /** Opens the file of a speaker when the first sound of it comes. */
    @FunctionalInterface
    public interface Files {
        /** {@code count}: 1 for a speaker's only file; above where it publishes several tracks at once. */
        OutputStream open(String participant, int count) throws IOException;
    }

    /** Frames before the beginning that are decoded and not played, as RFC 7845, section 4.2, asks of a cut stream. */
    private static final int PRE_SKIP = OpusPacket.RATE * 80 / 1000;
    private static final int FRAME = OpusPacket.RATE / 50;
    /** A speaker's next track goes into the same file when the one before has been quiet for so long. */
    private static final long QUIET_NANOS = 1_000_000_000L;
    /** When the file is ahead of the sender by so much, packets of silence are left out… */
    private static final long AHEAD = OpusPacket.RATE * 120L / 1000;
    /** …and by so much, any. */
    private static final long FAR_AHEAD = OpusPacket.RATE * 500L / 1000;
    /** A packet of so few bytes is silence or comfort noise. */
    private static final int QUIET_BYTES = 3;

    private final long startNanos;
    private final Files files;
    private final Map<String, Voice> tracks = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private long notOpus;
    private IOException failed;

    public SeparateRecording(long startNanos, Files files) {
        this.startNanos = startNanos;
        this.files = files;
    }

    private static final class Voice {
        final String participant;
        OggOpusWriter ogg;
        Track track;
        String trackSid;
        long lastNanos;

        Voice(String participant) {
            this.participant = participant;
        }
    }

    @Override
    public void packet(AudioPacket packet) throws IOException {
        if (OpusPacket.samples(packet.opus()) == 0) {
            notOpus++;
            return;
        }
        Voice voice = tracks.get(packet.trackSid());
        if (voice == null) {
            voice = voice(packet);
            tracks.put(packet.trackSid(), voice);
        }
        voice.lastNanos = packet.arrivalNanos();
        voice.track.add(packet);
        check();
    }

    private Voice voice(AudioPacket packet) throws IOException {
        for (Voice before : tracks.values()) {
            if (before.participant.equals(packet.participant()) && packet.arrivalNanos() - before.lastNanos > QUIET_NANOS) {
                before.track.flush();
                tracks.remove(before.trackSid);
                before.trackSid = packet.trackSid();
                before.track = new Track(startNanos, placed -> place(before, placed));
                return before;
            }
        }
        var voice = new Voice(packet.participant());
        int count = counts.merge(packet.participant(), 1, Integer::sum);
        int channels = OpusPacket.stereo(packet.opus()) ? 2 : 1;
        voice.ogg = new OggOpusWriter(
                files.open(packet.participant(), count),
                channels,
                PRE_SKIP,
                packet.trackSid().hashCode(),
                Map.of("TITLE", packet.participant()));
        fill(voice, -PRE_SKIP, 0);
        voice.trackSid = packet.trackSid();
        voice.track = new Track(startNanos, placed -> place(voice, placed));
        return voice;
    }

    private void place(Voice voice, Timeline.Placed placed) {
        try {
            byte[] opus = placed.packet().opus();
            long written = voice.ogg.samples();
            long ahead = written - placed.position();
            if (ahead > FAR_AHEAD || ahead > AHEAD && opus.length <= QUIET_BYTES) {
                return;
            }
            fill(voice, written, placed.position());
            voice.ogg.packet(opus);
        } catch (IOException e) {
            failed = e;
        }
    }

    /** Silence from one position to another, in frames as long as they fit. */
    private static void fill(Voice voice, long from, long to) throws IOException {
        long at = from;
        while (to - at >= FRAME) {
            voice.ogg.packet(OpusPacket.silence(FRAME));
            at += FRAME;
        }
        for (int size = FRAME / 2; size >= OpusPacket.LEAST_SAMPLES; size /= 2) {
            if (to - at >= size) {
                voice.ogg.packet(OpusPacket.silence(size));
                at += size;
            }
        }
    }

    @Override
    public void tick(long nowNanos) throws IOException {
        long due = Timeline.position(startNanos, nowNanos - LATENCY_NANOS);
        for (Voice voice : tracks.values()) {
            voice.track.tick(nowNanos);
            if (due - voice.ogg.samples() > OpusPacket.RATE / 2) {
                fill(voice, voice.ogg.samples(), due);
            }
        }
        check();
    }

    @Override
    public void finish(long nowNanos) throws IOException {
        long end = Timeline.position(startNanos, nowNanos);
        for (Voice voice : tracks.values()) {
            voice.track.flush();
            try (OggOpusWriter ogg = voice.ogg) {
                while (ogg.samples() < end) {
                    ogg.packet(OpusPacket.silence(FRAME));
                }
                ogg.end(end);
            }
        }
        check();
    }

    private void check() throws IOException {
        if (failed != null) {
            throw failed;
        }
    }

    @Override
    public long undecodable() {
        return notOpus;
    }
}
