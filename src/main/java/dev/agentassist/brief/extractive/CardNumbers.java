package dev.agentassist.brief.extractive;

/** Tells payment card numbers from other long numbers by their check digit (Luhn, ISO/IEC 7812-1). */
final class CardNumbers {

    private CardNumbers() {}

    static boolean valid(String digits) {
        int n = digits.length();
        if (n < 13 || n > 19 || "23456".indexOf(digits.charAt(0)) < 0) {
            return false;
        }
        int sum = 0;
        for (int i = 0; i < n; i++) {
            int digit = digits.charAt(n - 1 - i) - '0';
            if (digit < 0 || digit > 9) {
                return false;
            }
            int value = i % 2 == 1 ? digit * 2 : digit;
            sum += value > 9 ? value - 9 : value;
        }
        return sum % 10 == 0;
    }
}
