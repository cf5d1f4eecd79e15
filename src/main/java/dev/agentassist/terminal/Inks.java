package dev.agentassist.terminal;

import java.util.EnumMap;
import java.util.Map;

/**
 * How ink looks: parameters of SGR (ECMA-48, 8.3.117). The colours are those that can be read on a dark and on a light
 * background alike, since a terminal does not tell which it has; without colour, by weight alone.
 */
final class Inks {

    private static final int MANY = 256;
    private static final int SOME = 8;

    private final Map<Ink, String> parameters = new EnumMap<>(Ink.class);

    /** {@code colors}: how many the terminal has; 0 for none at all. */
    Inks(int colors) {
        boolean many = colors >= MANY;
        boolean some = colors >= SOME;
        parameters.put(Ink.PLAIN, "");
        parameters.put(Ink.FAINT, some ? "2" : "");
        parameters.put(Ink.STRONG, "1");
        parameters.put(Ink.MATCH, "7");
        parameters.put(Ink.SELECTED, "1;4");
        parameters.put(Ink.CALLER, many ? "38;5;31" : some ? "36" : "1");
        parameters.put(Ink.AGENT, many ? "38;5;133" : some ? "35" : "1");
        parameters.put(Ink.OTHER, many ? "38;5;64" : some ? "32" : "1");
        parameters.put(Ink.WARNING, many ? "38;5;130" : some ? "33" : "1");
        parameters.put(Ink.LIVE, many ? "1;38;5;231;48;5;160" : some ? "1;37;41" : "1;7");
        parameters.put(Ink.CONNECTING, many ? "1;38;5;16;48;5;178" : some ? "30;43" : "1;7");
        parameters.put(Ink.ENDED, "7");
    }

    /** The line with the sequences that make it look so; afterwards nothing is set. */
    String paint(Line line) {
        var painted = new StringBuilder();
        for (Line.Piece piece : line.pieces()) {
            String sgr = parameters.get(piece.ink());
            if (sgr.isEmpty()) {
                painted.append(piece.text());
            } else if (!piece.text().isEmpty()) {
                painted.append("\u001b[").append(sgr).append('m').append(piece.text()).append("\u001b[0m");
            }
        }
        return painted.toString();
    }
}
