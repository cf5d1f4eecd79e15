package dev.agentassist.program;

import static dev.agentassist.program.Check.json;
import static dev.agentassist.program.Check.ok;
import static dev.agentassist.program.Check.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Program;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code assist config}: settings from flag, environment, profile and default, and secrets that stay secret. */
class ConfigIT {

    private static final String SECRET = "the-secret-that-is-nowhere-to-be-seen";

    @TempDir
    private Path home;

    private Program assist;
    private Path config;

    @BeforeEach
    void program() {
        assist = new Program(home);
        config = home.resolve("config/agent-assist/config");
    }

    private static JsonNode setting(Program.Result show, String name) {
        return json(ok(show)).get("settings").valueStream()
                .filter(s -> s.get("setting").asText().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void flagThenEnvironmentThenProfileThenDefault() {
        var show = new String[] {"config", "show", "--format", "json"};
        assertEquals("10s", setting(assist.run(show), "timeout").get("value").asText());
        ok(assist.run("config", "set", "timeout", "20s"));
        assertEquals("20s", setting(assist.run(show), "timeout").get("value").asText());
        var environment = assist.with("ASSIST_TIMEOUT", "30s");
        JsonNode fromEnvironment = setting(environment.run(show), "timeout");
        assertEquals("30s", fromEnvironment.get("value").asText());
        assertTrue(fromEnvironment.toString().contains("ASSIST_TIMEOUT"), fromEnvironment::toString);
        assertEquals("40s", setting(environment.run("config", "show", "--format", "json", "--timeout", "40s"), "timeout").get("value").asText());
        ok(assist.run("config", "set", "timeout", "--unset"));
        assertEquals("10s", setting(assist.run(show), "timeout").get("value").asText());
    }

    @Test
    void profilesAreMadeChosenAndNamed() {
        ok(assist.run("config", "set", "region", "DE", "--profile", "staging"));
        var show = new String[] {"config", "show", "--format", "json"};
        assertTrue(setting(assist.run(show), "region").get("value").isNull());
        assertEquals("DE", setting(assist.with("ASSIST_PROFILE", "staging").run(show), "region").get("value").asText());
        ok(assist.run("config", "use", "staging"));
        assertEquals("DE", setting(assist.run(show), "region").get("value").asText());
        assertEquals("staging", json(ok(assist.run(show))).get("profile").asText());
        refused(assist.run("config", "use", "nix"), 2, "“nix”");
        refused(assist.run("config", "show", "--profile", "nix"), 2, "“nix”");
    }

    @Test
    void aSecretIsNeverTakenFromAnArgumentAndNeverShown() throws Exception {
        refused(assist.run("config", "set", "livekit.api_secret", SECRET), 2, "not taken from an argument");
        Program.Result refusal = assist.run("config", "set", "livekit.api_secret", SECRET, "--verbose");
        assertFalse(refusal.toString().contains(SECRET), refusal::toString);
        assertFalse(assist.run("config", "set", "livekit.api_secret", "--secret", SECRET).toString().contains(SECRET));
        assertFalse(Files.exists(config));

        Program.Result set = assist.reading(SECRET + "\n").run("config", "set", "livekit.api_secret");
        ok(set);
        assertFalse(set.toString().contains(SECRET), set::toString);
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(config)));
        for (String format : new String[] {"text", "json"}) {
            assertFalse(assist.run("config", "show", "--format", format, "--verbose").toString().contains(SECRET), format);
            assertFalse(assist.with("OPENAI_API_KEY", SECRET).run("config", "show", "--format", format).toString().contains(SECRET));
        }
        var keyed = assist.with("LIVEKIT_URL", "ws://127.0.0.1:1").with("LIVEKIT_API_KEY", "key");
        assertFalse(keyed.run("token", "room:r", "--verbose").toString().contains(SECRET));
        assertFalse(keyed.run("config", "check", "--verbose").toString().contains(SECRET));
        assertFalse(ok(keyed.run("token", "room:r", "--no-check")).contains(SECRET));
    }

    @Test
    void aSecretComesFromAFileOrACommand() throws Exception {
        var keyed = assist.with("LIVEKIT_URL", "ws://127.0.0.1:1").with("LIVEKIT_API_KEY", "key");
        Path secret = Files.writeString(home.resolve("secret.txt"), SECRET + "\n");
        ok(assist.run("config", "set", "livekit.api_secret_file", secret.toString()));
        String minted = ok(keyed.run("token", "room:r", "--no-check", "--format", "token"));
        var withSecret = keyed.with("LIVEKIT_API_SECRET", SECRET);
        assertTrue(ok(withSecret.reading(minted).run("inspect", "-", "--format", "json")).contains("\"verified\""), "signed with the file's secret");

        ok(assist.run("config", "set", "livekit.api_secret_file", "--unset"));
        ok(assist.run("config", "set", "livekit.api_secret_command", "sh -c 'cat " + secret + "; echo more'"));
        minted = ok(keyed.run("token", "room:r", "--no-check", "--format", "token"));
        assertTrue(ok(withSecret.reading(minted).run("inspect", "-", "--format", "json")).contains("\"verified\""));

        ok(assist.run("config", "set", "livekit.api_secret_command", "false"));
        Program.Result failing = keyed.run("token", "room:r", "--no-check", "--format", "text");
        assertFalse(failing.exit() == 0, failing::toString);
        assertTrue(failing.err().contains("livekit.api_secret"), failing::toString);
        assertFalse(assist.run("config", "show").toString().contains(SECRET), "showing runs no command");
    }

    @Test
    void othersWhoCanReadTheFileAreAWarning() throws Exception {
        ok(assist.run("config", "set", "region", "US"));
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-r--r--"));
        Program.Result show = assist.run("config", "show");
        ok(show);
        assertTrue(show.err().contains(config.toString()), show::toString);
    }

    @Test
    void mistakesAreNamed() throws Exception {
        refused(assist.run("config", "set", "livekit.ulr", "ws://h"), 2, "livekit.ulr", "livekit.url");
        refused(assist.run("config", "set", "livekit.url", "nonsense"), 2, "nonsense", "livekit.url");
        refused(assist.run("config", "set", "timeout", "soon"), 2, "soon");
        refused(assist.run("config", "set", "store", "postgresql://u:" + SECRET + "@h/db"), 2, "password");
        Files.createDirectories(config.getParent());
        Files.writeString(config, "[default]\nregion = US\nthis is no setting\n");
        Files.setPosixFilePermissions(config, PosixFilePermissions.fromString("rw-------"));
        refused(assist.run("conversations", "list"), 2, config.toString(), "3");
        String before = Files.readString(config);
        refused(assist.run("config", "set", "region", "DE"), 2, config.toString());
        assertEquals(before, Files.readString(config));
        assertEquals(config + "\n", ok(assist.run("config", "path")));
    }

    @Test
    void checkTellsWhatWorks() {
        LiveKitServerPart server = LiveKitServerPart.shared();
        Program.Result good = assist.with(server).run("config", "check");
        assertTrue(ok(good).contains("livekit"), good::toString);
        Program.Result wrong = assist.with(server).with("LIVEKIT_API_SECRET", "wrong-secret-that-is-long-enough-for-all").run("config", "check");
        assertEquals(7, wrong.exit(), wrong::toString);
        JsonNode down = json(assist.with(server).with("LIVEKIT_URL", "ws://127.0.0.1:1").run("config", "check", "--format", "json").out());
        assertTrue(down.toString().contains("failed"), down::toString);
        ok(assist.run("config", "check", "--create"));
        assertTrue(Files.exists(home.resolve("data/agent-assist/conversations.db")));
    }
}
