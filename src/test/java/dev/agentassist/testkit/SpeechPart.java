package dev.agentassist.testkit;

import java.nio.file.Path;

/** A real voice: text spoken by espeak-ng into a WAV file (22,050 Hz, mono, 16 bit). */
public final class SpeechPart {

    private SpeechPart() {}

    /** English, at 160 words a minute. */
    public static Path speak(String text, Path wav) {
        return speak(text, "en", wav);
    }

    /** {@code voice}: a name of {@code espeak-ng --voices}, as {@code de} or {@code en-us+f3}. */
    public static Path speak(String text, String voice, Path wav) {
        Path program = Parts.debian("espeak-ng", "espeak-ng");
        Tool.of(program.toString(), "-v", voice, "-s", "160", "-w", wav.toString(), "--", text).run();
        return wav;
    }
}
