package dev.agentassist.conversation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;
import dev.agentassist.problem.Failure;
import dev.agentassist.testkit.Fixed;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

    @ParameterizedTest
    @CsvSource(nullValues = "-", value = {
        "+14155550132, -, +14155550132",
        "+1 (415) 555-0132, -, +14155550132",
        "tel:+1-415-555-0132, -, +14155550132",
        "TEL:(415) 555-0132, US, +14155550132",
        "(0)20 7946 0018, GB, +442079460018",
        "+44 (0)20 7946 0018, -, +442079460018",
        "030 23125014, DE, +493023125014",
        "+11415555013, -, +11415555013",
    })
    void everyUsualSpellingBecomesE164(String text, String region, String e164) {
        Optional<PhoneNumber> read = PhoneNumber.of(text, region);

        assertEquals(library(text.replaceFirst("(?i)^tel:", ""), region), read.map(PhoneNumber::e164));
        if (read.isPresent()) {
            assertEquals(e164, read.get().e164());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1415555013", "+141555501322", "+1415555013x", "+999123456789", "+", "number", "4155550132", "+14155550132 ext. 5"})
    void whatIsNoNumberIsNamedWithItsMend(String text) {
        assertTrue(PhoneNumber.of(text, null).isEmpty(), text);
        Failure failure = assertThrows(Failure.class, () -> PhoneNumber.parse(text, null));
        assertEquals("“" + text + "” is not a telephone number.", failure.problem().detail());
    }

    /** The spelling that is read without the library, and what is near to it. */
    @Property(tries = 2000, seed = Fixed.SEED)
    void readsNorthAmericanNumbersAsTheLibraryDoes(@ForAll("nearlyNorthAmerican") String text) {
        assertEquals(library(text, null), PhoneNumber.of(text, null).map(PhoneNumber::e164), text);
    }

    @Provide
    Arbitrary<String> nearlyNorthAmerican() {
        return Arbitraries.strings().numeric().ofMinLength(8).ofMaxLength(11).map(digits -> "+1" + digits);
    }

    private static Optional<String> library(String text, String region) {
        PhoneNumberUtil util = PhoneNumberUtil.getInstance();
        try {
            var number = util.parse(text, region);
            return util.isPossibleNumber(number) ? Optional.of(util.format(number, PhoneNumberFormat.E164)) : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }
}
