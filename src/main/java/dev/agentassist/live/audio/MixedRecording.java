package dev.agentassist.live.audio;

import dev.agentassist.live.AudioPacket;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/** Everybody in one file: decoded, added up, and given to the file as long as the listening was. */
public final class MixedRecording implements Recording {

    private final long startNanos;
    private final SoundFile file;
    private final Mixer mixer = new Mixer();
    private final Map<String, Voice> voices = new HashMap<>();
    private long flushed;
    private long notOpus;

    /** {@code startNanos}: when the listening began. */
    public MixedRecording(long startNanos, SoundFile file) {
        this.startNanos = startNanos;
        this.file = file;
    }

    /** A track with its decoder, and where in the mix it has come to. */
    private final class Voice {
        final SpeechDecoder decoder = new SpeechDecoder();
        final Track track = new Track(startNanos, this::place);
        long end = Long.MIN_VALUE;

        void place(Timeline.Placed placed) {
            byte[] opus = placed.packet().opus();
            long hole = placed.position() - end;
            if (placed.missing() > 0 && hole > 0 && hole < OpusPacket.RATE) {
                short[] madeUp = decoder.conceal((int) hole, opus);
                if (madeUp != null) {
                    mixer.add(end, madeUp, 0, (int) hole);
                }
            }
            short[] pcm = decoder.decode(opus);
            // Where its clock was set back a little, what was said twice is left out.
            int from = (int) Math.clamp(end - placed.position(), 0L, placed.samples());
            mixer.add(placed.position(), pcm, from, placed.samples() - from);
            end = Math.max(end, placed.position() + placed.samples());
        }
    }

    @Override
    public void packet(AudioPacket packet) {
        if (OpusPacket.samples(packet.opus()) == 0) {
            notOpus++;
            return;
        }
        voices.computeIfAbsent(packet.trackSid(), sid -> new Voice()).track.add(packet);
    }

    @Override
    public void tick(long nowNanos) throws IOException {
        voices.values().forEach(v -> v.track.tick(nowNanos));
        mixer.take(Timeline.position(startNanos, nowNanos - LATENCY_NANOS), file);
        if (mixer.given() - flushed >= OpusPacket.RATE) {
            flushed = mixer.given();
            file.flush();
        }
    }

    @Override
    public void finish(long nowNanos) throws IOException {
        try (file) {
            voices.values().forEach(v -> v.track.flush());
            mixer.take(Timeline.position(startNanos, nowNanos), file);
        }
    }

    @Override
    public long undecodable() {
        return notOpus + voices.values().stream().mapToLong(v -> v.decoder.undecodable()).sum();
    }
}
