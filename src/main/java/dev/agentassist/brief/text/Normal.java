package dev.agentassist.brief.text;

import java.util.List;

/**
 * Text as evidence compares it: case, accents, punctuation and contractions aside, dictated digits and letters written
 * out, so that “double four, seven, one” and “4471” are the same.
 */
public final class Normal {

    private final String words;
    private final String dictated;
    private final String compact;

    private Normal(String words, String dictated, String compact) {
        this.words = words;
        this.dictated = dictated;
        this.compact = compact;
    }

    public static Normal of(String text) {
        List<Words.Word> cut = Words.of(text);
        var words = new StringBuilder(" ");
        var dictated = new StringBuilder(" ");
        var runs = SpokenDigits.in(text, cut, 2);
        int run = 0;
        int written = -1;
        for (Words.Word word : cut) {
            words.append(word.norm()).append(' ');
            while (run < runs.size() && runs.get(run).end() <= word.start()) {
                run++;
            }
            boolean inside = run < runs.size() && word.start() >= runs.get(run).start();
            if (inside && written != run) {
                dictated.append(Words.fold(runs.get(run).written()).replace("-", "")).append(' ');
                written = run;
            } else if (!inside) {
                dictated.append(word.norm()).append(' ');
            }
        }
        return new Normal(words.toString(), dictated.toString(), dictated.toString().replace(" ", ""));
    }

    /** Whether the other text's words stand here, one behind the other. */
    public boolean contains(Normal other) {
        if (other.compact.isEmpty()) {
            return false;
        }
        return words.contains(other.words)
                || dictated.contains(other.dictated)
                // “A-4471” and “A 4471”; only where it is long enough not to be met by chance.
                || other.compact.length() >= 4 && digits(other.compact) && compact.contains(other.compact);
    }

    /** Whether a number of digits stands here as a number of its own or within one that was dictated. */
    public boolean hasNumber(String digits) {
        return dictated.contains(" " + digits + " ") || digits.length() >= 3 && compact.contains(digits);
    }

    /** The same for digits and letters in one, as in {@code Q7XR4T}; ordinals count as their number. */
    public boolean hasCode(String code) {
        String plain = Words.fold(code);
        return words.contains(" " + plain + " ") || hasNumber(plain);
    }

    private static boolean digits(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isDigit(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }
}
