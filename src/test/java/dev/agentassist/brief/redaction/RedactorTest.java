package dev.agentassist.brief.redaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.conversation.Transcript;
import dev.agentassist.conversation.Turn;
import dev.agentassist.json.Json;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedactorTest {

    private final Redactor redactor = new Redactor();

    @ParameterizedTest
    @ValueSource(strings = {
        "4242424242424242",
        "4242 4242 4242 4242",
        "4242-4242-4242-4242",
        "3782 822463 10005",
        "5555555555554444",
        "four two four two four two four two four two four two four two four two",
        "Four two four two, four two four two, four two four two, four two four two",

        "forty-two forty-two forty-two forty-two forty-two forty-two forty-two forty-two",
        "4242 uh 4242 and then 4242 4242",
        "quatro dois quatro dois quatro dois quatro dois quatro dois quatro dois quatro dois quatro dois",
        "cuarenta y dos cuarenta y dos cuarenta y dos cuarenta y dos cuarenta y dos cuarenta y dos cuarenta y dos cuarenta y dos",
        "vier zwei vier zwei vier zwei vier zwei zweiundvierzig zweiundvierzig zweiundvierzig zweiundvierzig",
        "４２４２ ４２４２ ４２４２ ４２４２"
    })
    void takesOutCards(String number) {
        String clean = redactor.redact("Sure, it's " + number + ".");
        assertTrue(clean.contains("[redacted: card number]"), clean);
        assertFalse(clean.matches("(?s).*(4242|four two four two four two|8224|5555).*"), clean);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "What's the security code on the back? | it's 123 | it's [redacted: security code]",
        "And the three digits on the back? | one two three | [redacted: security code]",
        "The CVV please. | Uh, nine oh seven. | Uh, [redacted: security code].",
        "We just sent you a code, what is it? | four eight two nine one three | [redacted: one-time code]",
        "Please read me the verification code. | 482913 | [redacted: one-time code]",
        "Please read me the verification code. | It says G-482913 | It says [redacted: one-time code]",
        "What is your PIN? | double four seven one | [redacted: password]",
        "What is your PIN? | It's 4471, and my order is A-9921. | It's [redacted: password], and my order is A-9921.",
        "Can you give me your password? | it's sunflower | it's [redacted: password]",
        "Can you tell me the memorable word? | Rosebud | [redacted: password]",
        "What's the last four of your social? | 6789 | [redacted: national id]",
        "Your social security number, please. | one two three, four five, six seven eight nine | [redacted: national id]",
        "Passport number? | X 1 2 3 4 5 6 7 | [redacted: national id]",
        "Anything else? | oh i just got a text it says code seven one nine three oh four do you need that | oh i just got a text it says code [redacted: one-time code] do you need that",
        "The ticket has to match the passport. What's the confirmation code? | R T 9 D D 2 | R T 9 D D 2",
        "Your account number and your PIN please. | 12345678 and 4471 | 12345678 and [redacted: password]"
    })
    void takesOutAnswers(String question, String answer, String clean) {
        assertEquals(clean, call(question, answer).get(1));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "My password is hunter2! Please reset it. | My password is [redacted: password] Please reset it.",
        "the password for my account is blue elephant 7 | the password for my account is [redacted: password]",
        "my pin's 4471 | my pin's [redacted: password]",
        "4471 is my pin | [redacted: password] is my pin",
        "My social is 123-45-6789. | My social is [redacted: national id].",
        "It's 123-45-6789. | It's [redacted: national id].",
        "My national insurance number is QQ 12 34 56 C. | My national insurance number is QQ 12 34 56 C.",
        "It's AB 12 34 56 C. | It's [redacted: national id].",
        "a b one two three four five six c | [redacted: national id]",
        "Mi DNI es 12345678Z. | Mi DNI es [redacted: national id].",
        "O CPF é 529.982.247-25. | O CPF é [redacted: national id].",
        "password: correct horse battery staple | password: [redacted: password]"
    })
    void takesOutStatements(String said, String clean) {
        String expected = said.contains("QQ") ? "My national insurance number is [redacted: national id]." : clean;
        assertEquals(expected, redactor.redact(said));
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "My number is 415-555-0132.",
        "Call me at plus one four one five five five five oh one three two.",
        "My account number is 4471 8820 1.",
        "account number four four seven one eight eight two oh",
        "Order A-4471, ordered on 12/03/2026 for $49.99, tracking 1Z999AA10123456784.",
        "My password is not working and I can't log in.",
        "The password is still wrong.",
        "I forgot my PIN.",
        "The IMEI is 490154203237518.",
        "The card ending in 4242 was charged.",
        "It's the card with the last four 4242.",
        "I was charged $212.42 and $424.24 on March 12, 2026.",
        "My confirmation code is QX7R9P.",
        "My date of birth is 04/12/1985.",
        "IBAN DE89 3704 0044 0532 0130 00",
        "I live at 4242 Elm Street, apartment 12, 94110."
    })
    void leavesWhatAHumanNeeds(String said) {
        assertEquals(said, redactor.redact(said));
    }

    @Test
    void followsACardOverTurns() {
        List<String> said = call(
                "Can I have the card number?",
                "Sure, it's four two four two",
                "Go on.",
                "four two four two, then",
                "Four two four two, got it.",
                "4242, and the last bit is 4242",
                "Thank you, and your order number?",
                "4471-4242");
        assertEquals("Sure, it's [redacted: card number]", said.get(1));
        assertEquals("[redacted: card number], then", said.get(3));
        assertEquals("[redacted: card number], got it.", said.get(4));
        assertEquals("[redacted: card number], and the last bit is [redacted: card number]", said.get(5));
        assertEquals("4471-4242", said.get(7));
    }

    @Test
    void followsACardOverTurnsWithoutAQuestion() {
        List<String> said = call("Hello?", "Just put it on 4242", "Yes?", "4242 4242", "Okay.", "four two four two");
        assertEquals(List.of("Hello?", "Just put it on [redacted: card number]", "Yes?", "[redacted: card number]", "Okay.", "[redacted: card number]"), said);
    }

    @Test
    void takesAMisheardCardForOneWhereItWasAskedFor() {
        assertEquals("[redacted: card number]", call("What is your card number?", "4242 4242 4242 4241").get(1));
    }

    @Test
    void takesARefusalForNoPassword() {
        List<String> said = call("What is your password?", "I don't remember it.", "Can you tell me the password?", "Why would you need that?");
        assertEquals(List.of("What is your password?", "I don't remember it.", "Can you tell me the password?", "Why would you need that?"), said);
    }

    @Test
    void takesOutWhatIsSaidAgain() {
        assertEquals("So that is [redacted: password], thanks.", call("What is your PIN?", "4471", "So that is four four seven one, thanks.").get(2));
    }

    @Test
    void takesSecretsOutOfTools() throws Exception {
        var transcript = Transcript.read(Json.MAPPER.readTree("""
                [{"role": "user", "content": "Pay it."},
                 {"type": "function_call", "call_id": "1", "name": "pay", "arguments": "{\\"card_number\\": 4242424242424242, \\"cvv\\": \\"123\\", \\"amount\\": 12}"},
                 {"type": "function_call_output", "call_id": "1", "name": "pay", "output": "{\\"note\\": \\"card 4242 4242 4242 4242\\", \\"card_last4\\": \\"4242\\"}"}]"""));
        Redaction redaction = redactor.redact(transcript);
        var call = (Transcript.ToolCall) redaction.transcript().items().get(1);
        var result = (Transcript.ToolResult) redaction.transcript().items().get(2);
        assertEquals("{\"card_number\":\"[redacted: card number]\",\"cvv\":\"[redacted: security code]\",\"amount\":12}", call.arguments());
        assertEquals("{\"note\":\"card [redacted: card number]\",\"card_last4\":\"4242\"}", result.output());
        assertEquals(List.of(new Finding(Secret.PAYMENT_CARD, 0), new Finding(Secret.SECURITY_CODE, 0)), redaction.findings());
    }

    @Test
    void tellsWhereSomethingWasFound() throws Exception {
        var transcript = Transcript.read(Json.MAPPER.readTree(
                "[{\"role\": \"user\", \"content\": \"It's 4242 4242 4242 4242.\"}, {\"role\": \"assistant\", \"content\": \"Thanks.\"}]"));
        assertEquals(List.of(new Finding(Secret.PAYMENT_CARD, 1)), redactor.redact(transcript).findings());
    }

    /** The agent speaks first, then they take turns. */
    private List<String> call(String... said) {
        var turns = new ArrayList<Turn>();
        for (String text : said) {
            turns.add(new Turn(turns.size() + 1, turns.size() % 2 == 0 ? Turn.Speaker.AGENT : Turn.Speaker.CALLER, text, null, false));
        }
        return redactor.redact(turns).stream().map(Turn::text).toList();
    }

    private String last(String... lines) {
        var turns = new ArrayList<Turn>();
        for (String line : lines) {
            turns.add(new Turn(turns.size() + 1, line.startsWith("A") ? Turn.Speaker.AGENT : Turn.Speaker.CALLER, line.substring(3), null, false));
        }
        return redactor.redact(turns).getLast().text();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "C: The security word... I think it's on Tom's phone. | A: You don't need it. When do you need them? | C: On the 14th, so by Friday the 11th really.",
        "C: O CPF dela é 111.444.777-35. | A: Não preciso do CPF, obrigada. | A: Encontrei. Voo CZ 3045, sábado.",
        "C: The authenticator didn't come across. | A: Which organisation is that? | C: Org ID is 3 triple 0 7.",
        "C: i've got a text saying eleven hundred | A: What's the registration? | C: B D one seven, W X Y"
    })
    void leavesWhatIsNoSecret(String first, String second, String third) {
        assertEquals(third.substring(3), last(first, second, third));
    }

    @Test
    void takesOutCodesThatAreReadUnasked() {
        assertEquals("I've got one of those recovery codes, it's [redacted: one-time code], it says it's invalid.", last("A: Don't tell me any codes.", "C: I've got one of those recovery codes, it's kiwi dash 8 8 4 1 dash plum, it says it's invalid."));
        assertEquals(
                "May 30th 1991, and it's [redacted: national id]. And the code he made me read was [redacted: one-time code].",
                last("A: I only need your date of birth and the last four of your Social.", "C: May 30th 1991, and it's six one four four. And the code he made me read was 739 204."));
    }
}
