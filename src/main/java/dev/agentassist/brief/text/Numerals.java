package dev.agentassist.brief.text;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Numbers in words, up to the thousands, in English, German, French, Spanish, Italian, Dutch and Portuguese: “twenty
 * nine”, “neunundzwanzig”, “quatre-vingt-dix-huit”, “eleven hundred and forty”. What is dictated digit by digit is left to
 * {@link SpokenDigits}.
 */
public final class Numerals {

    /** A number in words; {@code first} and {@code end} (exclusive) are indices into the words. */
    public record Found(long value, int first, int end) {}

    private static final Map<String, Integer> VALUES = new HashMap<>();

    /** Number words that are other words as well; alone they count for little. */
    private static final Set<String> WEAK = Set.of(
            "one", "un", "une", "una", "uno", "um", "uma", "ein", "eine", "einen", "einer", "een", "en", "due", "sept", "sei", "once", "dos",
            "cent", "mil", "otto", "doze", "seize", "meia", "tres", "null", "six", "second", "elf");

    private static final Set<String> AND = Set.of("and", "y", "e", "et", "und");

    static {
        row(0, "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen");
        row(0, "null eins zwei drei vier funf sechs sieben acht neun zehn elf zwolf dreizehn vierzehn funfzehn sechzehn siebzehn achtzehn neunzehn");
        row(0, "nul een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien zeventien achttien negentien");
        row(0, "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize");
        row(0, "cero uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciseis diecisiete dieciocho diecinueve");
        row(0, "zero um dois tres quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis dezessete dezoito dezenove");
        row(0, "zero uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici diciassette diciotto diciannove");
        pairs("zwo 2 une 1 una 1 uma 1 duas 2 quatorze 14 dezasseis 16 dezassete 17 dezanove 19 ein 1 eine 1 einen 1 meia 6");
        tens("twenty thirty forty fifty sixty seventy eighty ninety");
        tens("zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig");
        tens("twintig dertig veertig vijftig zestig zeventig tachtig negentig");
        tens("vingt trente quarante cinquante soixante septante octante nonante");
        tens("veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa");
        tens("vinte trinta quarenta cinquenta sessenta setenta oitenta noventa");
        tens("venti trenta quaranta cinquanta sessanta settanta ottanta novanta");
        compounds("ein zwei drei vier funf sechs sieben acht neun", "und", "zwanzig dreissig vierzig funfzig sechzig siebzig achtzig neunzig");
        compounds("een twee drie vier vijf zes zeven acht negen", "en", "twintig dertig veertig vijftig zestig zeventig tachtig negentig");
        row(21, "veintiuno veintidos veintitres veinticuatro veinticinco veintiseis veintisiete veintiocho veintinueve");
        italian("vent trent quarant cinquant sessant settant ottant novant", "uno due tre quattro cinque sei sette otto nove");
        pairs("hundred 100 hundert 100 honderd 100 cent 100 cents 100 cien 100 ciento 100 cem 100 cento 100 doscientos 200 trescientos 300 cuatrocientos 400 "
                + "quinientos 500 seiscientos 600 setecientos 700 ochocientos 800 novecientos 900 duzentos 200 trezentos 300 quatrocentos 400 quinhentos 500 "
                + "seiscentos 600 setecentos 700 oitocentos 800 novecentos 900 thousand 1000 tausend 1000 duizend 1000 mille 1000 mil 1000 mila 1000");
        VALUES.remove("cents");
    }

    private Numerals() {}

    private static void row(int from, String words) {
        int value = from;
        for (String word : words.split(" ")) {
            VALUES.put(word, value++);
        }
    }

    private static void tens(String words) {
        int value = 20;
        for (String word : words.split(" ")) {
            VALUES.put(word, value);
            value += 10;
        }
    }

    private static void pairs(String words) {
        String[] parts = words.split(" ");
        for (int i = 0; i < parts.length; i += 2) {
            VALUES.put(parts[i], Integer.parseInt(parts[i + 1]));
        }
    }

