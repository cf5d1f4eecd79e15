package dev.agentassist.brief.extractive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.agentassist.brief.text.Words;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreetsTest {

    /** One of each form that an address has: the look at single words must not keep any from being read. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "I live at 12 Baker Street, London now. | 12 Baker Street, London",
        "It is 4471 N. Elm Ave, apartment 5 please | 4471 N. Elm Ave, apartment 5",
        "wohnt in der Gartenstraße 14, 10115 Berlin | Gartenstraße 14, 10115 Berlin",
        "wir sind am Marktplatz 3 zu Hause | Marktplatz 3",
        "Am Anger 5, 12345 Neustadt | Am Anger 5, 12345 Neustadt",
        "c'est 12 bis rue des Lilas | 12 bis rue des Lilas",
        "abito in via Roma 21 | via Roma 21",
        "vive en calle Mayor 14 | calle Mayor 14",
        "wij wonen Kerkstraat 9 in het dorp | Kerkstraat 9",
        "it is forty two Rose apartment two b | forty two Rose apartment two b",
    })
    void isFoundInEachForm(String text, String address) {
        List<String> found = ValueScanner.scan(text, Words.of(text)).stream()
                .filter(s -> s.type() == ValueSpan.Type.ADDRESS)
                .map(ValueSpan::value)
                .toList();
        assertEquals(List.of(address), found);
    }

    @Test
    void mostSpeechNamesNone() {
        assertFalse(Streets.named(Words.of("My order number is 12 and it has not come.")));
    }
}
