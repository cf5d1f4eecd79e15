package dev.agentassist.brief.extractive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.brief.text.Words;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MomentsTest {

    private static List<Moments.Moment> in(String text) {
        return Moments.in(text, Words.of(text));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "it was the ninth of April | ninth of April | 4 | 9",
        "stamped on June 8th, I think | June 8th | 6 | 8",
        "a letter of March the third | March the third | 3 | 3",
        "from 2026-12-03 on | 2026-12-03 | 12 | 3",
        "il repart le 9 novembre | 9 novembre | 11 | 9",
        "arriviamo il diciotto settembre | diciotto settembre | 9 | 18",
        "am 29. Juni zwischen acht und zwölf | 29. Juni | 6 | 29",
        "el doce de noviembre | doce de noviembre | 11 | 12",
        "op 3 mei graag | 3 mei | 5 | 3",
        "no dia 10 de outubro | 10 de outubro | 10 | 10",
        "by Thursday, the 26th. Otherwise | Thursday, the 26th | 0 | 26",
        "july second nineteen fifty one | july second nineteen fifty one | 7 | 2"
    })
    void findsDates(String text, String said, int month, int day) {
        List<Moments.Moment> found = in(text);
        assertEquals(1, found.size(), () -> found.toString());
        assertEquals(said, text.substring(found.getFirst().start(), found.getFirst().end()));
        assertEquals(month, found.getFirst().month());
        assertEquals(day, found.getFirst().day());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "call me at half past nine | half past nine | 570", "it leaves at 5:40 in the afternoon | 5:40 in the afternoon | 340", "around ten after three | ten after three | 190",
        "before 8 tomorrow | 8 | 480", "at noon then | noon | 0", "ci vediamo alle undici e mezza | undici e mezza | 690", "at five, please | five | 300"
    })
    void findsTimes(String text, String said, int minutes) {
        Moments.Moment found = in(text).getFirst();
        assertTrue(text.substring(found.start(), found.end()).startsWith(said), () -> found.toString());
        assertEquals(minutes, found.minutes());
    }

    @ParameterizedTest
    @ValueSource(strings = {"version 8.1.9 is fine", "at five percent", "I may have 3 bags", "good morning", "Guten Morgen", "the first time I called", "cinq, sept, zéro"})
    void leavesOtherNumbersAlone(String text) {
        assertTrue(in(text).isEmpty(), () -> in(text).toString());
    }

    @Test
    void knowsTheSameMomentInOtherWords() {
        assertTrue(Meaning.of("June 8th").same(Meaning.of("2026-06-08T09:00")));
        assertTrue(Meaning.of("half nine").same(Meaning.of("half past nine")));
        assertFalse(Meaning.of("June 8th at 10").same(Meaning.of("2026-06-08T09:00")));
        assertFalse(Meaning.of("Friday the 13th").same(Meaning.of("Thursday the 12th")));
    }

    @Test
    void knowsTheSameAmountInOtherWords() {
        assertTrue(Meaning.of("312 euros and 40 cents").same(Meaning.of("312.40 EUR")));
        assertTrue(Meaning.of("$164").same(Meaning.of("164.00 USD")));
        assertTrue(Meaning.of("eleven pounds fifty").same(Meaning.of("£11.50")));
        assertFalse(Meaning.of("$16").same(Meaning.of("16.40 USD")));
    }
}
