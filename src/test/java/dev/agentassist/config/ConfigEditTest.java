package dev.agentassist.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigEditTest {

    @TempDir
    Path home;

    private Places places;
    private ConfigEdit edit;

    @BeforeEach
    void start() {
        places = Places.of(Map.of(), home);
        edit = new ConfigEdit(places, Path.of("/work here"));
    }

    private String text() throws Exception {
        return Files.readString(places.configFile());
    }

    private String mode(Path path) throws Exception {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
    }

    @Test
    void makesTheFileForItsUserAlone() throws Exception {
        edit.set("default", "livekit.url", " wss://h ");

        assertEquals("[default]\nlivekit.url = wss://h\n", text());
        assertEquals("rw-------", mode(places.configFile()));
        assertEquals("rwx------", mode(places.config()));
        try (var files = Files.list(places.config())) {
            assertEquals(
                    List.of(".config.lock", "config"),
                    files.map(f -> f.getFileName().toString()).sorted().toList(),
                    "nothing is left over");
        }
    }

    @Test
    void closesAFileThatWasOpenToOthers() throws Exception {
        edit.set("default", "model", "a");
        Files.setPosixFilePermissions(places.configFile(), PosixFilePermissions.fromString("rw-r--r--"));
        edit.set("default", "store.key", "s3cret");
        assertEquals("rw-------", mode(places.configFile()));
    }

    @Test
    void followsALink() throws Exception {
        Path real = Files.writeString(home.resolve("dotfile"), "# mine\n[default]\n");
        Files.createDirectories(places.config());
        Files.createSymbolicLink(places.configFile(), real);

        edit.set("default", "model", "a");

        assertTrue(Files.isSymbolicLink(places.configFile()));
        assertEquals("# mine\n[default]\nmodel = a\n", Files.readString(real));
    }

    @Test
    void aSecretHasOnePlace() throws Exception {
        edit.set("p", "store.key", "in-place");
        edit.set("p", "store.key_command", "pass show db");
        assertEquals("[p]\nstore.key_command = pass show db\n", text());
        edit.set("p", "store.key_file", "keys/db");
        assertEquals("[p]\nstore.key_file = /work here/keys/db\n", text());
        assertTrue(edit.unset("p", "store.key"), "wherever it is");
        assertEquals("[p]\n", text());
        assertFalse(edit.unset("p", "store.key"));
    }

    @ParameterizedTest
    @CsvSource({
        "ca_file,ca.pem,/work here/ca.pem",
        "ca_file,~/ca.pem,~/ca.pem",
        "store,sqlite:calls.db,sqlite:/work here/calls.db",
        "store,sqlite:/a/b.db,sqlite:/a/b.db",
        "region,de,DE",
        "store,postgresql://db/x,postgresql://db/x",
    })
    void keepsValuesThatMeanTheSameFromEverywhere(String name, String typed, String kept) {
        assertEquals(Optional.of(kept), edit.set("default", name, typed).get("default", name));
    }

    @ParameterizedTest
    @CsvSource({
        "livekit.url,localhost,livekit.url",
        "timeout,10,timeout",
        "region,Germany,region",
        "store.key_command,'a | b',store.key_command",
        "model,'',model",
    })
    void refusesBadValuesAndWritesNothing(String name, String value, String named) {
        var failure = assertThrows(Failure.class, () -> edit.set("default", name, value));
        assertInstanceOf(Problem.BadInput.class, failure.problem());
        assertTrue(failure.getMessage().contains(named), failure.getMessage());
        assertFalse(Files.exists(places.configFile()));
    }

    @Test
    void suggestsTheNameThatWasMeant() {
        var failure = assertThrows(Failure.class, () -> edit.set("default", "livekit.api_secert", "s3cret"));
        assertEquals("There is no setting “livekit.api_secert”.", failure.getMessage());
        assertTrue(failure.problem().hint().startsWith("Did you mean livekit.api_secret?"));
    }

    @Test
    void tellsWhichNamesTakeAnArgument() {
        assertFalse(ConfigEdit.takesArgument("livekit.api_secret"));
        assertTrue(ConfigEdit.takesArgument("livekit.api_secret_file"));
        assertTrue(ConfigEdit.takesArgument("livekit.api_key"));
    }

    @Test
    void usesOnlyAProfileThatIsThere() throws Exception {
        edit.set("prod", "model", "a");
        edit.use("prod");
        assertEquals("use = prod\n[prod]\nmodel = a\n", text());
        var failure = assertThrows(Failure.class, () -> edit.use("prdo"));
        assertTrue(failure.problem().hint().startsWith("Did you mean prod?"));
        assertEquals("use = prod\n[prod]\nmodel = a\n", text());
        edit.use("default");
        assertTrue(text().startsWith("use = default\n"));
        assertThrows(Failure.class, () -> edit.set("a b", "model", "x"));
    }

    @Test
    void leavesABrokenFileAsItIs() throws Exception {
        Files.createDirectories(places.config());
        Files.writeString(places.configFile(), "broken\n");
        assertThrows(Failure.class, () -> edit.set("default", "model", "x"));
        assertEquals("broken\n", text());
    }

    @Test
    void saysWhenItCannotBeWritten() throws Exception {
        Files.createDirectories(places.config().getParent());
        Files.writeString(places.config(), "a file where the folder should be");
        var failure = assertThrows(Failure.class, () -> edit.set("default", "model", "x"));
        assertTrue(failure.getMessage().startsWith("The config file " + places.configFile() + " could not be written"));
    }

    @Test
    void waitsForAnotherProgramThatIsChangingIt() throws Exception {
        edit.set("default", "model", "x");
        Path lock = places.config().resolve(".config.lock");
        try (var channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            channel.lock();
            // In one JVM a second lock is an exception at once; between programs it is waited for (see ConfigIT).
            assertThrows(RuntimeException.class, () -> edit.set("default", "model", "y"));
        }
        assertEquals("[default]\nmodel = x\n", text());
    }
}
