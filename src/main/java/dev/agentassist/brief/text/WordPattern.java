package dev.agentassist.brief.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Words in a row, as a person writes down what they listen for: {@code talk|speak} is one of these, {@code really?} may
 * be missing, {@code _} is any one word, {@code *} up to three words. Compared as {@link Words} compares: case, accents,
 * punctuation and English contractions do not matter.
 */
public final class WordPattern {

    private static final int LONGEST_GAP = 3;

    /** A place in the row. {@code any}: whatever stands there; {@code gap}: up to three words. */
    private record Place(List<String> words, boolean any, boolean gap, boolean optional) {}

    private final String source;
    private final List<Place> places;

    private WordPattern(String source, List<Place> places) {
        this.source = source;
        this.places = places;
    }

    /** Throws {@link IllegalArgumentException}, whose message is a sentence, when no word is in it. */
    public static WordPattern of(String source) {
        var places = new ArrayList<Place>();
        boolean anyWord = false;
        for (String part : source.strip().split("\\s+")) {
            if (part.equals("*")) {
                places.add(new Place(List.of(), false, true, false));
                continue;
            }
            if (part.equals("_")) {
                places.add(new Place(List.of(), true, false, false));
                continue;
            }
            boolean optional = part.length() > 1 && part.endsWith("?");
            anyWord |= add(optional ? part.substring(0, part.length() - 1) : part, optional, places);
        }
        if (!anyWord) {
            throw new IllegalArgumentException("“" + source + "” has no word to listen for.");
        }
        return new WordPattern(source, List.copyOf(places));
    }

    /** Returns whether there was a word that must be said. */
    private static boolean add(String part, boolean optional, List<Place> places) {
        String[] alternatives = part.split("\\|");
        if (alternatives.length == 1) {
            // “I'm” is two words, “e-mail” as well.
            String[] norms = Words.norms(part);
            for (String norm : norms) {
                places.add(new Place(List.of(norm), false, false, optional));
            }
            return norms.length > 0 && !optional;
        }
        var words = new ArrayList<String>();
        for (String alternative : alternatives) {
            String[] norms = Words.norms(alternative);
            if (norms.length != 1) {
                throw new IllegalArgumentException(
                        "“" + part + "” has “" + alternative + "” among its alternatives, which is not one word.");
            }
            words.add(norms[0]);
        }
        places.add(new Place(List.copyOf(words), false, false, optional));
        return !optional;
    }

    /** As it was written. */
    public String source() {
        return source;
    }

    /** Whether it occurs anywhere in a row of {@linkplain Words#norms normal forms}. */
    public boolean in(String[] norms) {
        for (int from = 0; from < norms.length; from++) {
            if (match(0, norms, from)) {
                return true;
            }
        }
        return false;
    }

    private boolean match(int at, String[] norms, int i) {
        if (at == places.size()) {
            return true;
        }
        Place place = places.get(at);
        if (place.gap()) {
            for (int skip = 0; skip <= LONGEST_GAP && i + skip <= norms.length; skip++) {
                if (match(at + 1, norms, i + skip)) {
                    return true;
                }
            }
            return false;
        }
        if (i < norms.length && (place.any() || place.words().contains(norms[i])) && match(at + 1, norms, i + 1)) {
            return true;
        }
        return place.optional() && match(at + 1, norms, i);
    }

    @Override
    public String toString() {
        return source;
    }
}
