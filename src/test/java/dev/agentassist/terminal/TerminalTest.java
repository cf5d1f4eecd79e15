package dev.agentassist.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Fixed;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TerminalTest {

    @Property(seed = Fixed.SEED)
    void noTextKeepsAControlCharacter(@ForAll String text) {
        String clean = Terminal.printable(text);
        assertEquals(text.length(), clean.length());
        assertFalse(clean.chars().anyMatch(c -> Character.getType(c) == Character.CONTROL && c != '\n' && c != '\t'));
    }

    @Test
    void takesTheTeethOutOfEscapeSequencesAndReordering() {
        assertEquals("\ufffd[31mred\ufffd[0m", Terminal.printable("\u001b[31mred\u001b[0m"));
        assertEquals("\ufffd0;title\ufffd", Terminal.printable("\u009d0;title\u0007"));
        assertEquals("a\ufffdb", Terminal.printable("a\u202eb"));
    }

    @Test
    void leavesOrdinaryTextAsItIs() {
        String text = "Grüße, 東京 — “ok”\n\tשלום";
        assertSame(text, Terminal.printable(text));
        assertTrue(Terminal.printable("👩‍💻").contains("👩"));
    }
}
