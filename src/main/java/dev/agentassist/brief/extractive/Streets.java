package dev.agentassist.brief.extractive;

import dev.agentassist.brief.text.Words;
import java.util.List;
import java.util.Set;

/** Words of which every address that {@link ValueScanner} finds has one: most speech has none, and need not be searched. */
final class Streets {

    private static final Set<String> KINDS = Set.of(
            "street", "avenue", "ave", "road", "rd", "drive", "lane", "ln", "boulevard", "blvd", "court", "way", "terrace", "circle", "highway", "square",
            "parkway", "crescent", "close", "st", "dr", "ct", "pl", "place", "rue", "chemin", "impasse",
            "quai", "allee", "cours", "via", "viale", "corso", "piazza", "rua", "avenida", "travessa", "largo", "calle", "plaza", "paseo", "carrera");

    static final Set<String> DWELLINGS = Set.of("apartment", "apt", "unit", "suite", "flat");

    /** German and Dutch write the kind at the end of the name; folded, as words compare. */
    private static final List<String> ENDINGS = List.of("strasse", "str", "weg", "platz", "allee", "gasse", "straat", "laan", "gracht", "plein", "kade");

    private Streets() {}

    /** Whether a street or a dwelling may be named, or a town with its code. */
    static boolean named(List<Words.Word> words) {
        for (Words.Word word : words) {
            String norm = word.norm();
            if (KINDS.contains(norm) || DWELLINGS.contains(norm) || code(norm)) {
                return true;
            }
            for (String ending : ENDINGS) {
                if (norm.endsWith(ending)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean code(String norm) {
        if (norm.length() != 4 && norm.length() != 5) {
            return false;
        }
        for (int i = 0; i < norm.length(); i++) {
            if (!Character.isDigit(norm.charAt(i))) {
                return false;
            }
        }
        return true;
    }
}
