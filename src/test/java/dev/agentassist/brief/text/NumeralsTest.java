package dev.agentassist.brief.text;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NumeralsTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "twenty nine | 29", "eleven hundred and forty | 1140", "six thousand two hundred | 6200", "one hundred | 100", "three thousand eight hundred and sixty | 3860",
        "neunundzwanzig | 29", "dreihundertvierzig | 340",
        "quatre-vingt-dix-huit | 98", "soixante-dix | 70", "trente-neuf | 39", "quarante-deux | 42",
        "treinta y cuatro | 34", "quinientos | 500", "ventotto | 28", "duecento | 200", "vierentwintig | 24", "vinte e dois | 22"
    })
    void readsNumbersInWords(String said, long value) {
        List<Words.Word> words = Words.of(said);
        Numerals.Found found = Numerals.at(said, words, 0);
        assertEquals(value, found.value(), said);
        assertEquals(words.size(), found.end(), said);
    }

    @Test
    void leavesDigitsThatAreDictatedToOthers() {
        assertEquals(4, Numerals.at("four four seven one", Words.of("four four seven one"), 0).value());
        assertNull(Numerals.at("order A", Words.of("order A"), 0));
    }
}
