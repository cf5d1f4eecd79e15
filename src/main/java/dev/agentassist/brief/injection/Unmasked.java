package dev.agentassist.brief.injection;

import dev.agentassist.brief.text.Words;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Brings words that hide from a reader of patterns back to how they sound: what a model would read all the same. */
final class Unmasked {

    private static final Pattern INVISIBLE = Pattern.compile("[\\u00ad\\u034f\\u061c\\u115f\\u1160\\u180e\\u200b-\\u200f\\u202a-\\u202e\\u2060-\\u206f\\ufe00-\\ufe0f\\ufeff]|\\p{Cntrl}&&[^\\n\\t]");
    private static final Pattern SPACED = Pattern.compile("(?<!\\w)(?:\\w[ .\\-_*]){4,}\\w(?!\\w)");
    private static final Pattern ENCODED = Pattern.compile("[A-Za-z0-9+/]{24,}={0,2}");

    /** The general categories of what words are made of: letters, their marks, numbers. */
    private static final int WORDLY = 1 << Character.UPPERCASE_LETTER | 1 << Character.LOWERCASE_LETTER | 1 << Character.TITLECASE_LETTER
            | 1 << Character.MODIFIER_LETTER | 1 << Character.OTHER_LETTER | 1 << Character.NON_SPACING_MARK | 1 << Character.ENCLOSING_MARK
            | 1 << Character.COMBINING_SPACING_MARK | 1 << Character.DECIMAL_DIGIT_NUMBER | 1 << Character.LETTER_NUMBER | 1 << Character.OTHER_NUMBER;

    /** Letters of other scripts that look like Latin ones, and the Latin ones, place by place. */
    private static final String LOOKALIKES = "асеорхуіјѕԁɡһӏорαοενικτυρѵʟɪɴᴏ";
    private static final String LATIN = "aceopxyijsdghlopaoevikturvlino";

    private Unmasked() {}

    /**
     * The text as plain words, in every way in which it may be read.
     *
     * @param plain the first of them, {@link #plain}
     */
    static List<String> readings(String text, String plain) {
        var readings = new ArrayList<String>(2);
        readings.add(plain);
        String joined = maybeSpaced(text) && SPACED.matcher(text).find() ? plain(joined(text)) : plain;
        if (!joined.equals(plain)) {
            readings.add(joined);
        }
        String unleeted = Words.hasDigit(plain) ? unleet(plain) : plain;
        if (!unleeted.equals(plain)) {
            readings.add(unleeted);
        }
        if (plain.indexOf("snoitcurtsni") >= 0 || plain.indexOf("tpmorp") >= 0) {
            readings.add(new StringBuilder(plain).reverse().toString());
        }
        if (plain.contains("vafgehpgvba") || plain.contains("cebzcg")) {
            readings.add(rotated(plain));
        }
        Matcher encoded = maybeEncoded(text) ? ENCODED.matcher(text) : null;
        while (encoded != null && encoded.find()) {
            String decoded = decoded(encoded.group());
            if (decoded != null) {
                readings.add(plain(decoded));
            }
        }
        return readings;
    }

    /** Lower case words with one space between, without accents, invisible characters and look-alikes. */
    static String plain(String text) {
        String seen = text;
        if (!ascii(seen)) {
            seen = INVISIBLE.matcher(seen).replaceAll("");
            seen = Normalizer.normalize(seen, Normalizer.Form.NFKC);
            seen = latin(seen);
        }
        String folded = Words.fold(seen);
        var words = new StringBuilder(folded.length());
        boolean gap = false;
        for (int i = 0; i < folded.length(); i += Character.charCount(folded.codePointAt(i))) {
            int c = folded.codePointAt(i);
            if (c >= 'a' && c <= 'z' || c != '\'' && (WORDLY >> Character.getType(c) & 1) != 0) {
                if (gap && !words.isEmpty()) {
                    words.append(' ');
                }
                words.appendCodePoint(c);
                gap = false;
            } else if (c != '\'') {
                gap = true;
            }
        }
        return words.toString();
    }

    /** Whether four single characters may stand apart, one behind the other: cheaper than to look for them all. */
    private static boolean maybeSpaced(String text) {
        int even = 0;
        int odd = 0;
        for (int i = 1; i < text.length(); i++) {
            int run = " .-_*".indexOf(text.charAt(i)) >= 0 ? odd + 1 : 0;
            if (run >= 4) {
                return true;
            }
            odd = even;
            even = run;
        }
        return false;
    }

    private static boolean maybeEncoded(String text) {
        int run = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            run = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || c == '+' || c == '/' ? run + 1 : 0;
            if (run >= 24) {
                return true;
            }
        }
        return false;
    }

    private static boolean ascii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80 || text.charAt(i) < 0x20 && text.charAt(i) != '\n') {
                return false;
            }
        }
        return true;
    }

    /** Look-alikes become Latin only in words that have Latin letters, too: Russian stays Russian. */
    private static String latin(String text) {
        var result = new StringBuilder(text.length());
        for (String word : text.split("(?<=\\s)|(?=\\s)")) {
            boolean mixed = word.chars().anyMatch(c -> c < 0x80 && Character.isLetter(c))
                    && word.chars().anyMatch(c -> LOOKALIKES.indexOf(Character.toLowerCase(c)) >= 0);
            for (int i = 0; i < word.length(); i++) {
                int at = mixed ? LOOKALIKES.indexOf(Character.toLowerCase(word.charAt(i))) : -1;
                result.append(at >= 0 && at < LATIN.length() ? LATIN.charAt(at) : word.charAt(i));
            }
        }
        return result.toString();
    }

    private static String joined(String text) {
        return SPACED.matcher(text).replaceAll(m -> Matcher.quoteReplacement(m.group().replaceAll("[ .\\-_*]", "") + " "));
    }

    private static String unleet(String plain) {
        var result = new StringBuilder();
        for (String word : plain.split(" ")) {
            boolean mixed = word.length() > 3 && word.chars().anyMatch(Character::isDigit) && word.chars().filter(Character::isLetter).count() >= 2;
            result.append(mixed
                            ? word.replace('1', 'i').replace('0', 'o').replace('3', 'e').replace('4', 'a').replace('5', 's').replace('7', 't')
                            : word)
                    .append(' ');
        }
        return result.toString().strip();
    }

    private static String rotated(String text) {
        var result = new StringBuilder(text.length());
        for (char c : text.toCharArray()) {
            result.append(c >= 'a' && c <= 'z' ? (char) ('a' + (c - 'a' + 13) % 26) : c);
        }
        return result.toString();
    }

    private static String decoded(String token) {
        try {
            String text = new String(Base64.getDecoder().decode(token), StandardCharsets.UTF_8);
            long readable = text.chars().filter(c -> c >= ' ' && c < 0x7f || c == '\n').count();
            return readable >= text.length() * 0.9 ? text : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
