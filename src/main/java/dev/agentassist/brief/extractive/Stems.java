package dev.agentassist.brief.extractive;

/** A light stemmer: enough that “refunded”, “refunds” and “refund” count as one word. */
final class Stems {

    private Stems() {}

    static String of(String word) {
        int n = word.length();
        if (n <= 3 || !Character.isLetter(word.charAt(n - 1))) {
            return word;
        }
        String stem = word;
        if (stem.endsWith("ies") && n > 4) {
            stem = stem.substring(0, n - 3) + "y";
        } else if (stem.endsWith("sses")) {
            stem = stem.substring(0, n - 2);
        } else if (stem.endsWith("s") && !stem.endsWith("ss") && !stem.endsWith("us") && !stem.endsWith("is")) {
            stem = stem.substring(0, n - 1);
        }
        n = stem.length();
        if (stem.endsWith("ing") && n > 5) {
            stem = undouble(stem.substring(0, n - 3));
        } else if (stem.endsWith("ed") && n > 4) {
            stem = undouble(stem.substring(0, n - 2));
        } else if (stem.endsWith("ly") && n > 5) {
            stem = stem.substring(0, n - 2);
        }
        n = stem.length();
        return n > 4 && stem.endsWith("e") ? stem.substring(0, n - 1) : stem;
    }

    private static String undouble(String stem) {
        int n = stem.length();
        boolean doubled = n > 3 && stem.charAt(n - 1) == stem.charAt(n - 2) && "bdgmnprt".indexOf(stem.charAt(n - 1)) >= 0;
        return doubled ? stem.substring(0, n - 1) : stem;
    }
}
