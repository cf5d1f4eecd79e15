package dev.agentassist.terminal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.terminal.Key.Name;
import dev.agentassist.testkit.Fixed;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** Which keys were pressed, from what terminals send. */
class KeyDecoderTest {

    /** A moment without a key, in a script of what is sent. */
    private static final char PAUSE = '\uffff';

    private static List<Key> keys(String sent) {
        var at = new int[1];
        var decoder = new KeyDecoder(millis -> {
            if (at[0] >= sent.length()) {
                return KeyDecoder.END;
            }
            char c = sent.charAt(at[0]++);
            return c == PAUSE ? KeyDecoder.NOTHING : c;
        });
        var keys = new ArrayList<Key>();
        try {
            for (Key key = decoder.next(10); key == null || key.name() != Name.GONE; key = decoder.next(10)) {
                if (key != null) {
                    keys.add(key);
                }
            }
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return keys;
    }

    private static List<Name> names(String sent) {
        return keys(sent).stream().map(Key::name).toList();
    }

    @Test
    void theEscapeKeyIsOneWhateverComesSoonAfterIt() {
        assertEquals(List.of(Name.ESCAPE), names("\u001b" + PAUSE));
        assertEquals(List.of(new Key(Name.ESCAPE, 0), Key.of('b')), keys("\u001bb"));
        assertEquals(List.of(Name.ESCAPE, Name.ESCAPE, Name.ENTER), names("\u001b\u001b\r"));
        assertEquals(List.of(new Key(Name.ESCAPE, 0), Key.of('O')), keys("\u001bO" + PAUSE));
        assertEquals(List.of(new Key(Name.ESCAPE, 0), Key.of('[')), keys("\u001b[" + PAUSE));
    }

    @Test
    void keysWithoutACharacter() {
        assertEquals(
                List.of(Name.UP, Name.DOWN, Name.UP, Name.PAGE_UP, Name.PAGE_DOWN, Name.HOME, Name.END, Name.BACK_TAB),
                names("\u001b[A\u001b[B\u001bOA\u001b[5~\u001b[6~\u001b[H\u001bOF\u001b[Z"));
        // Ctrl-Right, F5, a mouse's report: no matter, and nothing of them is a key of its own.
        assertEquals(List.of(Name.OTHER, Name.OTHER, Name.OTHER), names("\u001b[1;5C\u001b[15~\u001b[<0;12;3M"));
        assertEquals(List.of(Name.INTERRUPT, Name.BACKSPACE, Name.TAB, Name.REDRAW), names("\u0003\u007f\t\f"));
    }

    @Test
    void charactersOutsideTheBasicPlaneAreOneKey() {
        assertEquals(List.of(Key.of(0x1f600), Key.of('x')), keys("😀x"));
        assertEquals(List.of(new Key(Name.OTHER, 0), Key.of('x')), keys("\ud83dx"));
    }

    @Test
    void nothingIsNoKey() throws IOException {
        assertNull(new KeyDecoder(millis -> KeyDecoder.NOTHING).next(5));
        assertEquals(Key.GONE, new KeyDecoder(millis -> KeyDecoder.END).next(5));
    }

    @Property(tries = 500, seed = Fixed.SEED)
    void anythingIsReadToItsEnd(@ForAll @Size(max = 60) List<@CharRange(from = 0, to = 0x7f) Character> sent) {
        var text = new StringBuilder();
        sent.forEach(text::append);
        List<Key> keys = keys(text.toString().replace("A", "\u001b").replace("B", "\u001b[").replace("C", "" + PAUSE));
        assertTrue(keys.size() <= text.length() * 2);
    }
}
