package dev.agentassist.program;

import static dev.agentassist.program.Check.json;
import static dev.agentassist.program.Check.ok;
import static dev.agentassist.program.Check.refused;
import static dev.agentassist.program.Check.refusedAsJson;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.agentassist.testkit.Await;
import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.Participant;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.Running;
import java.util.List;
import livekit.LivekitModels.ParticipantInfo;
import org.junit.jupiter.api.Test;

/** {@code assist listeners}: who listens unseen is listed and removed, whoever takes part stays. */
class ListenersIT extends OnServer {

    private String token(String room) {
        return ok(assist.run(
                        "token", "room:" + room, "--no-check", "--as", "ana", "--reason", "\u001b[31mwhy", "--format", "token"))
                .strip();
    }

    private static List<String> identities(String room) {
        return server.participants(room).stream().map(ParticipantInfo::getIdentity).sorted().toList();
    }

    @Test
    void listeningIsSeenByTheOwnerAlone() {
        Participant agent = people.join("ears-1", Join.agent("agent"));
        Program.Result none = assist.run("listeners", "list", "room:ears-1");
        assertEquals("", ok(none));
        assertTrue(none.err().contains("Nobody listens"), none::toString);

        Participant ear = people.joinWithToken(token("ears-1"));
        Participant other = people.join("ears-1", Join.person("supervisor").asHidden());

        String table = ok(assist.run("listeners", "list", "room:ears-1"));
        assertTrue(table.lines().anyMatch(l -> l.startsWith(ear.identity()) && l.contains("ana")), table);
        assertTrue(table.contains("supervisor") && !table.contains("agent "), table);
        assertEquals(-1, table.indexOf('\u001b'), "what the token's metadata says is not let loose on the terminal");
        JsonNode list = json(ok(assist.run("listeners", "list", "room:ears-1", "--format", "json")));
        assertEquals(2, list.size());
        assertEquals(ear.identity(), list.at("/0/identity").asText());
        assertEquals("ana", list.at("/0/who").asText());
        assertEquals(List.of(true, false), list.valueStream().map(l -> l.get("ours").asBoolean()).toList());
        assertTrue(!agent.wasToldOf(ear.identity()) && !agent.wasToldOf(other.identity()));
    }

    @Test
    void allRemovesOurListenersOnly() {
        people.join("ears-2", Join.agent("agent"));
        people.join("ears-2", Join.person("supervisor").asHidden());
        Participant ear = people.joinWithToken(token("ears-2"));

        String out = ok(assist.run("listeners", "remove", "room:ears-2", "--all"));

        assertEquals("Removed " + ear.identity() + "\n", out);
        ear.await("the listener is thrown out", e -> e.name().equals("disconnected"));
        assertEquals(List.of("agent", "supervisor"), identities("ears-2"));
        Program.Result again = assist.run("listeners", "remove", "room:ears-2", "--all");
        assertEquals("", ok(again));
        assertTrue(again.err().contains("No listener"), again::toString);
    }

    @Test
    void anIdentityIsRemovedWhenItIsHiddenAndLeftAloneWhenNot() {
        people.join("ears-3", Join.agent("agent"));
        people.join("ears-3", Join.person("supervisor").asHidden());

        refused(assist.run("listeners", "remove", "room:ears-3", "--identity", "agent"), 5, "takes part in the call");
        refused(assist.run("listeners", "remove", "room:ears-3", "--identity", "nobody"), 3, "“nobody”");
        JsonNode removed = json(ok(assist.run(
                "listeners", "remove", "room:ears-3", "--identity", "supervisor", "--format", "jsonl")));
        assertEquals("supervisor", removed.get("identity").asText());
        assertEquals(List.of("agent"), identities("ears-3"));
    }

    @Test
    void watchRemovesThoseWhoComeBack() {
        people.join("ears-4", Join.agent("agent"));
        String token = token("ears-4");
        Participant first = people.joinWithToken(token);
        try (Running watch = assist.start("listeners", "remove", "room:ears-4", "--all", "--watch", "5m")) {
            watch.awaitOut("Removed " + first.identity());
            Participant second = people.joinWithToken(token);
            second.await("the one who came back is thrown out", e -> e.name().equals("disconnected"));
            Await.until("it says so", () -> watch.outLines().size() == 2);
            assertEquals(List.of("agent"), identities("ears-4"));
            watch.signal("INT");
            assertEquals(130, watch.await().exit());
        }
    }

    @Test
    void aCallThatHasEndedButForListenersCanBeClearedOfThem() {
        Participant ear = people.joinWithToken(token("ears-5"));
        assertEquals("Removed " + ear.identity() + "\n", ok(assist.run("listeners", "remove", "room:ears-5", "--all")));
    }

    @Test
    void whatDoesNotFitIsSaid() {
        refused(assist.run("listeners", "remove", "room:ears-6"), 2, "--identity ID or --all");
        refused(assist.run("listeners", "remove", "room:ears-6", "--all", "--identity", "x"), 2, "exclude each other");
        refused(assist.run("listeners", "list", "room:ears-none"), 3, "ears-none");
        refusedAsJson(assist.run("listeners", "list", "room:ears-none", "--format", "json"), 3, 404, "ears-none");
        refused(assist.with("LIVEKIT_URL", "ws://127.0.0.1:1").run("listeners", "list", "room:r"), 6, "cannot be reached");
    }
}
