package dev.agentassist.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Text of any kind keeps to its columns and does nothing to a terminal. */
class ColumnsTest {

    @Test
    void wideCharactersTakeTwoColumnsAndMarksNone() {
        assertEquals(4, Columns.width("日本"));
        assertEquals(2, Columns.width("😀"));
        assertEquals(4, Columns.width("cafe\u0301"));
        assertEquals("日…", Columns.clip("日本語", 4));
        assertEquals("日…  ", Columns.pad("日本語語", 4) + " ");
        assertEquals(List.of("日本", "語"), Columns.wrap("日本語", 5));
    }

    @Test
    void wordsStayTogetherWhereTheyCan() {
        assertEquals(List.of("I was", "charged", "twice"), Columns.wrap("I was charged twice", 8));
        assertEquals(List.of("abcdefgh", "ij"), Columns.wrap("abcdefghij", 8));
        assertEquals(List.of(""), Columns.wrap("", 8));
    }

    @Property(tries = 5_000)
    void anyTextIsHarmlessAndFits(@ForAll String text, @ForAll @IntRange(min = 2, max = 60) int columns) {
        String clean = Columns.clean(text);
        assertFalse(clean.codePoints().anyMatch(c -> Character.isISOControl(c) || Character.getType(c) == Character.FORMAT), clean);
        assertTrue(Columns.width(Columns.clip(clean, columns)) <= columns);
        assertEquals(columns, Columns.width(Columns.pad(clean, columns)));
        for (String line : Columns.wrap(clean, columns)) {
            assertTrue(Columns.width(line) <= columns, line);
        }
        assertEquals(columns, Line.of(Ink.PLAIN, clean).and(Ink.FAINT, clean).fit(columns).width());
    }

    @Test
    void whatWouldReorderOrStackIsTakenOut() {
        assertEquals("a\ufffdb", Columns.clean("a\u202eb"));
        assertEquals("a\ufffd[31mb", Columns.clean("a\u001b[31mb"));
        assertEquals("👨👩", Columns.clean("👨\u200d👩"));
        assertEquals("one two", Columns.clean("one\ntwo"));
        assertTrue(Columns.clean("Z" + "\u0301".repeat(500)).length() < 10);
    }
}
