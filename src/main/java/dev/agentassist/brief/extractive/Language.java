package dev.agentassist.brief.extractive;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Guesses which of the languages with cue phrases a call was held in, by words that only one of them has. */
final class Language {

    /** In the order of {@link Lexicon#LANGUAGES}. */
    private static final String[] TELLING = {
        "the my is and you it have to i that of this for not yes what",
        "el los las y pero usted quiero tengo muy gracias hola puedo necesito buenos buenas llamo estoy hay mi con su por le numero esta",
        "ich und der die das nicht ist mein meine ein eine mit auf wir sie habe bitte danke ja nein guten mir von kann",
        "je vous pas est les des une mais pour avec mon ma et bonjour merci oui suis nous ce ne le c",
        "il che di non sono della ho grazie buongiorno posso gli anche questo perche per mi buonasera vorrei",
        "nao voce eu em do da obrigado obrigada meu minha uma foi ele ela isso ao um o bom boa os",
        "het een ik niet van mijn dat heb u met op voor naar wel goed de en bedankt"
    };

    /** Which languages each telling word speaks for, a bit each. */
    private static final Map<String, Integer> SPEAKS_FOR = speaksFor();

    private static Map<String, Integer> speaksFor() {
        var map = new HashMap<String, Integer>();
        for (int i = 0; i < TELLING.length; i++) {
            for (String word : TELLING[i].split(" ")) {
                map.put(word, map.getOrDefault(word, 0) | 1 << i);
            }
        }
        return map;
    }

    /** A language counts when it has at least this share of the telling words of the strongest. */
    private static final double SHARE = 0.4;

    /** Fewer telling words in a hundred than this, and the call is in none of the languages. */
    private static final double LEAST = 0.06;

    private Language() {}

    /** The languages that a call is in, the strongest first; empty when it is in none that is known. */
    static List<String> of(List<String[]> turns) {
        var counts = new int[TELLING.length];
        int words = 0;
        for (String[] turn : turns) {
            for (String word : turn) {
                words++;
                Integer languages = SPEAKS_FOR.get(word);
                for (int i = 0; languages != null && i < counts.length; i++) {
                    counts[i] += languages >> i & 1;
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
