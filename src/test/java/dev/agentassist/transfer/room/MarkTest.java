package dev.agentassist.transfer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.agentassist.json.Json;
import dev.agentassist.testkit.Fixed;
import java.time.Instant;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** A mark says what to give back, and only we can write one. */
class MarkTest {

    private static final String SECRET = "a-secret-of-this-test-that-is-long-enough";

    private static Mark mark() {
        ObjectNode permission = Json.MAPPER.createObjectNode()
                .put("can_subscribe", true)
                .put("can_publish", false)
                .put("a_field_that_is_newer_than_this_program", 7);
        permission.putArray("can_publish_sources").add("MICROPHONE");
        return new Mark(
                "0123456789abcdef", "dana", Instant.parse("2026-11-24T18:00:00Z"), Instant.parse("2026-11-24T18:05:00.123456789Z"), permission);
    }

    @Test
    void whatWasWrittenIsRead() {
        String text = mark().write(SECRET, "call-42", "caller");
        assertEquals(Optional.of(mark()), Mark.read(text, SECRET, "call-42", "caller"));
    }

    @Test
    void itHoldsForOneParticipantOfOneRoomAlone() {
        String text = mark().write(SECRET, "call-42", "caller");
        assertEquals(Optional.empty(), Mark.read(text, SECRET, "call-43", "caller"));
        assertEquals(Optional.empty(), Mark.read(text, SECRET, "call-42", "agent"));
        assertEquals(Optional.empty(), Mark.read(text, SECRET + "x", "call-42", "caller"));
        assertEquals(Optional.empty(), Mark.read(text.replace("\"can_publish\":false", "\"can_publish\":true"), SECRET, "call-42", "caller"));
        assertTrue(text.contains("\"can_publish\":false"));
    }

    @Property(seed = Fixed.SEED)
    void whoeverWritesSomethingElseWritesNoMark(@ForAll String anything) {
        assertEquals(Optional.empty(), Mark.read(anything, SECRET, "call-42", "caller"));
    }

    @Property(seed = Fixed.SEED)
    void aMarkWithAnyCharacterChangedIsNone(@ForAll @IntRange(min = 0, max = 400) int at, @ForAll char other) {
        String text = mark().write(SECRET, "call-42", "caller");
        if (at < text.length() && text.charAt(at) != other) {
            String changed = text.substring(0, at) + other + text.substring(at + 1);
            Optional<Mark> read = Mark.read(changed, SECRET, "call-42", "caller");
            assertFalse(read.isPresent() && !read.get().equals(mark()), changed);
        }
    }
}
