package dev.agentassist.listen;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.live.AudioPacket;
import dev.agentassist.live.audio.Recording;
import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import dev.agentassist.testkit.Fixed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files lie where they were asked for, whatever those in the call call themselves, and take no other one's place. */
class DestinationTest {

    @TempDir
    private Path folder;

    @Property(seed = Fixed.SEED)
    void noNameLeavesTheFolder(@ForAll String identity) {
        String name = FileNames.safe(identity, "speaker");
        assertFalse(name.isEmpty() || name.startsWith(".") || name.startsWith("-") || name.length() > 60, name);
        assertFalse(name.chars().anyMatch(c -> c == '/' || c == '\\' || c == ':' || c == 0 || Character.isISOControl(c)), name);
    }

    @Test
    void namesStayReadableAndApart() {
        var names = new FileNames();
        var given = List.of("sip_+14155550132", "Zoë", "../../etc/passwd", "a/b", "A/B", "", "…");
        assertEquals(
                List.of("sip_+14155550132", "Zoë", "etc_passwd", "a_b", "A_B-2", "speaker", "speaker-2"),
                given.stream().map(names::ofSpeaker).toList());
    }

    @Test
    void aFileThatExistsIsLeftAlone() throws IOException {
        Path file = Files.writeString(folder.resolve("call.ogg"), "precious");
        var failure = assertThrows(Failure.class, () -> Destination.file(file, SoundFormat.OGG));
        assertTrue(failure.problem() instanceof Problem.BadInput, failure.getMessage());
        assertEquals("precious", Files.readString(file));
        assertThrows(Failure.class, () -> Destination.file(folder.resolve("no/call.ogg"), SoundFormat.OGG));
        assertThrows(Failure.class, () -> Destination.separate(folder.resolve("no/call.ogg"), SoundFormat.OGG));
    }

    @Test
    void aFileIsTheOwnersAloneAndGoesWhereNothingWasHeard() throws IOException {
        Path file = folder.resolve("call.wav");
        Destination destination = Destination.file(file, SoundFormat.WAV);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        destination.discard();
        assertFalse(Files.exists(file));
    }

    @Test
    void aSpeakersFileStandsBesideTheNameThatWasGiven() throws IOException {
        Files.writeString(folder.resolve("call-agent.ogg"), "precious");
        Destination destination = Destination.separate(folder.resolve("call.ogg"), SoundFormat.OGG);
        Recording recording = destination.open(0);
        byte[] opus = {(byte) 0xf8, (byte) 0xff, (byte) 0xfe};
        recording.packet(new AudioPacket("TR_1", "agent", 1, 0, false, opus, 20_000_000));
        recording.packet(new AudioPacket("TR_2", "../x", 1, 0, false, opus, 20_000_000));
        recording.finish(1_000_000_000L);
        assertEquals(
                List.of(folder.resolve("call-agent-2.ogg"), folder.resolve("call-x.ogg")), destination.files());
        assertEquals("precious", Files.readString(folder.resolve("call-agent.ogg")));
        assertEquals(new HashSet<>(List.of("call-agent.ogg", "call-agent-2.ogg", "call-x.ogg")), names());
    }

    private HashSet<String> names() throws IOException {
        try (var files = Files.list(folder)) {
            return new HashSet<>(files.map(f -> f.getFileName().toString()).toList());
        }
    }
}
