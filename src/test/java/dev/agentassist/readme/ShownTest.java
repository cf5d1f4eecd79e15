package dev.agentassist.readme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

/** The README's checker lets through what may change, and nothing else. */
class ShownTest {

    @Test
    void anEllipsisStandsForLinesOrForTextWithinALine() {
        assertTrue(Shown.fits(List.of("a", "…", "d"), List.of("a", "b", "c", "d")));
        assertTrue(Shown.fits(List.of("a", "…"), List.of("a")));
        assertTrue(Shown.lineFits("token: eyJ…", "token: eyJhbGci"));
        assertTrue(Shown.lineFits("wss://…", "wss://…"));

        assertFalse(Shown.fits(List.of("a", "…", "d"), List.of("a", "b", "c")));
        assertFalse(Shown.fits(List.of("a"), List.of("a", "b")));
        assertFalse(Shown.fits(List.of("a", "b"), List.of("a")));
        assertFalse(Shown.lineFits("token: eyJ…", "no token"));
    }

    @Test
    void timesAgesAndNamesAreComparedByShape() {
        assertTrue(Shown.lineFits("at 2026-11-22T17:42:10Z, 45 h 30 min ago", "at 2027-01-01T00:00:00.123Z, 3 d ago"));
        assertTrue(Shown.lineFits("For: listener-b342b6853415ea07", "For: listener-0000000000000000"));
        assertTrue(Shown.lineFits("ws://127.0.0.1:7880", "ws://127.0.0.1:41234"));

        assertFalse(Shown.lineFits("at 2026-11-22T17:42:10Z", "at 22 November"));
        assertFalse(Shown.lineFits("2 min 14 s long", "2 min 15 s long"));
    }

    @Test
    void whatATerminalShowsIsTakenApartIntoStdoutAndStderr() {
        List<String> shown = List.of("assist: No.", "        Try that.", "result", "        set in", "{\"error\":{}}");

        assertEquals(List.of("assist: No.", "        Try that.", "{\"error\":{}}"), Shown.errors(shown));
        assertEquals(List.of("result", "        set in"), Shown.results(shown));
    }

    @Test
    void aSessionIsCommandsWithWhatTheyPrint() {
        Page.Block block = Page.parse(List.of(
                        "<!-- session: livekit -->", "```console", "$ one \\", "  more", "out", "", "$ two", "```", "```sh", "three", "```"))
                .blocks()
                .getFirst();

        assertEquals(List.of("one \\\n  more", "two"), block.steps().stream().map(Page.Step::command).toList());
        assertEquals(List.of("out", ""), block.steps().getFirst().shown());
        assertEquals(3, block.steps().getFirst().line());
        assertTrue(block.needs().contains("livekit"));
    }

    @Test
    void outputsAreWrittenAnewOnlyWhereTheyChanged() {
        List<String> shown = List.of("a 2026-11-22T17:42:10Z", "…", "z");

        assertEquals(shown, Shown.renew(shown, List.of("a 2027-11-22T17:42:10Z", "b", "z")));
        assertEquals(List.of("A", "…", "Z"), Shown.renew(shown, List.of("A", "b", "c", "Z")));
    }
}