    private static void compounds(String units, String and, String tens) {
        int ten = 20;
        for (String t : tens.split(" ")) {
            int unit = 1;
            for (String u : units.split(" ")) {
                VALUES.put(u + and + t, ten + unit++);
            }
            ten += 10;
        }
    }

    /** “ventuno”, “ventotto” lose a vowel, the others do not. */
    private static void italian(String stems, String units) {
        int ten = 20;
        for (String stem : stems.split(" ")) {
            int unit = 1;
            for (String u : units.split(" ")) {
                String vowel = unit == 1 || unit == 8 ? "" : ten == 20 ? "i" : "a";
                VALUES.put(stem + vowel + u, ten + unit++);
            }
            ten += 10;
        }
    }

    /** What one word stands for (0 to 1000), or -1. */
    public static int value(String norm) {
        Integer value = VALUES.get(norm);
        return value == null ? -1 : value;
    }

    /** Whether a word joins the parts of a number: “and”, “e”, “und”. */
    public static boolean and(String norm) {
        return AND.contains(norm);
    }

    /** Whether a number word is also a word of another meaning. */
    public static boolean weak(String norm) {
        return WEAK.contains(norm);
    }

    /** The longest number in words that begins at a word, or null. */
    public static Found at(String text, List<Words.Word> words, int from) {
        long total = 0;
        long current = 0;
        int last = 0;
        int end = from;
        for (int i = from; i < words.size() && (i == from || joined(text, words, i)); i++) {
            String word = words.get(i).norm();
            int value = value(word);
            if (value < 0) {
                boolean goesOn = i > from && last >= 3 && AND.contains(word) && i + 1 < words.size() && value(words.get(i + 1).norm()) >= 0;
                if (goesOn) {
                    continue;
                }
                value = compound(word);
                if (value < 0) {
                    break;
                }
            }
            int size = value < 10 ? 1 : value < 20 || value < 100 && value % 10 != 0 ? 2 : value < 100 ? 3 : value < 1000 ? 4 : 5;
            if (size == 5) {
                total += Math.max(1, current) * (value / 1000) * 1000;
                current = 0;
            } else if (size == 4) {
                if (last == 4 || last == 3) {
                    break;
                }
                current = value == 100 ? Math.max(1, current) * 100 : current + value;
            } else if (last == 1 && current % 100 == 4 && value == 20) {
                // “quatre-vingt”
                current += 76;
            } else if (last == 2 && size == 1 && value >= 7 && words.get(i - 1).norm().equals("dix")) {
                // “dix-huit”
                current += value;
                last = 3;
                end = i + 1;
                continue;
            } else if (last == 0 || last >= 4 || last == 3 && size == 1 && value > 0 || last == 3 && size == 2 && value < 20 && (current % 100 == 60 || current % 100 == 80)) {
                current += value;
            } else {
                break;
            }
            last = size == 1 && current % 100 == 80 ? 3 : value == 20 && current % 100 == 80 ? 3 : size;
            end = i + 1;
        }
        return end == from ? null : new Found(total + current, from, end);
    }

    /** “dreihundertvierzig”, “duecento”: a word with a hundred in it, or -1. */
    private static int compound(String word) {
        for (String hundred : new String[] {"hundert", "honderd", "cento"}) {
            int at = word.indexOf(hundred);
            if (at >= 0 && word.length() > hundred.length()) {
                int before = at == 0 ? 1 : value(word.substring(0, at));
                String rest = word.substring(at + hundred.length());
                int behind = rest.isEmpty() ? 0 : value(rest.startsWith("und") ? rest.substring(3) : rest);
                return before < 1 || before > 19 || behind < 0 || behind > 99 ? -1 : before * 100 + behind;
            }
        }
        return -1;
    }

    /** Whether only spaces or a hyphen stand between a word and the one before it. */
    public static boolean joined(String text, List<Words.Word> words, int i) {
        for (int at = words.get(i - 1).end(); at < words.get(i).start(); at++) {
            char c = text.charAt(at);
            if (c != ' ' && c != '-' && c != '‑') {
                return false;
            }
        }
        return true;
    }
}
