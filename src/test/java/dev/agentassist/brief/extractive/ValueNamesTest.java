package dev.agentassist.brief.extractive;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.brief.text.Words;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** By what a value gets its name: a promise, a question, a reading back, its unit. */
class ValueNamesTest {

    private static Map<String, String> values(String... lines) {
        return ValuesTest.values(ValuesTest.draft(lines));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "A claims manager will ring you tomorrow between ten and twelve. | Callback | tomorrow",
        "They'll call you by noon. | Callback | noon",
        "They will ring you back within two working days on this number. | Callback | two working days",
        "The refunds team will write to you within seven days. | Reply by | seven days",
        "Ein Kollege wird Sie am Donnerstag anrufen. | Callback | Donnerstag",
    })
    void callsAPromisedMomentByThePromise(String promise, String key, String value) {
        var values = values("A: How can I help?", "C: My parcel was crushed and nobody answers.", "A: I'm sorry. " + promise, "C: All right.");
        assertEquals(value, values.get(key), () -> values.toString());
    }

    @Test
    void takesNoRefusalForAPromise() {
        var values = values("A: How can I help?", "C: My parcel was crushed and nobody answers.", "A: I can not promise that they will call you by Friday.", "C: All right.");
        assertFalse(values.containsKey("Callback"), () -> values.toString());
    }

    @Test
    void putsTheMomentThatWasAgreedOnInPlaceOfTheOneOffered() {
        var values = values("A: How can I help?", "C: My bill is wrong.", "A: A colleague will call you on Monday.", "C: I work on Mondays. What about Tuesday?", "A: Tuesday the 24th of November, is that good?", "C: Yes, perfect.");
        assertEquals("Tuesday the 24th of November", values.get("Callback"), () -> values.toString());
    }

    @Test
    void takesTheNumberThatWasReadBackInFull() {
        var values = values("A: What's the confirmation code?", "C: It's K, 7, R, as in, uh, Romeo, P, M, 2.", "A: K7RPM2?", "C: Yes.", "A: Thanks, and what is wrong?", "C: The name on the ticket is wrong.");
        assertTrue(values.containsValue("K7RPM2"), () -> values.toString());
        assertFalse(values.containsValue("PM2"), () -> values.toString());
    }

    @Test
    void believesNoReadingBackThatWasDenied() {
        var values = values("A: What's the confirmation code?", "C: It's K, 7, R, as in, uh, Romeo, P, M, 2.", "A: K7RPN2?", "C: No.", "A: Sorry, and what is wrong?", "C: The name on the ticket is wrong.");
        assertFalse(values.containsValue("K7RPN2"), () -> values.toString());
    }

    @Test
    void keepsATelephoneThatNobodyAskedFor() {
        var values = values("A: Any witness?", "C: A lady at the bus stop saw the van hit me. She left me hers, 07700 900 874.", "A: That's helpful.", "C: Okay.");
        assertEquals("07700 900 874", values.get("Phone number"), () -> values.toString());
    }

    @Test
    void keepsTwoTelephonesOfOneTurnApart() {
        var values = values("A: What number should she use?", "C: 508 555 0136, that's my cell. Or my wife, 508 555 0187.", "A: Thank you.", "C: The bus left her again.");
        assertTrue(values.containsValue("508 555 0136") && values.containsValue("508 555 0187"), () -> values.toString());
    }

    @Test
    void takesBackADayThatTheSameTurnDenies() {
        var values = values("A: What does the letter say?", "C: He says it's December 9th. No, no, it's December 15th.", "A: December 15th, thank you.", "C: We need somebody to go with him.");
        assertTrue(values.containsValue("December 15th"), () -> values.toString());
        assertFalse(values.containsValue("December 9th"), () -> values.toString());
    }

    @Test
    void showsNoMailAddressOnRecordThatTheCallerReplaces() {
        var values = values(
                "A: How can I help?", "C: I can't see my results, my email has changed.", "T: patient {} -> {\"portal_email\": \"old@mail.example\"}", "A: What's the new address?",
                "C: dana dot okafor at postbox dot example.", "A: dana.okafor@postbox.example, thank you.");
        assertTrue(values.containsValue("dana.okafor@postbox.example"), () -> values.toString());
        assertFalse(values.containsValue("old@mail.example"), () -> values.toString());
    }

    @Test
    void asksForNoNumberByAChoice() {
        var values = values("A: Are you calling about an account, a card, or a loan?", "C: it's forty two oh one, mom said the blue door", "A: You may have called by accident.", "C: whatever, I'm parking");
        assertFalse(values.containsValue("4201"), () -> values.toString());
    }

    @Test
    void takesPoundsForAWeightWhereOneIsAskedFor() {
        var values = values("A: And his weight?", "C: Waffles is four pounds.", "A: That's fine.", "C: I want to take my rabbit on the flight.");
        assertEquals("Weight", values.entrySet().stream().filter(e -> e.getValue().contains("4")).findFirst().orElseThrow().getKey());
    }

    @Test
    void readsABirthdayOfThreeNumbers() {
        var values = values("A: What's your date of birth?", "C: eleven twenty two fifty eight", "A: Thank you.", "C: My prescription was refused.");
        assertEquals("11/22/58", values.get("Date of birth"), () -> values.toString());
    }

    @Test
    void takesTheAnswerToWhen() {
        var values = values("A: When was this?", "C: Twenty past three.", "A: Is the car driveable?", "C: The door is caved in.");
        assertEquals("Twenty past three", values.get("Time"), () -> values.toString());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "It's tamsin dot ellery at saltmail dot example. | tamsin.ellery@saltmail.example",
        "r.vance at cobalt studio, one word, dot example. | r.vance@cobaltstudio.example",
        "ornella punto frigerio, chiocciola, postalibera punto example. | ornella.frigerio@postalibera.example",
        "mail mij op joost apenstaartje vandalfsen punt example | joost@vandalfsen.example",
        "It's M-A-R-I-A at blue dash sky dot co dot example | maria@blue-sky.co.example",
    })
    void hearsSpokenMailAddresses(String said, String address) {
        assertEquals(List.of(address), SpokenEmail.in(said).stream().map(ValueSpan::value).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "Reach me at acme dot example.", "I was at the office dot and then left.", "We met at noon. Dot called.", "He is at work"
    })
    void hearsNoMailAddressWhereNoneIs(String said) {
        assertEquals(List.of(), SpokenEmail.in(said));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "its number seventeen orchard rise | seventeen orchard rise",
        "You had it. Flat 9, Tannery Court, Bermondsey. | Flat 9, Tannery Court",
        "It's Lordswood Road in Harborne. | Lordswood Road",
        "300 North Los Angeles Street | 300 North Los Angeles Street",
    })
    void findsStreets(String said, String street) {
        assertEquals(List.of(street), StreetNames.in(said, Words.of(said)).stream().map(ValueSpan::value).toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {"Somebody parked across the road again.", "I was on my way to the park.", "that was a close one, the drive took long"})
    void findsNoStreetWhereNoneIs(String said) {
        assertEquals(List.of(), StreetNames.in(said, Words.of(said)));
    }
}
