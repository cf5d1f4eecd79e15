package dev.agentassist.transfer.room;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.transfer.TransferMachine.Event;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What SIP answers, for people. */
class SipAnswersTest {

    @ParameterizedTest
    @CsvSource({
        "486,IS_BUSY,busy", "600,IS_BUSY,busy", "480,UNANSWERED,Nobody answered", "408,UNANSWERED,Nobody answered",
        "487,UNANSWERED,Nobody answered", "603,DECLINES,declined", "403,FAILS,not allowed", "404,FAILS,does not exist",
        "401,FAILS,user or password", "488,FAILS,sound", "503,FAILS,provider", "500,FAILS,provider", "418,FAILS,refused"
    })
    void aSentenceAndAnEvent(int code, Event event, String words) {
        SipAnswers.Told told = SipAnswers.of(code);
        assertEquals(event, told.event());
        assertTrue(told.because().contains(words) && told.because().contains("SIP " + code), told.because());
    }

    @Test
    void everyFinalAnswerEndsTheCall() {
        for (int code = 300; code < 700; code++) {
            assertTrue(SipAnswers.of(code).because().endsWith(".") || SipAnswers.of(code).because().contains(": "));
        }
    }
}
