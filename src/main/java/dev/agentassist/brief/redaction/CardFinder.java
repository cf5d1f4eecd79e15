package dev.agentassist.brief.redaction;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Finds payment card numbers: written, spoken, in groups, and spread over turns while the other side says “go on”. Where
 * a card's number was asked for, a number of its length is taken for one even if its check digit does not fit: a
 * recogniser mishears.
 */
final class CardFinder {

    /** Turns that may lie between two parts of a number. */
    private static final int FAR = 4;

    /** Words that the other side may say in between, where no card was asked for. */
    private static final int SHORT_REMARK = 8;

    /** Digits from which a part of a number counts, where a card was asked for. */
    private static final int PART = 8;

    private final List<Heard> turns;
    private final List<Mark> marks = new ArrayList<>();
    private final Set<Digits.Piece> taken = new HashSet<>();

    CardFinder(List<Heard> turns) {
        this.turns = turns;
    }

    List<Mark> find() {
        var known = new ArrayList<Known>();
        for (List<Digits.Piece> strand : strands()) {
            inStrand(strand, known);
        }
        readBack(known);
        return marks;
    }

    /** A card's digits and the turns in which they were said. */
    private record Known(String digits, int from, int to) {}

    /** Pieces of one speaker that can belong to one number. */
    private List<List<Digits.Piece>> strands() {
        var strands = new ArrayList<List<Digits.Piece>>();
        var open = new ArrayList<List<Digits.Piece>>(java.util.Arrays.asList(null, null));
        for (Heard turn : turns) {
            int speaker = turn.turn().speaker().ordinal();
            for (Digits.Piece piece : turn.pieces()) {
                List<Digits.Piece> strand = open.get(speaker);
                if (strand == null || !goesOn(strand.getLast(), piece)) {
                    strand = new ArrayList<>();
                    open.set(speaker, strand);
                    strands.add(strand);
                }
                strand.add(piece);
            }
        }
        return strands;
    }

    private boolean goesOn(Digits.Piece before, Digits.Piece piece) {
        if (before.turn() == piece.turn()) {
            return !piece.apart() || about(before, Cues.Kind.CARD) && about(piece, Cues.Kind.CARD) && piece.first() - before.last() <= 6;
        }
        if (piece.turn() - before.turn() > FAR) {
            return false;
        }
        if (about(before, Cues.Kind.CARD) && about(piece, Cues.Kind.CARD)) {
            return true;
        }
        if (piece.apart() || !turns.get(before.turn()).endsAt(before.last())) {
            return false;
        }
        for (int t = before.turn() + 1; t < piece.turn(); t++) {
            Heard between = turns.get(t);
            if (between.words().size() > SHORT_REMARK && between.pieces().isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Whether the nearest cue to a piece, in its turn or just before, is of a kind. */
    private boolean about(Digits.Piece piece, Cues.Kind kind) {
        Cues.Cue near = turns.get(piece.turn()).near(piece.first(), piece.last());
        for (int t = piece.turn() - 1; near == null && t >= Math.max(0, piece.turn() - 2 * FAR); t--) {
            List<Cues.Cue> cues = turns.get(t).cues();
            if (cues.stream().anyMatch(c -> c.kind() == kind)) {
                return true;
            }
            near = cues.isEmpty() ? null : cues.getLast();
        }
        return near != null && near.kind() == kind;
    }

    private void inStrand(List<Digits.Piece> strand, List<Known> known) {
        int length = strand.stream().mapToInt(p -> p.digits().length()).sum();
        boolean asked = about(strand.getFirst(), Cues.Kind.CARD);
        if (asked && length >= PART && length <= CardNumbers.LONGEST) {
            take(strand, known);
            return;
        }
        boolean found = false;
        int from = 0;
        while (from < strand.size()) {
            int to = window(strand, from);
            if (to > from) {
                take(strand.subList(from, to), known);
                found = true;
                from = to;
            } else {
                from++;
            }
        }
        if (!found && asked && length >= PART) {
            int to = 0;
            for (int digits = 0; to < strand.size() && digits < CardNumbers.SHORTEST + 2; to++) {
                digits += strand.get(to).digits().length();
            }
            take(strand.subList(0, to), known);
        }
    }

    /** The end of a card's number that begins at a piece, or {@code from} where none does; what an issuer would give out first. */
    private int window(List<Digits.Piece> strand, int from) {
        var digits = new StringBuilder();
        int best = from;
        int bestRank = 0;
        for (int to = from; to < strand.size() && digits.length() < CardNumbers.LONGEST; to++) {
            digits.append(strand.get(to).digits());
            String number = digits.toString();
            int rank = CardNumbers.valid(number) ? number.length() == 16 ? 3 : 2
                    : CardNumbers.checks(number) && shaped(strand.subList(from, to + 1)) ? 1 : 0;
            if (rank > bestRank) {
                best = to + 1;
                bestRank = rank;
            }
        }
        return best;
    }

    /** Written as cards are, in one piece or in groups of four, and not said to be something else. */
    private boolean shaped(List<Digits.Piece> pieces) {
        boolean groups = pieces.size() == 1
                || pieces.size() == 4 && pieces.stream().allMatch(p -> p.digits().length() == 4) && pieces.getFirst().turn() == pieces.getLast().turn();
        return about(pieces.getFirst(), Cues.Kind.CARD) || groups && !about(pieces.getFirst(), Cues.Kind.OTHER);
    }

    private void take(List<Digits.Piece> pieces, List<Known> known) {
        var digits = new StringBuilder();
        for (Digits.Piece piece : pieces) {
            digits.append(piece.digits());
            mark(piece);
        }
        known.add(new Known(digits.toString(), pieces.getFirst().turn(), pieces.getLast().turn()));
    }

    private void mark(Digits.Piece piece) {
        if (taken.add(piece)) {
            marks.add(new Mark(Secret.PAYMENT_CARD, piece.turn(), piece.start(), piece.end()));
        }
    }

    /** Parts that either side says again. The last four may be named: “the card ending in 4242”. */
    private void readBack(List<Known> known) {
        for (Known card : known) {
            for (int t = Math.max(0, card.from() - 1); t < turns.size(); t++) {
                boolean close = t <= card.to() + 2;
                for (List<Digits.Piece> run : runs(turns.get(t))) {
                    String said = String.join("", run.stream().map(Digits.Piece::digits).toList());
                    int least = close ? 3 : 5;
                    boolean part = said.length() >= least && card.digits().contains(said);
                    boolean ending = said.length() == 4 && card.digits().endsWith(said) && afterEnding(turns.get(t), run.getFirst());
                    if (part && !ending) {
                        run.forEach(this::mark);
                    }
                }
            }
        }
    }

    private List<List<Digits.Piece>> runs(Heard turn) {
        var runs = new ArrayList<List<Digits.Piece>>();
        for (Digits.Piece piece : turn.pieces()) {
            if (taken.contains(piece)) {
                continue;
            }
            boolean goesOn = !runs.isEmpty() && !piece.apart() && piece.first() - runs.getLast().getLast().last() <= 2;
            if (!goesOn) {
                runs.add(new ArrayList<>());
            }
            runs.getLast().add(piece);
        }
        return runs;
    }

    private static boolean afterEnding(Heard turn, Digits.Piece piece) {
        for (int i = Math.max(0, piece.first() - 5); i < piece.first(); i++) {
            String word = turn.words().get(i).norm();
            if (word.startsWith("end") || word.equals("last") || word.equals("final") || word.equals("termina") || word.equals("endet")) {
                return true;
            }
        }
        return false;
    }
}
