package dev.agentassist.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.check.Finding;
import dev.agentassist.check.Finding.State;
import dev.agentassist.config.Key;
import dev.agentassist.config.ShownSetting;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Golden files: {@code -Dassist.regenerate} writes them anew. */
class DoctorWriterTest {

    private static final Path GOLDEN = Path.of("src/test/resources/dev/agentassist/render/doctor");

    private static final List<ShownSetting> SETTINGS = List.of(
            new ShownSetting(Key.LIVEKIT_URL, true, "wss://example.livekit.cloud", "environment LIVEKIT_URL"),
            new ShownSetting(Key.LIVEKIT_API_SECRET, true, "********", "profile prod (/home/dana/.config/agent-assist/config)"),
            new ShownSetting(Key.TIMEOUT, true, "10s", "default"),
            new ShownSetting(Key.MODEL, false, null, null));

    /** With words of a server's that could drive a terminal. */
    private static final List<Finding> FINDINGS = List.of(
            new Finding("livekit", State.OK, "wss://example.livekit.cloud answers and takes the keys; 3 rooms.", null),
            new Finding("clock", State.WARNING, "The server’s clock is 20 s ahead of this machine’s.", "Have both set by NTP: tokens are good for a minute."),
            new Finding("version", State.OK, "LiveKit \u001b[31m1.13.5. (tried 3 days ago)", null),
            new Finding("moving", State.NOT_SET, "Whether participants can be moved between rooms is not tried yet.", "A transfer tries it."),
            new Finding("context", State.FAILED, "The model takes in 4096 tokens, model.context is 8000.", "Run: assist config set model.context 4096"));

    private static void golden(String file, String text) throws IOException {
        Path path = GOLDEN.resolve(file);
        if (System.getProperty("assist.regenerate") != null) {
            Files.createDirectories(GOLDEN);
            Files.writeString(path, text);
        }
        assertEquals(Files.readString(path), text);
    }

    @Test
    void looksAsItDid() throws IOException {
        var writer = new DoctorWriter(80, (style, text) -> text);
        var text = new StringBuilder(writer.settings(SETTINGS));
        FINDINGS.forEach(f -> text.append(writer.finding(f)));
        text.append(writer.summary(FINDINGS));
        golden("text.txt", text.toString());
        golden("json.txt", DoctorWriter.json(SETTINGS, FINDINGS));
        assertTrue(text.toString().lines().allMatch(l -> l.length() <= 80 && l.indexOf('\u001b') < 0), text::toString);
    }
}
