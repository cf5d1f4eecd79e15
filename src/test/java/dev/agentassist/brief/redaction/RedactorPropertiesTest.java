package dev.agentassist.brief.redaction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.agentassist.conversation.Turn;
import dev.agentassist.testkit.Fixed;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;

class RedactorPropertiesTest {

    private static final String[] SPOKEN = {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"};

    private final Redactor redactor = new Redactor();

    @Property(tries = 500, seed = Fixed.SEED)
    void aCardIsTakenOutHoweverItIsDictated(@ForAll("cards") String card, @ForAll("styles") List<Integer> styles, @ForAll("cuts") List<Integer> cuts) {
        var turns = new ArrayList<Turn>();
        turns.add(turn(1, Turn.Speaker.AGENT, "Can I take the card number please?"));
        int from = 0;
        int i = 0;
        while (from < card.length()) {
            int to = Math.min(card.length(), from + cuts.get(i % cuts.size()));
            turns.add(turn(turns.size() + 1, Turn.Speaker.CALLER, dictated(card.substring(from, to), styles.get(i % styles.size()))));
            turns.add(turn(turns.size() + 1, Turn.Speaker.AGENT, "Okay, go on."));
            from = to;
            i++;
        }
        String left = String.join(" ", redactor.redact(turns).stream().map(Turn::text).toList()).toLowerCase();
        assertFalse(left.chars().anyMatch(Character::isDigit), left);
        for (String word : SPOKEN) {
            assertFalse(left.contains(word), left);
        }
    }

    @Property(tries = 500, seed = Fixed.SEED)
    void aWrittenCardIsTakenOutOfAnyText(@ForAll("cards") String card, @ForAll("words") List<String> before, @ForAll("words") List<String> after) {
        String clean = redactor.redact(String.join(" ", before) + ", " + card + ", " + String.join(" ", after));
        assertFalse(clean.contains(card), clean);
    }

    @Property(tries = 500, seed = Fixed.SEED)
    void whatIsRedactedStaysSo(@ForAll("words") List<String> words, @ForAll("cards") String card) {
        String once = redactor.redact(String.join(" ", words) + " my card is " + card + " and my pin is 4471");
        assertEquals(once, redactor.redact(once));
    }

    @Property(tries = 500, seed = Fixed.SEED)
    void anyTextIsRead(@ForAll String text) {
        assertTrue(redactor.redact(text) != null);
    }

    @Property(tries = 500, seed = Fixed.SEED)
    void phoneNumbersStay(@ForAll("phones") String phone) {
        String said = "You can call me back at " + phone + " any time.";
        assertEquals(said, redactor.redact(said));
    }

    private static Turn turn(int number, Turn.Speaker speaker, String text) {
        return new Turn(number, speaker, text, null, false);
    }

    private static String dictated(String digits, int style) {
        var said = new StringBuilder();
        for (int i = 0; i < digits.length(); i++) {
            int digit = digits.charAt(i) - '0';
            boolean twice = style == 3 && i + 1 < digits.length() && digits.charAt(i + 1) == digits.charAt(i);
            String word = style == 0 ? "" + digit : style == 1 && digit == 0 ? "oh" : SPOKEN[digit];
            said.append(style == 0 || said.isEmpty() ? "" : style == 2 ? ", " : " ").append(twice ? "double " : "").append(word);
            i += twice ? 1 : 0;
        }
        return said.toString();
    }

    @Provide
    Arbitrary<String> cards() {
        Arbitrary<String> issuers = Arbitraries.of("4", "51", "55", "2221", "2720", "34", "37", "6011", "65", "3528", "62");
        return Combinators.combine(issuers, Arbitraries.strings().numeric().ofLength(18)).as((issuer, rest) -> {
            String payload = (issuer + rest).substring(0, issuer.equals("34") || issuer.equals("37") ? 14 : 15);
            try {
                return payload + LuhnCheckDigit.LUHN_CHECK_DIGIT.calculate(payload);
            } catch (org.apache.commons.validator.routines.checkdigit.CheckDigitException e) {
                throw new AssertionError(e);
            }
        });
    }

    @Provide
    Arbitrary<List<Integer>> styles() {
        return Arbitraries.integers().between(0, 3).list().ofMinSize(1).ofMaxSize(5);
    }

    @Provide
    Arbitrary<List<Integer>> cuts() {
        return Arbitraries.integers().between(3, 16).list().ofMinSize(1).ofMaxSize(5);
    }

    @Provide
    Arbitrary<List<String>> words() {
        return Arbitraries.of("well", "hello", "the", "order", "shipped", "late", "$12.50", "March", "2026", "please", "refund").list().ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> phones() {
        return Combinators.combine(Arbitraries.integers().between(201, 989), Arbitraries.integers().between(200, 999), Arbitraries.integers().between(0, 9999))
                .as((area, office, line) -> String.format("%03d-%03d-%04d", area, office, line));
    }
}
