package dev.agentassist.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.agentassist.check.Finding;
import dev.agentassist.token.Listener;
import dev.agentassist.token.ListenerToken;
import dev.agentassist.token.TokenReport;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Tokens, listeners and findings, letter by letter. */
class TokenWritersTest {

    private static final ListenerToken TOKEN =
            new ListenerToken("wss://h", "a.b.c", "it's \"42\"\u001b", Instant.parse("2026-11-22T17:42:10Z"));

    @Test
    void aTokenAsJsonHasTheContractsFourFields() {
        assertEquals(
                """
                {
                  "url" : "wss://h",
                  "token" : "a.b.c",
                  "room_name" : "it's \\"42\\"\\u001B",
                  "expires_at" : "2026-11-22T17:42:10Z"
                }
                """,
                TokenWriter.json(TOKEN));
    }

    @Test
    void aTokenForPeopleSaysWhatItsEndMeans() {
        assertEquals(
                "Room:    it's \"42\"\u001b\nServer:  wss://h\nJoin by: 2026-11-22T17:42:10Z (who has joined by then stays)\nToken:   a.b.c\n",
                TokenWriter.text(TOKEN));
        assertEquals("a.b.c\n", TokenWriter.token(TOKEN));
    }

    /** A room's name comes from whoever made the room: the shell must not run it. */
    @Test
    void aTokenForTheShellIsTextWhateverItsRoomIsCalled() throws Exception {
        var evil = new ListenerToken("wss://h", "a.b.c", "'; touch /tmp/x; $(id) `id` '", Instant.EPOCH);
        String env = TokenWriter.env(evil);
        Process sh = new ProcessBuilder("sh", "-c", env + "printf %s \"$LIVEKIT_ROOM\"").start();
        assertEquals(evil.roomName(), new String(sh.getInputStream().readAllBytes()));
        assertEquals(0, sh.waitFor());
    }

    private static TokenReport report(boolean listenOnly, TokenReport.Signature signature, Instant expires, boolean expired) {
        return new TokenReport(
                "key", "listener-1", "Ana\u001b[2J", "call-42", List.of("may join the room “call-42”"), "{\n}", null, expires,
                expired, signature, listenOnly, List.of());
    }

    @Test
    void aReportTellsForWhomUntilWhenAndByWhomAndHidesWhatActs() {
        Instant now = Instant.parse("2026-11-22T17:42:10Z");
        assertEquals(
                """
                For:         listener-1 (Ana\ufffd[2J)
                Room:        call-42
                Joins until: 2026-11-22T17:43:10Z (60 s left)
                Signed by:   key (verified)
                Metadata:    { }

                Listen-only: yes
                  - may join the room “call-42”
                """,
                TokenReportWriter.text(report(true, TokenReport.Signature.VERIFIED, now.plusSeconds(60), false), now));
        String forged = TokenReportWriter.text(report(false, TokenReport.Signature.MISMATCH, null, false), now);
        assertEquals(
                List.of("Joins until: for ever", "Signed by:   key (NOT by the secret at hand)", "Listen-only: NO"),
                forged.lines().filter(l -> l.startsWith("Joins") || l.startsWith("Signed") || l.startsWith("Listen")).toList());
    }

    @Test
    void listenersStandInColumnsAndTheirReasonsDoNotAct() {
        var ours = new Listener("listener-1", true, "ana", "a\nb\u001b[31m", Instant.parse("2026-11-22T17:42:10.5Z"));
        var other = new Listener("x", false, null, null, null);
        assertEquals(
                """
                IDENTITY    SINCE                 WHO  REASON
                listener-1  2026-11-22T17:42:10Z  ana  a b\ufffd[31m
                x
                """,
                ListenerWriter.table(List.of(ours, other)));
        assertEquals(
                "{\"identity\":\"x\",\"ours\":false,\"who\":null,\"reason\":null,\"since\":null}\n",
                ListenerWriter.jsonLine(other));
        assertEquals("[ ]\n", ListenerWriter.json(List.of()));
    }

    @Test
    void aFindingHasItsMendBelowIt() {
        var failed = new Finding("livekit", Finding.State.FAILED, "It refuses.\u001b[2J", "Check it.");
        assertEquals(
                "FAILED  livekit   It refuses.\ufffd[2J\n                  Check it.\n",
                FindingWriter.text(failed, (style, text) -> text));
        assertEquals(
                "<BAD>FAILED  </>livekit   It refuses.\ufffd[2J\n                  Check it.\n",
                FindingWriter.text(failed, (style, text) -> "<" + style + ">" + text + "</>"));
        assertFalse(FindingWriter.json(List.of(failed)).contains("\"ok\": true"));
        assertEquals(
                """
                {
                  "ok": true,
                  "checks": [ ]
                }
                """,
                FindingWriter.json(List.of()));
    }
}
