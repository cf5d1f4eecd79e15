package dev.agentassist.brief.redaction;

import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;

/** Tells payment card numbers from other long numbers: by their issuer's first digits, length and check digit (ISO/IEC 7812-1). */
public final class CardNumbers {

    static final int SHORTEST = 13;
    static final int LONGEST = 19;

    private CardNumbers() {}

    /** Whether a text is a payment card's number, in digits alone. */
    public static boolean valid(String digits) {
        return issued(digits) && checks(digits);
    }

    /** Whether the length and the check digit are a card's, whoever would issue it. */
    static boolean checks(String digits) {
        return digits.length() >= SHORTEST && digits.length() <= LONGEST && LuhnCheckDigit.LUHN_CHECK_DIGIT.isValid(digits);
    }

    /** Whether a network issues numbers that begin so in this length. */
    static boolean issued(String digits) {
        int n = digits.length();
        if (n < SHORTEST || n > LONGEST || !digits.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return false;
        }
        int two = number(digits, 2);
        int four = number(digits, 4);
        return switch (digits.charAt(0)) {
            // Visa
            case '4' -> n == 13 || n == 16 || n == 19;
            // Mastercard, Maestro
            case '5' -> n == 16 && two >= 51 && two <= 55 || two == 50 || two >= 56;
            case '2' -> n == 16 && four >= 2221 && four <= 2720;
            // American Express, Diners Club, JCB
            case '3' -> (two == 34 || two == 37) && n == 15
                    || (two == 36 || two == 38 || two == 39 || two == 30) && n >= 14 && n != 15
                    || four >= 3528 && four <= 3589 && n >= 16;
            // Discover, UnionPay, Maestro, RuPay
            case '6' -> n >= 16;
            // RuPay
            case '8' -> n == 16 && (two == 81 || two == 82);
            default -> false;
        };
    }

    private static int number(String digits, int length) {
        return Integer.parseInt(digits.substring(0, length));
    }
}
