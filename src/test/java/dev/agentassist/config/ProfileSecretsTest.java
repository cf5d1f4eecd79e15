package dev.agentassist.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProfileSecretsTest {

    @TempDir
    Path home;

    private Optional<String> fetch(String... lines) {
        var places = Places.of(Map.of(), home);
        var file = ConfigFile.of(places.configFile(), "[default]\n" + String.join("\n", lines));
        return new ProfileSecrets(places).fetch(file, "default", Key.LIVEKIT_API_SECRET);
    }

    private Failure fails(String... lines) {
        return assertThrows(Failure.class, () -> fetch(lines));
    }

    @Test
    void fetchesNothingThatIsNotNamed() {
        assertEquals(Optional.empty(), fetch("model = x"));
    }

    @Test
    void refusesTwoPlaces() {
        var failure = fails("livekit.api_secret = s3cret", "livekit.api_secret_file = x");
        assertTrue(failure.getMessage().contains("sets both livekit.api_secret and livekit.api_secret_file"));
        assertFalse(failure.getMessage().contains("s3cret"));
    }

    @Test
    void readsAFileOfTheHomeFolder() throws Exception {
        Files.writeString(home.resolve("secret"), "s3cret\r\n");
        assertEquals(Optional.of("s3cret"), fetch("livekit.api_secret_file = ~/secret"));
    }

    @Test
    void saysWhatIsWrongWithAFile() throws Exception {
        assertTrue(fails("livekit.api_secret_file = ~/none").getMessage().endsWith(" does not exist."));

        Files.writeString(home.resolve("empty"), "");
        assertTrue(fails("livekit.api_secret_file = ~/empty").getMessage().endsWith(" is empty."));

        Files.writeString(home.resolve("two"), "s3cret\nanother\n");
        var two = fails("livekit.api_secret_file = ~/two");
        assertTrue(two.getMessage().endsWith(" is not one line of text."));
        assertFalse(two.getMessage().contains("s3cret"));

        Files.write(home.resolve("large"), new byte[ProfileSecrets.LARGEST + 1]);
        assertTrue(fails("livekit.api_secret_file = ~/large").getMessage().endsWith(" is not one line of text."));

        assertTrue(fails("livekit.api_secret_file = ~").getMessage().endsWith(" cannot be read."), "a folder");
    }

    @Test
    void runsACommandWithoutAShell() {
        assertEquals(Optional.of("a  b"), fetch("livekit.api_secret_command = printf '%s\\n%s' 'a  b' second"));
        assertEquals(
                Optional.of("empty"),
                fetch("livekit.api_secret_command = sh -c 'read -r x && echo \"$x\" || echo empty'"),
                "its standard input is not ours");
    }

    @Test
    void saysWhyACommandGaveNothing() {
        var absent = fails("livekit.api_secret_command = no-such-program --x");
        assertInstanceOf(Problem.BadInput.class, absent.problem());
        assertEquals("The command for livekit.api_secret (no-such-program) cannot be run.", absent.getMessage());

        var failed = fails("livekit.api_secret_command = sh -c 'echo s3cret; exit 3'");
        assertInstanceOf(Problem.Unavailable.class, failed.problem());
        assertEquals("The command for livekit.api_secret (sh) failed with exit code 3.", failed.getMessage());

        var silent = fails("livekit.api_secret_command = true");
        assertEquals("The command for livekit.api_secret (true) printed no secret.", silent.getMessage());
    }

    @Test
    void doesNotWaitForEver() {
        var failure = assertThrows(
                Failure.class,
                () -> SecretCommand.run(List.of("sh", "-c", "sleep 60 & wait"), "store.key", Duration.ofMillis(200)));
        assertInstanceOf(Problem.Unavailable.class, failure.problem());
        assertTrue(failure.getMessage().contains("did not end within"), failure.getMessage());
    }

    @Test
    void doesNotWaitForWhatACommandLeavesBehind() {
        assertEquals(
                "s3cret",
                SecretCommand.run(List.of("sh", "-c", "echo s3cret; sleep 30 &"), "store.key", Duration.ofSeconds(20)));
    }
}
