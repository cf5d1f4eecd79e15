package dev.agentassist.program;

import static dev.agentassist.program.Check.json;
import static dev.agentassist.program.Check.ok;
import static dev.agentassist.program.Check.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Program;
import io.livekit.server.AccessToken;
import io.livekit.server.CanPublish;
import io.livekit.server.RoomJoin;
import io.livekit.server.RoomName;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code assist inspect}: what a token grants, in plain words. */
class InspectIT {

    @TempDir
    private Path home;

    private Program assist;

    @BeforeEach
    void program() {
        assist = new Program(home)
                .with("LIVEKIT_URL", "ws://127.0.0.1:1")
                .with("LIVEKIT_API_KEY", LiveKitServerPart.KEY)
                .with("LIVEKIT_API_SECRET", LiveKitServerPart.SECRET);
    }

    private String mint(String format) {
        return ok(assist.run("token", "room:a room", "--no-check", "--as", "ana", "--reason", "why", "--format", format));
    }

    @Test
    void ourTokensAreListenOnlyAndVerified() throws Exception {
        for (String format : new String[] {"json", "token", "env", "text"}) {
            Program.Result run = assist.reading(mint(format)).run("inspect", "-");
            String text = ok(run);
            assertEquals("", run.err(), format);
            assertTrue(text.contains("a room") && text.contains("ana"), text);
            assertFalse(text.contains("eyJ"), "the token itself is not shown");
        }
        Path file = Files.writeString(home.resolve("token.txt"), mint("token"));
        assertTrue(json(ok(assist.run("inspect", file.toString(), "--format", "json"))).toString().contains("\"listen_only\":true"));
    }

    @Test
    void aTokenThatIsMoreThanListenOnlyIsAWarning() {
        var token = new AccessToken(LiveKitServerPart.KEY, LiveKitServerPart.SECRET);
        token.setIdentity("speaker");
        token.addGrants(new RoomJoin(true), new RoomName("r"), new CanPublish(true));
        Program.Result run = assist.reading(token.toJwt()).run("inspect", "-");
        assertTrue(ok(run).contains("speaker"), run::toString);
        assertTrue(run.err().contains("not listen-only"), run::toString);
    }

    @Test
    void aForgedSignatureIsAGateThatDoesNotHold() {
        String token = mint("token").strip();
        int at = token.lastIndexOf('.') + 3;
        String forged = token.substring(0, at) + (token.charAt(at) == 'A' ? 'B' : 'A') + token.substring(at + 1);
        assertEquals(7, assist.reading(forged).run("inspect", "-").exit());
        // Without the secret it cannot be told, and is said so.
        Program.Result unknown = assist.with("LIVEKIT_API_SECRET", null).reading(forged).run("inspect", "-");
        assertTrue(ok(unknown).contains("not checked"), unknown::toString);
    }

    @Test
    void whatIsNoTokenIsSaidWithoutRepeatingIt() {
        for (String bad : new String[] {"", "secret words", "a.b.c", "eyJhbGciOiJIUzI1NiJ9.e30", "{\"token\":5}", "null"}) {
            Program.Result run = assist.reading(bad).run("inspect", "-");
            refused(run, 2, "stdin");
            assertFalse(run.err().contains("secret words"), run::toString);
        }
        refused(assist.run("inspect", mint("token").strip()), 2);
        assertFalse(assist.run("inspect", mint("token").strip()).err().contains("eyJ"), "a token given as an argument is not repeated");
    }
}
