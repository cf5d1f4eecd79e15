package dev.agentassist.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Parts;
import dev.agentassist.testkit.Running;
import dev.agentassist.testkit.Twirp;
import io.livekit.server.AccessToken;
import io.livekit.server.RoomJoin;
import io.livekit.server.RoomName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The snippets that let an agent be put on hold, in a real agent's process, asked through a real server. */
class HoldSnippetsIT {

    private static final String HELD = "held: input false output false";
    private static final String RESUMED = "resumed: input true output true";

    @TempDir
    Path scratch;

    @Test
    void anAgentForPythonIsHeldAndResumes() throws Exception {
        Path python = Parts.agentsPython();
        copy("src/snippets/assist_hold.py", "assist_hold.py");
        copy("src/test/python/hold.py", "hold.py");
        isHeldAndResumes("hold-python", python.toString(), "hold.py");
    }

    @Test
    void anAgentForNodeIsHeldAndResumes() throws Exception {
        Path agents = Parts.agentsNode();
        copy("src/snippets/assist_hold.mjs", "assist_hold.mjs");
        copy("src/test/node/agents/hold.mjs", "hold.mjs");
        Files.createSymbolicLink(scratch.resolve("node_modules"), agents.resolve("node_modules"));
        isHeldAndResumes("hold-node", "node", "hold.mjs");
    }

    private void copy(String file, String to) throws IOException {
        Files.copy(Path.of(file), scratch.resolve(to));
    }

    private void isHeldAndResumes(String room, String... command) {
        LiveKitServerPart server = LiveKitServerPart.shared();
        var token = new AccessToken(LiveKitServerPart.KEY, LiveKitServerPart.SECRET);
        token.setIdentity("agent");
        token.addGrants(new RoomJoin(true), new RoomName(room));
        try (Running agent = Running.of(scratch, Map.of("LIVEKIT_URL", server.url(), "TOKEN", token.toJwt()), command)) {
            agent.awaitOut("ready");
            var twirp = Twirp.of(server.httpUrl());

            // Before anything: what is not held is resumed by doing nothing.
            done(twirp.rpc(room, "agent", "assist.resume", "{\"transfer_id\":\"t-0\"}"));
            done(twirp.rpc(room, "agent", "assist.hold", "{\"transfer_id\":\"t-1\",\"max_seconds\":600}"));
            agent.awaitOut(HELD);
            done(twirp.rpc(room, "agent", "assist.hold", "{\"transfer_id\":\"t-1\",\"max_seconds\":600}"));
            done(twirp.rpc(room, "agent", "assist.resume", "{\"transfer_id\":\"t-0\"}"));
            done(twirp.rpc(room, "agent", "assist.hold", "{\"transfer_id\":\"t-2\",\"max_seconds\":600}"));
            done(twirp.rpc(room, "agent", "assist.resume", "{\"transfer_id\":\"t-1\"}"));
            told(agent, HELD);
            done(twirp.rpc(room, "agent", "assist.resume", "{\"transfer_id\":\"t-2\"}"));
            agent.awaitOut(RESUMED);
            done(twirp.rpc(room, "agent", "assist.resume", "{\"transfer_id\":\"t-2\"}"));
            told(agent, HELD, RESUMED);

            // Nobody resumes it: it keeps the limit by itself.
            done(twirp.rpc(room, "agent", "assist.hold", "{\"transfer_id\":\"t-3\",\"max_seconds\":1}"));
            Await.until("the agent resumes by itself", () -> agent.outLines().size() == 5);
            told(agent, HELD, RESUMED, HELD, RESUMED);

            for (String bad : List.of("", "{", "{}", "{\"transfer_id\":\"t-4\",\"max_seconds\":\"soon\"}")) {
                Twirp.Answer refused = twirp.rpc(room, "agent", "assist.hold", bad);
                assertTrue(refused.status() >= 400, bad + ": " + refused);
            }
            told(agent, HELD, RESUMED, HELD, RESUMED);
            assertEquals(400, twirp.rpc(room, "agent", "assist.other", "{}").status(), "as an agent without the snippet answers");
        }
    }

    private static void done(Twirp.Answer answer) {
        assertEquals(200, answer.status(), answer.toString());
        assertEquals("{\"ok\":true}", answer.body().path("payload").asText());
    }

    /** What an idle agent said before an answer came is there: its stdout is read at once. */
    private static void told(Running agent, String... lines) {
        Await.until("the agent said " + List.of(lines) + ", and it said " + agent.out(),
                () -> agent.outLines().stream().filter(l -> l.startsWith("held") || l.startsWith("resumed")).toList().equals(List.of(lines)));
    }
}
