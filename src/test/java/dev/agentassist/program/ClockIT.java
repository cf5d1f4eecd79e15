package dev.agentassist.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Join;
import dev.agentassist.testkit.LiveKitServerPart;
import dev.agentassist.testkit.Participant;
import dev.agentassist.testkit.Parts;
import dev.agentassist.testkit.Program;
import dev.agentassist.testkit.Running;
import dev.agentassist.token.ListenerClaims;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The packaged program on a machine whose clock is ten minutes off, which the server's is not. */
@Tag("slow")
class ClockIT extends OnServer {

    /** {@code offset}: as {@code -10m}. The clock that only measures stays as it is. */
    private Program off(String offset) {
        return assist.with("FAKETIME_DONT_FAKE_MONOTONIC", "1")
                .with("DONT_FAKE_MONOTONIC", "1")
                .through(Parts.debian("faketime", "faketime").toString(), "-m", "-f", offset);
    }

    private static String token(String room, Instant expiry) {
        return new ListenerClaims(LiveKitServerPart.KEY, "listener-clock", room, "{}", expiry).sign(LiveKitServerPart.SECRET);
    }

    @Test
    void behindItsTokensHaveExpiredForTheServer() {
        Participant agent = people.join("clock-1", Join.agent("Ava"));
        Program.Result result = off("-15m").run("tail", "room:clock-1");
        assertEquals(4, result.exit(), result::toString);
        assertTrue(result.err().matches("(?s).*This machine's clock is 1[45] min \\d+ s behind the server's.*"), result::toString);
        // By less, the keys are still taken, which are good for ten minutes; the listener's token, good for one, is not.
        Program.Result less = off("-10m").run("tail", "room:clock-1");
        assertEquals(4, less.exit(), less::toString);
        assertTrue(less.err().matches("(?s).*This machine's clock is (10|9) min \\d+ s behind the server's.*"), less::toString);
        // A token that another machine minted is refused by the signalling itself, and the clock is the one that is named.
        String given = token("clock-1", Instant.now().minusSeconds(600));
        Program.Result refused = off("-15m").reading(given).run("tail", "--token", "-", "--url", server.url());
        assertEquals(4, refused.exit(), refused::toString);
        assertTrue(refused.err().contains("behind the server's"), refused::toString);
        assertFalse(refused.err().contains("eyJ") || refused.err().contains("Exception"), refused::toString);
        agent.leave();
    }

    /** No token of ours says from when on it is good: so it is good at once, whatever the clock says. */
    @Test
    void aheadItListensAllTheSame() {
        Participant agent = people.join("clock-2", Join.agent("Ava"));
        try (Running tail = off("+10m").start("tail", "room:clock-2")) {
            sayUntilShown(agent, tail, "ready");
            agent.leave();
            assertEquals(0, tail.await().exit(), () -> tail.out() + tail.err());
        }
    }

    @Test
    void aheadATokenThatSeemsToHaveExpiredIsTriedAllTheSame() {
        Participant agent = people.join("clock-3", Join.agent("Ava"));
        try (Running tail = off("+10m").start("tail", "--token", "-", "--url", server.url())) {
            tail.type(token("clock-3", Instant.now().plusSeconds(120)) + "\n");
            tail.closeInput();
            sayUntilShown(agent, tail, "ready");
            agent.leave();
            assertEquals(0, tail.await().exit(), () -> tail.out() + tail.err());
        }
    }
}
