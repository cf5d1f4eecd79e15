package dev.agentassist.brief.extractive;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Against figures of PyPI's rouge-score 0.1.2 with stemming, with which 2,389 pairs of TweetSumm agreed too. */
class RougeTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "The delivery was cancelled and the refunds are processing. | Cancelling the deliveries; refund processed, relatively conditionally."
                + " | 0.6250000000000001 | 0.14285714285714288 | 0.5",
        "So neither my iPhone nor my Apple Watch are recording my steps/activity, and Health doesn’t recognise either source anymore."
                + " | @AppleSupport I’ve restarted both, also un-paired then re-paired the watch. Health doesn't recognise it."
                + " | 0.25641025641025644 | 0.16216216216216214 | 0.25641025641025644",
        "dying skies proceed happily agreed hopping falling generalizations"
                + " | he died under the sky, proceeding happy, agreeing to hop and fall in general | 0.6363636363636364 | 0.1 | 0.6363636363636364",
        "nothing alike | other words | 0 | 0 | 0"
    })
    void agreesWithRougeScore(String reference, String summary, double one, double two, double longest) {
        Rouge rouge = Rouge.of(reference, summary);
        assertEquals(one, rouge.one(), 1e-12);
        assertEquals(two, rouge.two(), 1e-12);
        assertEquals(longest, rouge.longest(), 1e-12);
    }
}
