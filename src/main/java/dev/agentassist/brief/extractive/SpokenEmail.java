package dev.agentassist.brief.extractive;

import dev.agentassist.brief.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Finds e-mail addresses that were spoken: “dana dot okafor at post box, one word, dot example”. */
final class SpokenEmail {

    private static final Set<String> AT = Set.of("at", "arroba", "at-zeichen", "arobase", "chiocciola", "apenstaartje", "klammeraffe");
    private static final Set<String> DOT = Set.of("dot", "period", "punto", "punkt", "ponto", "point", "punt");
    private static final Set<String> DASH = Set.of("dash", "hyphen", "minus", "trattino", "guion", "tiret", "bindestrich", "streepje", "hifen");
    private static final Set<String> UNDERSCORE = Set.of("underscore", "unterstrich", "souligne");

    /** No account is called so: “reach me at acme dot example” has none. */
    private static final Set<String> NO_LOCAL = Set.of("me", "us", "you", "him", "her", "them", "it", "is", "am", "are", "was", "look", "mail", "email", "address", "or", "and", "that", "be", "site", "website", "online", "page", "ones", "twos", "threes", "fours", "fives", "sixes", "sevens", "eights", "nines", "zeros");

    /** Words of a host’s name, which has no spaces. */
    private static final int HOST_WORDS = 3;

    /** Parts of a local name. */
    private static final int LOCAL_PARTS = 12;

    /** @param last it ends a sentence */
    private record Token(String said, String norm, int start, int end, boolean last) {}

    private SpokenEmail() {}

    static List<ValueSpan> in(String text) {
        List<Token> tokens = tokens(text);
        var found = new ArrayList<ValueSpan>();
        for (int at = 1; at + 2 < tokens.size() + 1; at++) {
            if (at < tokens.size() && AT.contains(tokens.get(at).norm())) {
                ValueSpan span = around(tokens, at);
                if (span != null) {
                    found.add(span);
                }
            }
        }
        return found;
    }

    private static ValueSpan around(List<Token> tokens, int at) {
        int end = host(tokens, at + 1);
        if (end < 0) {
            return null;
        }
        int first = at - 1;
        if (NO_LOCAL.contains(tokens.get(first).norm()) || !part(tokens.get(first).said())) {
            return null;
        }
        boolean spelled = tokens.get(first).said().length() == 1;
        while (first > 0 && at - first < LOCAL_PARTS) {
            boolean joined = first > 1 && separator(tokens.get(first - 1).norm()) != 0 && !tokens.get(first - 2).last() && part(tokens.get(first - 2).said()) && !NO_LOCAL.contains(tokens.get(first - 2).norm());
            boolean letter = spelled && tokens.get(first - 1).said().length() == 1 && Character.isLetterOrDigit(tokens.get(first - 1).said().charAt(0));
            if (joined) {
                first -= 2;
                spelled &= tokens.get(first).said().length() == 1;
            } else if (letter) {
                first--;
            } else {
                break;
            }
        }
        String local = written(tokens, first, at);
        String host = written(tokens, at + 1, end);
        return new ValueSpan(ValueSpan.Type.EMAIL, (local + "@" + host).toLowerCase(Locale.ROOT), tokens.get(first).start(), tokens.get(end - 1).end(), true);
    }

    /** Behind the last word of a host’s name, or -1 where none stands. */
    private static int host(List<Token> tokens, int from) {
        int i = from;
        int names = 0;
        while (i < tokens.size() && !DOT.contains(tokens.get(i).norm())) {
            Token token = tokens.get(i);
            boolean remark = token.norm().equals("one") || token.norm().equals("word") || token.norm().equals("all");
            boolean dash = DASH.contains(token.norm());
            names += remark || dash ? 0 : 1;
            if (names > HOST_WORDS || !part(token.said()) || token.norm().equals("the") || i - from > HOST_WORDS + 3) {
                return -1;
            }
            if (token.said().indexOf('.') > 0 || token.last()) {
                return -1;
            }
            i++;
        }
        if (names == 0) {
            return -1;
        }
        int end = -1;
        while (i + 1 < tokens.size() && DOT.contains(tokens.get(i).norm()) && domain(tokens.get(i + 1).said())) {
            i += 2;
            end = i;
        }
        return end;
    }

    private static String written(List<Token> tokens, int from, int to) {
        var written = new StringBuilder();
        for (int i = from; i < to; i++) {
            Token token = tokens.get(i);
            char separator = separator(token.norm());
            boolean remark = i + 1 < to && token.norm().equals("one") && tokens.get(i + 1).norm().equals("word") || token.norm().equals("word") && i > from || token.norm().equals("all") && i + 1 < to && tokens.get(i + 1).norm().equals("one");
            if (separator != 0) {
                written.append(separator);
            } else if (!remark) {
                written.append(spelled(token.said()));
            }
        }
        return written.toString();
    }

    /** “m-a-r-i-a” is spelled. */
    private static String spelled(String word) {
        if (word.length() < 5) {
            return word;
        }
        for (int i = 1; i < word.length(); i += 2) {
            if (word.charAt(i) != '-') {
                return word;
            }
        }
        return word.replace("-", "");
    }

    private static char separator(String norm) {
        return DOT.contains(norm) ? '.' : DASH.contains(norm) ? '-' : UNDERSCORE.contains(norm) ? '_' : 0;
    }

    private static boolean part(String said) {
        for (int i = 0; i < said.length(); i++) {
            char c = said.charAt(i);
            if (!Character.isLetterOrDigit(c) && c != '.' && c != '-' && c != '_' && c != '+') {
                return false;
            }
        }
        return !said.isEmpty();
    }

    private static boolean domain(String said) {
        for (int i = 0; i < said.length(); i++) {
            if (!Character.isLetter(said.charAt(i))) {
                return false;
            }
        }
        return said.length() >= 2 && said.length() <= 12;
    }

    /** Words between blanks, without the marks behind and before them. */
    private static List<Token> tokens(String text) {
        var tokens = new ArrayList<Token>();
        int i = 0;
        while (i < text.length()) {
            int start = i;
            while (i < text.length() && !Character.isWhitespace(text.charAt(i))) {
                i++;
            }
            int from = start;
            int to = i;
            while (to > from && ",.;:!?\"”)]…".indexOf(text.charAt(to - 1)) >= 0) {
                to--;
            }
            while (from < to && "\"“([".indexOf(text.charAt(from)) >= 0) {
                from++;
            }
            if (to > from) {
                String said = text.substring(from, to);
                boolean last = false;
                for (int k = to; k < i; k++) {
                    last |= ".?!".indexOf(text.charAt(k)) >= 0;
                }
                tokens.add(new Token(said, Words.fold(said), from, to, last));
            }
            i++;
        }
        return tokens;
    }
}
