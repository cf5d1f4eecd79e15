package dev.agentassist.testkit;

import dev.agentassist.live.audio.OggSound;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Pitches in hertz that tell who speaks: far enough apart for a window of 20 ms, and no multiples of each other. An
 * {@link Ear} listens for them all.
 */
public final class Tones {

    public static final int CALLER = 600;
    public static final int AGENT = 900;
    public static final int HUMAN = 1300;
    public static final int MUSIC = 1900;
    public static final int OTHER_AGENT = 2500;
    /** The ringing that livekit-sip plays into a room when it is asked to. */
    public static final int RINGING = 425;
    /** What an ear hears that is none of the tones: speech, real music. */
    public static final int OTHER_SOUND = 0;

    static final List<Integer> ALL = List.of(CALLER, AGENT, HUMAN, MUSIC, OTHER_AGENT, RINGING);

    private static final int RATE = 48_000;

    private Tones() {}

    /** An Ogg/Opus file with a tone. */
    public static Path ogg(Path file, int hertz, int seconds) {
        try (var sound = new OggSound(Files.newOutputStream(file), 1, Map.of())) {
            var pcm = new short[RATE * seconds];
            for (int i = 0; i < pcm.length; i++) {
                pcm[i] = (short) (8000 * Math.sin(2 * Math.PI * hertz * i / RATE));
            }
            sound.write(pcm, pcm.length);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file;
    }
}
