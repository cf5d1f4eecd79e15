package dev.agentassist.tail;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.brief.redaction.Redactor;
import dev.agentassist.live.Ending;
import dev.agentassist.live.LiveEvent;
import dev.agentassist.live.LiveState;
import dev.agentassist.live.segment.Role;
import dev.agentassist.live.segment.Segment;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Numbers that are spoken in several breaths, and what waits for their end. */
class HeldSpeechTest {

    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
    private static final CallLabel CALL = new CallLabel("room", null, 0);

    private final HeldSpeech speech = new HeldSpeech(new Redactor());
    private int said;

    private boolean say(Role role, String text) {
        var segment = new Segment("s" + said++, role.wire(), role.wire(), role, text, true, true, NOW, NOW, null, null);
        return speech.add(new TailEvent(CALL, new LiveEvent.Transcript(segment), NOW, false, false), null);
    }

    private List<String> texts() {
        return speech.release().stream()
                .filter(w -> w.event().event() instanceof LiveEvent.Transcript)
                .map(w -> ((LiveEvent.Transcript) w.event().event()).segment().text())
                .toList();
    }

    @Test
    void aCardInFourBreathsIsTakenOutOfAllOfThem() {
        assertFalse(say(Role.AGENT, "What is your card number, please?"));
        assertEquals(List.of("What is your card number, please?"), texts());
        assertTrue(say(Role.CALLER, "It is 5500 0000"));
        assertTrue(say(Role.AGENT, "Yes."), "what comes between waits too");
        assertTrue(say(Role.CALLER, "zero zero zero zero"));
        assertTrue(say(Role.CALLER, "0004"));
        assertFalse(say(Role.CALLER, "That is all."));
        String all = String.join("|", texts());
        assertFalse(all.matches("(?s).*(5500|0000|zero|0004).*"), all);
        assertTrue(all.startsWith("It is ") && all.contains("|Yes.|") && all.endsWith("|That is all."), all);
    }

    @Test
    void anOrdersNumberStaysAndOnlyWaits() {
        assertTrue(say(Role.CALLER, "My order is 4417."));
        assertFalse(say(Role.CALLER, "It has not come yet."));
        assertEquals(List.of("My order is 4417.", "It has not come yet."), texts());
        assertFalse(say(Role.AGENT, "I see."), "nothing waits that has no number at its end");
    }

    @Test
    void theEndOfTheCallEndsTheWaiting() {
        assertTrue(say(Role.CALLER, "It is four one one one"));
        assertFalse(speech.add(
                new TailEvent(
                        CALL,
                        new LiveEvent.StateChanged(LiveState.ENDED, new Ending(Ending.Reason.AGENT_LEFT, "The agent left.")),
                        NOW,
                        false,
                        false),
                null));
        assertEquals(2, speech.release().size());
        assertEquals(0, speech.release().size());
    }

    @Test
    void endsAreFoundInDigitsAndInWords() {
        for (String text : List.of("4111 1111", "it is four one", "… 12.", "double four", "vier eins", "a 4417, ")) {
            assertTrue(HeldSpeech.endsInNumber(text), text);
        }
        for (String text : List.of("", "…", "I have 3 dogs", "that was it", "4417 is what I want")) {
            assertFalse(HeldSpeech.endsInNumber(text), text);
        }
    }
}
