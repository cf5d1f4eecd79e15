package dev.agentassist.smoke;

import dev.agentassist.live.audio.OggOpusFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** What is said in a canary call. */
final class CanaryScript {

    /** Who says what. */
    record Line(boolean agent, String text) {}

    /** With characters of two and three bytes, and a thing that is said twice: both are to arrive. */
    static final List<Line> LINES = List.of(
            new Line(true, "This is a canary call of Agent Assist: nobody is on the line."),
            new Line(false, "My order 4417 was charged twice – 42 € each – and I want a refund, s’il vous plaît."),
            new Line(true, "I am sorry. I will refund one of the two charges."),
            new Line(false, "Yes."),
            new Line(true, "Is there anything else?"),
            new Line(false, "Yes."),
            new Line(false, "Can I speak to a person, please?"));

    private static final String SOUND = "canary.opus";

    private CanaryScript() {}

    /** The first line as it is spoken: Opus packets of 20 ms. */
    static List<byte[]> sound() {
        try (InputStream in = CanaryScript.class.getResourceAsStream(SOUND)) {
            return OggOpusFile.read(in, SOUND).packets();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
