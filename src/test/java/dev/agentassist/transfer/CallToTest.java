package dev.agentassist.transfer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.problem.Failure;
import dev.agentassist.problem.Problem;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom a transfer can call. */
class CallToTest {

    @ParameterizedTest
    @CsvSource({
        "+14155550132,,+14155550132",
        "tel:+1-415-555-0132,,+14155550132",
        "(415) 555-0132,US,+14155550132",
        "4155550132,US,+14155550132",
        "1001,,1001",
        "1001,US,1001",
        "front-desk,,front-desk",
        "4155550132,,4155550132"
    })
    void numbersBecomeE164AndUsersStay(String typed, String region, String called) {
        assertEquals(called, CallTo.parse(typed, region));
    }

    @ParameterizedTest
    @ValueSource(strings = {"+1", "+abc", "tel:12", "two words", "joe@example.com", "sip:joe", "", "a;b", "(415) 555-0132", "x\u001b[2J"})
    void whatIsNeitherIsRefused(String typed) {
        Failure failure = assertThrows(Failure.class, () -> CallTo.parse(typed, null));
        assertInstanceOf(Problem.BadInput.class, failure.problem());
        assertTrue(failure.problem().hint() != null);
    }
}
