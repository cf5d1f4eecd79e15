package dev.agentassist.brief.injection;

import java.util.regex.Pattern;

/** A pattern that is compiled when a text first may have it: a short program's time goes into patterns that it never needs. */
final class Sign {

    private static final char NOT_ASCII = '\u0080';

    private final String needs;
    private final String regex;
    private final int flags;
    private volatile Pattern pattern;

    /** @param needs characters of which a text has one wherever the pattern is found, U+0080 for any that is not ASCII */
    Sign(String needs, String regex, int flags) {
        this.needs = needs;
        this.regex = regex;
        this.flags = flags;
    }

    String regex() {
        return regex;
    }

    /** Whether a text, or its characters of that kind, has what the pattern needs. */
    boolean possible(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (needs.indexOf(c < NOT_ASCII ? c : NOT_ASCII) >= 0 || c >= NOT_ASCII && needs.indexOf(c) >= 0) {
                return true;
            }
        }
        return false;
    }

    Pattern pattern() {
        Pattern compiled = pattern;
        if (compiled == null) {
            compiled = Pattern.compile(regex, flags);
            pattern = compiled;
        }
        return compiled;
    }
}
