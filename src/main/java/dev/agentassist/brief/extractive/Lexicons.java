package dev.agentassist.brief.extractive;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The lexicons that were needed so far, each read once. For any number of threads. */
final class Lexicons {

    private final Map<String, Lexicon> byLanguage = new ConcurrentHashMap<>();

    Lexicon of(String language) {
        Lexicon known = byLanguage.get(language);
        if (known == null) {
            known = Lexicon.of(language);
            byLanguage.put(language, known);
        }
        return known;
    }
}
