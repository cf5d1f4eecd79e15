package dev.agentassist.program;

import static dev.agentassist.program.Check.refused;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Program;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every row of the table of exit codes that no test of a signal or a transfer reaches, one after the other. */
class ExitCodesIT {

    @TempDir
    private Path home;

    @Test
    void everyRowHolds() {
        LiveKitServerPart server = LiveKitServerPart.shared();
        Program assist = new Program(home).with(server);
        assertEquals(0, assist.run("conversations", "list", "--demo").exit());

        // 1: a file that can be opened, and fails when it is read.
        refused(assist.run("brief", "--file", "/proc/self/mem"), 1, "/proc/self/mem cannot be read");

        refused(assist.run("breif"), 2, "Did you mean brief?");
        refused(assist.run("brief", "--demo", "none"), 3, "“none”");
        refused(assist.with("LIVEKIT_API_KEY", "other").run("listeners", "list", "room:r"), 4, "refuses the API key");
        refused(assist.run("token", "conv_5Sec", "--demo", "--format", "token"), 5, "has ended");
        refused(assist.with("LIVEKIT_URL", "ws://127.0.0.1:1").run("listeners", "list", "room:r"), 6, "cannot be reached");
        Program.Result check = assist.with("LIVEKIT_URL", "ws://127.0.0.1:1").run("config", "check");
        assertEquals(7, check.exit(), check::toString);
        assertTrue(check.out().contains("livekit"), check::toString);
    }

    @Test
    void aServerThatSaysNothingIsGivenUpInTime() {
        try (var server = LiveKitServerPart.start()) {
            server.freeze();
            refused(
                    new Program(home).with(server).run("listeners", "list", "room:r", "--timeout", "2s"),
                    6,
                    "did not answer in time");
            server.resume();
        }
    }

    @Test
    void aServerThatIsNoLiveKitIsTold() throws Exception {
        var other = com.sun.net.httpserver.HttpServer.create(
                new java.net.InetSocketAddress(java.net.InetAddress.getLoopbackAddress(), 0), 0);
        other.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, 2);
            exchange.getResponseBody().write("ok".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            exchange.close();
        });
        other.start();
        try {
            var assist = new Program(home).with("LIVEKIT_API_KEY", "k").with("LIVEKIT_API_SECRET", "s".repeat(40))
                    .with("LIVEKIT_URL", "http://127.0.0.1:" + other.getAddress().getPort());
            refused(assist.run("listeners", "list", "room:r"), 6, "does not answer as a LiveKit server does");
        } finally {
            other.stop(0);
        }
    }
}
