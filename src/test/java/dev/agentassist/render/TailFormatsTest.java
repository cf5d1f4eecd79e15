package dev.agentassist.render;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.live.Ending;
import dev.agentassist.live.LiveEvent;
import dev.agentassist.live.LiveParticipant;
import dev.agentassist.live.LiveState;
import dev.agentassist.live.LiveTrack;
import dev.agentassist.live.segment.Role;
import dev.agentassist.live.segment.Segment;
import dev.agentassist.tail.CallLabel;
import dev.agentassist.tail.TailEvent;
import dev.agentassist.tail.TailFormat;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every format of {@code assist tail} against its golden file; {@code -Dassist.regenerate} writes them anew. */
class TailFormatsTest {

    private static final Path GOLDEN = Path.of("src/test/resources/golden/tail");
    private static final Instant T0 = Instant.parse("2026-11-24T10:00:00Z");
    private static final CallLabel CALL = new CallLabel("call-42", "c1", 0);
    private static final CallLabel OTHER = new CallLabel("call [x](y)", null, 1);

    private static TailEvent event(CallLabel call, long millis, LiveEvent event) {
        return new TailEvent(call, event, T0.plusMillis(millis), false, false);
    }

    private static Segment segment(String id, Role role, String name, String text, boolean settled, boolean complete, long from, long to) {
        return new Segment(
                id, name.isEmpty() ? "sip_1" : name.toLowerCase(java.util.Locale.ROOT), name, role, text, settled, complete,
                T0.plusMillis(from), T0.plusMillis(to), role == Role.CALLER ? "en" : null, role == Role.AGENT ? "TR_1" : null);
    }

    private static List<TailEvent> events() {
        var track = new LiveTrack("TR_1", "ava", LiveTrack.Kind.AUDIO, "microphone", "audio/opus", false, false);
        var ava = new LiveParticipant("ava", "PA_1", "Ava", Role.AGENT, Map.of("lk.agent.state", "listening"), T0, List.of(track));
        var thinking = new LiveParticipant("ava", "PA_1", "Ava", Role.AGENT, Map.of("lk.agent.state", "thinking"), T0, List.of(track));
        return List.of(
                event(CALL, 0, new LiveEvent.StateChanged(LiveState.LIVE, null)),
                event(CALL, 1, new LiveEvent.Joined(ava)),
                event(CALL, 1, new LiveEvent.TrackPublished(track)),
                event(CALL, 900, new LiveEvent.Transcript(segment("u1", Role.CALLER, "", "I want", false, true, 500, 900))),
                event(CALL, 1000, new LiveEvent.Changed(ava, thinking)),
                new TailEvent(
                        CALL,
                        new LiveEvent.Transcript(segment(
                                "u1", Role.CALLER, "", "I want a *refund* <now> & [here](http://x)\nplease", true, true, 500, 2500)),
                        T0.plusMillis(2500),
                        true,
                        false),
                event(OTHER, 2600, new LiveEvent.Transcript(segment(
                        "s7", Role.AGENT, "\u001b[2JEve", "# Not a heading\u001b]0;x\u0007 \u202e", true, true, 2600, 2600))),
                event(CALL, 3000, new LiveEvent.Transcript(segment("s1", Role.AGENT, "Ava", "Of course. 你好", true, false, 2700, 3000))),
                event(CALL, 9000, new LiveEvent.Gap(T0.plusSeconds(4), T0.plusSeconds(9), false)),
                event(CALL, 9500, new LiveEvent.Shed(3, 2)),
                event(CALL, 9500, new LiveEvent.Notice("The token is not hidden.")),
                event(CALL, 9800, new LiveEvent.TrackUnpublished(track)),
                event(CALL, 9800, new LiveEvent.Left(thinking)),
                event(CALL, 9900, new LiveEvent.StateChanged(
                        LiveState.ENDED, new Ending(Ending.Reason.AGENT_LEFT, "The agent left: the call is over."))));
    }

    private static void check(String file, TailFormat format) throws IOException {
        var text = new StringBuilder(format.begin());
        events().forEach(e -> text.append(format.event(e)));
        text.append(format.shed(5)).append(format.end());
        Path golden = GOLDEN.resolve(file);
        if (System.getProperty("assist.regenerate") != null) {
            Files.createDirectories(GOLDEN);
            Files.writeString(golden, text);
        }
        assertEquals(Files.readString(golden), text.toString());
        assertFalse(text.toString().contains("\u001b[2J") || text.toString().contains("\u001b]"), text.toString());
    }

    private static TailText text(boolean screen, int width) {
        return new TailText(
                new TailText.Layout(screen, width, true, true, ZoneOffset.UTC),
                (style, text) -> screen ? "<" + style + ">" + text + "</>" : text);
    }

    @Test
    void allFormatsAreAsTheyWere() throws IOException {
        check("pipe.txt", text(false, 80));
        check("screen.txt", text(true, 80));
        check("events.jsonl", new TailJson());
        check("call.vtt", new TailVtt());
        check("call.md", new TailMarkdown(true, true, ZoneOffset.UTC));
    }

    @Test
    void aLongInterimLineShowsItsEndOnOneLineOfTheScreen() {
        var format = text(true, 60);
        String long1 = "x".repeat(200) + " the end 你好";
        String line = format.event(event(CALL, 0, new LiveEvent.Transcript(segment("1", Role.CALLER, "", long1, false, true, 0, 0))));
        String shown = line.replaceAll("<[^>]*>", "").replace("\r\u001b[K", "");
        assertTrue(shown.endsWith("the end 你好"), shown);
        assertTrue(shown.contains("…"), shown);
        // Two of the characters are two columns wide.
        assertTrue(shown.length() + 2 <= 59, shown.length() + ": " + shown);
    }
}
