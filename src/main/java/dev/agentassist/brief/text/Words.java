package dev.agentassist.brief.text;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Cuts speech into words that compare: lower case, without accents, English contractions spelled out, so that
 * “I’m” and “I am” are the same two words. Characters of scripts without spaces are words of their own.
 */
public final class Words {

    /**
     * A word.
     *
     * @param norm as it compares
     * @param start where it begins in the text; both words of a contraction have its whole span
     * @param end where it ends, exclusive
     */
    public record Word(String norm, int start, int end) {}

    private static final Map<String, String> CONTRACTIONS = contractions();

    private Words() {}

    public static List<Word> of(String text) {
        var words = new ArrayList<Word>(text.length() / 5 + 1);
        int i = 0;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            if (!Character.isLetterOrDigit(c)) {
                i += Character.charCount(c);
                continue;
            }
            int start = i;
            i += Character.charCount(c);
            if (!standsAlone(c)) {
                i = wordEnd(text, i);
            }
            add(words, text.substring(start, i), start, i);
        }
        return words;
    }

    /** The words' normal forms. */
    public static String[] norms(String text) {
        List<Word> words = of(text);
        var norms = new String[words.size()];
        for (int i = 0; i < norms.length; i++) {
            norms[i] = words.get(i).norm();
        }
        return norms;
    }

    private static int wordEnd(String text, int from) {
        int i = from;
        while (i < text.length()) {
            int c = text.codePointAt(i);
            boolean inside = Character.isLetterOrDigit(c) && !standsAlone(c)
                    || Character.getType(c) == Character.NON_SPACING_MARK
                    || apostrophe(c) && i + 1 < text.length() && Character.isLetter(text.charAt(i + 1));
            if (!inside) {
                return i;
            }
            i += Character.charCount(c);
        }
        return i;
    }

    private static boolean apostrophe(int c) {
        return c == '\'' || c == '’' || c == 'ʼ' || c == '`';
    }

    /** Chinese, Japanese and Thai write no spaces between words. */
    private static boolean standsAlone(int c) {
        return c >= 0x0e00 && (c < 0x0e80
                || c >= 0x3040 && c < 0x3100
                || c >= 0x3400 && c < 0xa000
                || c >= 0xf900 && c < 0xfb00
                || c >= 0x20000 && c < 0x32000);
    }

    private static void add(List<Word> words, String raw, int start, int end) {
        String norm = fold(raw);
        String expanded = CONTRACTIONS.get(norm);
        if (expanded != null) {
            for (String part : expanded.split(" ")) {
                words.add(new Word(part, start, end));
            }
            return;
        }
        int quote = norm.indexOf('\'');
        if (quote > 0) {
            String head = norm.substring(0, quote);
            String tail = switch (norm.substring(quote + 1)) {
                case "m" -> "am";
                case "re" -> "are";
                case "ve" -> "have";
                case "ll" -> "will";
                case "d" -> "would";
                case "t" -> "not";
                default -> null;
            };
            if ("not".equals(tail) && head.endsWith("n")) {
                head = head.substring(0, head.length() - 1);
            }
            words.add(new Word(head, start, end));
            if (tail != null) {
                words.add(new Word(tail, start, end));
            }
            return;
        }
        words.add(new Word(norm, start, end));
    }

    /** Lower case without accents; ß is ss. */
    public static String fold(String text) {
        boolean plain = true;
        for (int i = 0; i < text.length() && plain; i++) {
            char c = text.charAt(i);
            plain = c < 0x80 && !(c >= 'A' && c <= 'Z') && c != '`';
        }
        if (plain) {
            return text;
        }
        var folded = new StringBuilder(text.length() + 2);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 0x80) {
                folded.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c == '`' ? '\'' : c);
            } else if (apostrophe(c)) {
                folded.append('\'');
            } else if (c == 'ß') {
                folded.append("ss");
            } else if (Character.getType(c) != Character.NON_SPACING_MARK) {
                folded.append(base(Character.toLowerCase(c)));
            }
        }
        return folded.toString();
    }

    private static char base(char c) {
        if (c < 0xe0 || c > 0x17f) {
            return c;
        }
        return switch (c) {
            case 'à', 'á', 'â', 'ã', 'ä', 'å', 'ā', 'ă', 'ą' -> 'a';
            case 'ç', 'ć', 'č' -> 'c';
            case 'è', 'é', 'ê', 'ë', 'ē', 'ę', 'ě' -> 'e';
            case 'ì', 'í', 'î', 'ï', 'ī' -> 'i';
            case 'ñ', 'ń', 'ň' -> 'n';
            case 'ò', 'ó', 'ô', 'õ', 'ö', 'ø', 'ō', 'ő' -> 'o';
            case 'ù', 'ú', 'û', 'ü', 'ū', 'ů', 'ű' -> 'u';
            case 'ý', 'ÿ' -> 'y';
            case 'ś', 'š', 'ş' -> 's';
            case 'ź', 'ż', 'ž' -> 'z';
            case 'ł' -> 'l';
            case 'ř' -> 'r';
            case 'ť' -> 't';
            case 'ğ' -> 'g';
            default -> c;
        };
    }

    public static boolean hasDigit(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isDigit(text.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static Map<String, String> contractions() {
        var map = new HashMap<String, String>();
        String all = "can't=can not,cannot=can not,won't=will not,shan't=shall not,ain't=is not,let's=let us,it's=it is,"
                + "that's=that is,what's=what is,there's=there is,here's=here is,who's=who is,he's=he is,she's=she is,"
                + "where's=where is,how's=how is,y'all=you all,gonna=going to,wanna=want to,gotta=have to,gimme=give me,"
                + "lemme=let me,dunno=do not know,im=i am,ive=i have,dont=do not,doesnt=does not,didnt=did not,"
                + "isnt=is not,wasnt=was not,arent=are not,cant=can not,wont=will not,wouldnt=would not,"
                + "couldnt=could not,shouldnt=should not,hasnt=has not,havent=have not,hadnt=had not,youre=you are,"
                + "thats=that is,whats=what is,theres=there is,theyre=they are,youve=you have,weve=we have,"
                + "youll=you will,itll=it will,wasn=was not,didn=did not";
        for (String pair : all.split(",")) {
            int at = pair.indexOf('=');
            map.put(pair.substring(0, at), pair.substring(at + 1));
        }
        return map;
    }
}
