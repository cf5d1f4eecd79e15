package dev.agentassist.live.audio;

import dev.agentassist.live.AudioPacket;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;

/** A file of decoded sound for each speaker, all of the same length and with the same beginning. */
public final class SeparateSound implements Recording {

    /** Opens the file of a speaker when the first sound of it comes. */
    @FunctionalInterface
    public interface Files {
        SoundFile open(String participant) throws IOException;
    }

    private final long startNanos;
    private final Files files;
    private final Map<String, MixedRecording> speakers = new LinkedHashMap<>();

    public SeparateSound(long startNanos, Files files) {
        this.startNanos = startNanos;
        this.files = files;
    }

    @Override
    public void packet(AudioPacket packet) throws IOException {
        MixedRecording speaker = speakers.get(packet.participant());
        if (speaker == null) {
            speaker = new MixedRecording(startNanos, files.open(packet.participant()));
            speakers.put(packet.participant(), speaker);
        }
        speaker.packet(packet);
    }

    @Override
    public void tick(long nowNanos) throws IOException {
        for (MixedRecording speaker : speakers.values()) {
            speaker.tick(nowNanos);
        }
    }

    @Override
    public void finish(long nowNanos) throws IOException {
        IOException failed = null;
        for (MixedRecording speaker : speakers.values()) {
            try {
                speaker.finish(nowNanos);
            } catch (IOException e) {
                failed = e;
            }
        }
        if (failed != null) {
            throw failed;
        }
    }

    @Override
    public long undecodable() {
        return speakers.values().stream().mapToLong(MixedRecording::undecodable).sum();
    }
}
