package dev.agentassist.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageStreamTest {

    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private final MessageStream messages = new MessageStream(stderr);

    private String text() {
        return stderr.toString(StandardCharsets.UTF_8);
    }

    @Test
    void messagesPassAtOnceWhereNothingIsShown() {
        messages.println("one");
        assertEquals("one\n", text());
    }

    @Test
    void messagesWaitForTheScreenAndComeInOrder() {
        messages.print("before ");
        messages.hold();
        messages.println("“while”");
        messages.flush();
        assertEquals("before ", text());
        messages.release();
        messages.println("after");
        assertEquals("before “while”\nafter\n", text());
    }

    @Test
    void holdingAndReleasingTwiceIsHarmless() {
        messages.release();
        messages.hold();
        messages.println("one");
        messages.hold();
        messages.release();
        messages.release();
        assertEquals("one\n", text());
    }

    @Test
    void whatWaitsIsBounded() {
        messages.hold();
        for (int i = 0; i < 10_000; i++) {
            messages.println("the same warning again");
        }
        messages.release();
        assertTrue(text().length() < MessageStream.MOST_HELD + 200, "bounded");
        assertTrue(text().endsWith("they are left out.\n"), "and said");
    }
}
