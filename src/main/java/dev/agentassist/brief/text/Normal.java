package dev.agentassist.brief.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Text as evidence compares it: case, accents, punctuation and contractions aside, dictated digits and letters written
 * out, so that “double four, seven, one” and “4471” are the same.
 */
public final class Normal {

    private static final Set<String> MARKS = Set.of("hyphen", "dash", "dot", "underscore", "at", "guion", "trattino", "tiret", "bindestrich");

    private final String words;
    private final String dictated;
    private final String compact;

    /** The numbers that were said in words of hundreds and more: “eleven hundred and forty”. */
    private final List<Long> numbers;

    /** What {@link #spells} looks in; made when it is first asked. */
    private String spelled;

    private Normal(String words, String dictated, String compact, List<Long> numbers) {
        this.numbers = numbers;
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
        return new Normal(words.toString(), dictated.toString(), dictated.toString().replace(" ", ""), numbers(text, cut));
    }

    private static List<Long> numbers(String text, List<Words.Word> words) {
        var numbers = new ArrayList<Long>();
        for (int i = 0; i < words.size(); i++) {
            if (Numerals.value(words.get(i).norm()) >= 0) {
                Numerals.Found found = Numerals.at(text, words, i);
                if (found != null) {
                    numbers.add(found.value());
                    i = found.end() - 1;
                }
            }
        }
        return numbers;
    }

    /** Whether the other text's words stand here, one behind the other. */
    public boolean contains(Normal other) {
        if (other.compact.isEmpty()) {
            return false;
        }
        return words.contains(other.words)
                || dictated.contains(other.dictated)
                // “A-4471” and “A 4471”; only where it is long enough not to be met by chance.
                || other.compact.length() >= 4 && Words.hasDigit(other.compact) && compact.contains(other.compact);
    }

    /** Whether a number of digits stands here as a number of its own or within one that was dictated. */
    public boolean hasNumber(String digits) {
        return dictated.contains(" " + digits + " ") || digits.length() >= 3 && compact.contains(digits) || spoken(digits);
    }

    /** Whether letters stand here with their marks spoken: “cobalt hyphen ps”. */
    public boolean spells(String letters) {
        if (spelled == null) {
            var plain = new StringBuilder(words.length());
            boolean skipped = false;
            for (int from = 1; from < words.length(); ) {
                int end = words.indexOf(' ', from);
                String word = words.substring(from, end);
                // Of two marks in a row the second is a word.
                skipped = !skipped && MARKS.contains(word);
                if (!skipped) {
                    plain.append(word);
                }
                from = end + 1;
            }
            spelled = plain.toString();
        }
        return spelled.contains(letters);
    }

    private boolean spoken(String digits) {
        for (long number : numbers) {
            if (Long.toString(number).equals(digits)) {
                return true;
            }
        }
        return false;
    }

    /** The same for digits and letters in one, as in {@code Q7XR4T}; ordinals count as their number. */
    public boolean hasCode(String code) {
        String plain = Words.fold(code);
        return words.contains(" " + plain + " ") || hasNumber(plain);
    }
}
