package dev.agentassist.brief.redaction;

import dev.agentassist.brief.text.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Cuts a turn into pieces of digits as they are written or spoken: “4242”, “four”, “double four”, “forty-two”, “4 two”.
 * What stands between two pieces tells whether they belong to one number.
 */
final class Digits {

    /**
     * A piece.
     *
     * @param digits what one would write down
     * @param start where it begins in the turn's text
     * @param end where it ends, exclusive
     * @param apart it does not go on from what was before: words of other kinds stand between, or begin the turn
     * @param and it follows an “and”, which may begin another number
     * @param first the index of its first word in the turn
     * @param last the index of its last word
     */
    record Piece(int turn, String digits, int start, int end, boolean apart, boolean and, int first, int last) {}

    /** What people say between the digits of one number. */
    private static final Set<String> FILLERS = Set.of(
            "uh", "um", "er", "erm", "hmm", "and", "then", "so", "ok", "okay", "yes", "yeah", "right", "dash", "hyphen", "space",
            "minus", "dot", "next", "y", "luego", "und", "dann", "et", "puis", "e", "depois", "let", "me", "see", "is", "it", "that",
            "sorry", "wait", "followed", "by", "guion", "strich", "tiret", "leerzeichen", "espacio", "sure", "now", "the", "goes", "after");

    private static final Set<String> AND = Set.of("and", "y", "und", "et", "e", "then", "is");

    private static final Map<String, String> WORDS = words();

    private Digits() {}

    static List<Piece> of(int turn, String text, List<Words.Word> words) {
        var pieces = new ArrayList<Piece>();
        boolean apart = false;
        int i = 0;
        while (i < words.size()) {
            String word = words.get(i).norm();
            int repeat = repeats(word);
            int at = repeat > 1 && i + 1 < words.size() ? i + 1 : i;
            String unit = unit(words.get(at).norm(), at > i);
            if (unit == null) {
                apart |= !FILLERS.contains(word) && repeats(word) == 1;
                i++;
                continue;
            }
            int last = at;
            if (unit.length() == 2 && unit.charAt(1) == '0' && at == i && !Character.isDigit(word.charAt(0))) {
                // “forty two”, “cuarenta y dos”
                int ones = at + 1 < words.size() && words.get(at + 1).norm().equals("y") ? at + 2 : at + 1;
                String one = ones < words.size() ? unit(words.get(ones).norm(), false) : null;
                if (one != null && one.length() == 1 && !one.equals("0") && !Character.isDigit(words.get(ones).norm().charAt(0))) {
                    unit = unit.charAt(0) + one;
                    last = ones;
                }
            }
            String digits = at > i ? unit.repeat(repeat) : unit;
            int start = words.get(i).start();
            boolean and = i > 0 && AND.contains(words.get(i - 1).norm());
            pieces.add(new Piece(turn, digits, start, words.get(last).end(), apart || broken(text, pieces, start), and, i, last));
            apart = false;
            i = last + 1;
        }
        return pieces;
    }

    /** Signs that no number has within it. */
    private static boolean broken(String text, List<Piece> pieces, int start) {
        if (pieces.isEmpty()) {
            return false;
        }
        for (int i = pieces.getLast().end(); i < start; i++) {
            if ("$€£¥%/:@#=".indexOf(text.charAt(i)) >= 0) {
                return true;
            }
        }
        return false;
    }

    static boolean filler(String word) {
        return FILLERS.contains(word);
    }

    private static int repeats(String word) {
        return switch (word) {
            case "double", "doble", "doppel" -> 2;
            case "triple", "treble" -> 3;
            default -> 1;
        };
    }

    /** What a word stands for, or null when it is no digits. */
    private static String unit(String word, boolean repeated) {
        if (word.isEmpty()) {
            return null;
        }
        if (Character.isDigit(word.charAt(0))) {
            var plain = new StringBuilder(word.length());
            for (int i = 0; i < word.length(); i++) {
                int digit = Character.digit(word.charAt(i), 10);
                if (digit < 0) {
                    return null;
                }
                plain.append((char) ('0' + digit));
            }
            return repeated && plain.length() > 2 ? null : plain.toString();
        }
        return WORDS.get(word);
    }

    private static Map<String, String> words() {
        var words = new java.util.HashMap<String, String>();
        String[] rows = {
            "zero oh o nought naught null cero zéro nulo", "one eins uno une", "two zwei zwo dos deux dois duas", "three drei tres trois tre",
            "four vier cuatro quatre quatro quattro", "five funf fuenf cinco cinq cinque", "six sechs seis sei", "seven sieben siete sept sete sette",
            "eight acht ocho huit oito otto", "nine neun nueve neuf nove", "ten zehn diez dix", "eleven elf once onze", "twelve zwolf doce douze",
            "thirteen dreizehn trece treize", "fourteen vierzehn catorce quatorze", "fifteen quince quinze", "sixteen dieciseis seize",
            "seventeen diecisiete", "eighteen dieciocho", "nineteen diecinueve"
        };
        for (int i = 0; i < rows.length; i++) {
            for (String word : rows[i].split(" ")) {
                words.put(Words.fold(word), Integer.toString(i));
            }
        }
        String[] tens = {"twenty veinte vingt zwanzig", "thirty treinta trente", "forty fourty cuarenta quarante", "fifty cincuenta cinquante",
            "sixty sesenta soixante", "seventy setenta", "eighty ochenta", "ninety noventa"};
        for (int i = 0; i < tens.length; i++) {
            for (String word : tens[i].split(" ")) {
                words.put(word, (i + 2) + "0");
            }
        }
        // German says the ones first, in one word.
        String[] ones = {"ein", "zwei", "drei", "vier", "funf", "sechs", "sieben", "acht", "neun"};
        String[] german = {"zwanzig", "dreissig", "vierzig", "funfzig", "sechzig", "siebzig", "achtzig", "neunzig"};
        for (int t = 0; t < german.length; t++) {
            words.put(german[t], (t + 2) + "0");
            for (int o = 0; o < ones.length; o++) {
                words.put(ones[o] + "und" + german[t], (t + 2) + "" + (o + 1));
            }
        }
        return Map.copyOf(words);
    }
}
