package dev.agentassist.brief.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.testkit.Fixed;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VerbatimTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "4471 | my number is 4471, please | true",
        "471 | my number is 4471, please | false",
        "4471 | order A-4471 | true",
        "can | I can't | false",
        "I can't | No, I can't. | true",
        "cafe | the cafe\u0301 there | false",
        "… | so … well | false",
        "one | bones, and one | true",
    })
    void standsAsWholeWords(String quote, String text, boolean stands) {
        assertEquals(stands, Verbatim.stands(quote, text));
    }

    /** It is only quicker: whatever it lets stand stands as words are compared. */
    @Property(seed = Fixed.SEED)
    void whatStandsStandsAsWordsToo(
            @ForAll @StringLength(min = 1, max = 30) @CharRange(from = 'a', to = 'c') @CharRange(from = '0', to = '2') @CharRange(from = ' ', to = ' ')
                    @CharRange(from = '\'', to = '\'') @CharRange(from = ',', to = '.') @CharRange(from = 'ä', to = 'ä') @CharRange(from = '\u0301', to = '\u0301') String text,
            @ForAll @IntRange(min = 0, max = 29) int from,
            @ForAll @IntRange(min = 1, max = 30) int length) {
        String quote = text.substring(Math.min(from, text.length() - 1), Math.min(text.length(), Math.min(from, text.length() - 1) + length));
        if (Verbatim.stands(quote, text)) {
            assertTrue(Normal.of(text).contains(Normal.of(quote)), () -> "“" + quote + "” in “" + text + "”");
        }
    }
}
