package dev.agentassist.listen;

import java.util.Locale;

/** How sound is kept. */
public enum SoundFormat {
    OGG,
    WAV;

    /** As the end of a file's name says; null where it says neither. */
    public static SoundFormat of(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        return name.endsWith(".ogg") || name.endsWith(".opus") ? OGG : name.endsWith(".wav") ? WAV : null;
    }

    public String extension() {
        return name().toLowerCase(Locale.ROOT);
    }
}
