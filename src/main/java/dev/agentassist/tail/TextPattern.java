package dev.agentassist.tail;

import dev.agentassist.problem.Failure;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** A regular expression that is looked for in what was said; untrusted text cannot make it run for ever. */
public final class TextPattern {

    /** Characters that may be looked at for one text: some milliseconds. */
    private static final int MOST_STEPS = 2_000_000;

    private final Pattern pattern;

    private TextPattern(Pattern pattern) {
        this.pattern = pattern;
    }

    /** Letters match in either case. */
    public static TextPattern of(String regex) {
        try {
            return new TextPattern(Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE));
        } catch (PatternSyntaxException e) {
            throw Failure.badInput(
                    "“" + regex + "” is no regular expression: " + e.getDescription() + ".",
                    "Write one as Java has them, as in --match \"refund|cancel\".");
        }
    }

    /** False, too, where looking would take too long. */
    boolean isIn(String text) {
        try {
            return pattern.matcher(new Counted(text, new int[1])).find();
        } catch (TooLong | StackOverflowError e) {
            return false;
        }
    }

    private static final class TooLong extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooLong() {
            super(null, null, false, false);
        }
    }

    private record Counted(CharSequence text, int[] steps) implements CharSequence {
        @Override
        public char charAt(int index) {
            if (++steps[0] > MOST_STEPS) {
                throw new TooLong();
            }
            return text.charAt(index);
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return new Counted(text.subSequence(start, end), steps);
        }

        @Override
        public String toString() {
            return text.toString();
        }
    }
}
