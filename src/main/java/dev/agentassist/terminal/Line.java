package dev.agentassist.terminal;

import java.util.ArrayList;
import java.util.List;

/** One line of a full screen: pieces of harmless text. */
public record Line(List<Piece> pieces) {

    /** Text of one kind. */
    public record Piece(Ink ink, String text) {}

    public static final Line EMPTY = new Line(List.of());

    public Line {
        pieces = List.copyOf(pieces);
    }

    public static Line of(Ink ink, String text) {
        return new Line(List.of(new Piece(ink, text)));
    }

    public Line and(Ink ink, String text) {
        var more = new ArrayList<>(pieces);
        more.add(new Piece(ink, text));
        return new Line(more);
    }

    public Line and(Line other) {
        var more = new ArrayList<>(pieces);
        more.addAll(other.pieces);
        return new Line(more);
    }

    public int width() {
        return pieces.stream().mapToInt(p -> Columns.width(p.text())).sum();
    }

    /** Filled up with spaces, or cut, to a width. */
    public Line fit(int columns) {
        var fitted = new ArrayList<Piece>();
        int left = columns;
        for (Piece piece : pieces) {
            if (left > 0) {
                String text = Columns.clip(piece.text(), left);
                fitted.add(new Piece(piece.ink(), text));
                left -= Columns.width(text);
            }
        }
        if (left > 0) {
            fitted.add(new Piece(Ink.PLAIN, " ".repeat(left)));
        }
        return new Line(fitted);
    }

    public String text() {
        var text = new StringBuilder();
        pieces.forEach(p -> text.append(p.text()));
        return text.toString();
    }
}
