package dev.agentassist.config;

import java.util.regex.Pattern;

/** Passwords inside URLs: {@code postgresql://user:password@host}, {@code ?password=…}. */
public final class UrlPasswords {

    /** What stands in place of a secret. */
    public static final String MASK = "********";

    /** The last @ before the path ends the password, which may itself hold an @ that nobody encoded. */
    private static final Pattern AUTHORITY = Pattern.compile("(//[^/?#:@]*):([^/?#]*)@");

    /** A user without a password is shown, but a token alone before the @ is not to be told from one in a proxy. */
    private static final Pattern PARAMETER =
            Pattern.compile("([?&](?:password|sslpassword|passwd|pwd|token|secret|api_?key)=)[^&#\\s]+", Pattern.CASE_INSENSITIVE);

    private UrlPasswords() {}

    /** The same text with each password masked. */
    public static String mask(String text) {
        if (text == null || text.indexOf('@') < 0 && text.indexOf('=') < 0) {
            return text;
        }
        String masked = AUTHORITY.matcher(text).replaceAll("$1:" + MASK + "@");
        return PARAMETER.matcher(masked).replaceAll("$1" + MASK);
    }

    /** Whether there is a password in it. */
    public static boolean in(String text) {
        return text != null && !mask(text).equals(text);
    }
}
