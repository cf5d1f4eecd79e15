package dev.agentassist.brief.extractive;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Guesses which of the languages with cue phrases a call was held in, by words that only one of them has. */
final class Language {

    private static final List<Set<String>> TELLING = List.of(
            Set.of("the", "my", "is", "and", "you", "it", "have", "to", "i", "that", "of", "this", "for", "not", "yes", "what"),
            Set.of("el", "los", "las", "y", "mi", "con", "pero", "usted", "quiero", "tengo", "muy", "esta", "gracias",
                    "hola", "puedo", "necesito", "porque", "buenos", "buenas", "le", "su", "por", "llamo", "numero", "estoy"),
            Set.of("ich", "und", "der", "die", "das", "nicht", "ist", "mein", "meine", "ein", "eine", "mit", "auf", "wir",
                    "sie", "habe", "bitte", "danke", "ja", "nein", "guten", "mir", "von", "kann"));

    /** A language counts when it has at least this share of the telling words of the strongest. */
    private static final double SHARE = 0.25;

    /** Fewer telling words in a hundred than this, and the call is in none of the languages. */
    private static final double LEAST = 0.06;

    private Language() {}

    /** The languages that a call is in, the strongest first; empty when it is in none that is known. */
    static List<String> of(List<String[]> turns) {
        var counts = new int[TELLING.size()];
        int words = 0;
        for (String[] turn : turns) {
            for (String word : turn) {
                words++;
                for (int i = 0; i < counts.length; i++) {
                    if (TELLING.get(i).contains(word)) {
                        counts[i]++;
                    }
                }
            }
        }
        int most = 0;
        for (int count : counts) {
            most = Math.max(most, count);
        }
        var languages = new ArrayList<String>();
        for (int rank = 0; rank < counts.length; rank++) {
            int best = -1;
            for (int i = 0; i < counts.length; i++) {
                boolean counted = counts[i] > 0 && counts[i] >= SHARE * most && counts[i] >= LEAST * words * SHARE;
                if (counted && !languages.contains(Lexicon.LANGUAGES.get(i)) && (best < 0 || counts[i] > counts[best])) {
                    best = i;
                }
            }
            if (best >= 0 && most >= LEAST * words) {
                languages.add(Lexicon.LANGUAGES.get(best));
            }
        }
        return languages;
    }
}
