package dev.agentassist.brief.text;

/** Whole words that stand in a text letter by letter: what most quotes are, told without a look at how words sound. */
public final class Verbatim {

    private Verbatim() {}

    /** Whether a quote with a letter or digit stands in a text, and no word of the text is cut by its ends. */
    public static boolean stands(String quote, String text) {
        if (quote.codePoints().noneMatch(Character::isLetterOrDigit)) {
            return false;
        }
        for (int at = text.indexOf(quote); at >= 0; at = text.indexOf(quote, at + 1)) {
            int end = at + quote.length();
            if ((at == 0 || !inWord(text.codePointBefore(at))) && (end == text.length() || !inWord(text.codePointAt(end)))) {
                return true;
            }
        }
        return false;
    }

    /** What a word may go on with: its letters, the marks on them, an apostrophe. */
    private static boolean inWord(int c) {
        return Character.isLetterOrDigit(c) || Character.getType(c) == Character.NON_SPACING_MARK || c == '\'' || c == '’' || c == 'ʼ' || c == '`';
    }
}
