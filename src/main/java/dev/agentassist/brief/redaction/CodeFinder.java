package dev.agentassist.brief.redaction;

import dev.agentassist.brief.text.SpokenDigits;
import dev.agentassist.brief.text.Words;
import dev.agentassist.conversation.Turn;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Finds codes by what they are called: security codes, PINs, one-time codes, national ids. A code is called so in its own
 * sentence (“my PIN is 4471”, “4471 is my PIN”) or in the question that it answers.
 */
final class CodeFinder {

    /** Turns between a question and its answer. */
    private static final int FAR = 3;

    /** A number that was said, in digits or letters. */
    private record Code(int turn, String written, int start, int end, int first, int last) {}

    private final List<Heard> turns;
    private final List<Mark> marks = new ArrayList<>();
    private final Map<String, Secret> known = new HashMap<>();

    /** @param turns of which cards' numbers were taken out */
    CodeFinder(List<Heard> turns) {
        this.turns = turns;
    }

    /** @param cards what is known to be a card's number already */
    List<Mark> find(List<Mark> cards) {
        var all = new ArrayList<List<Code>>();
        for (Heard turn : turns) {
            List<Code> codes = codes(turn, cards);
            all.add(codes);
            for (int i = 0; i < codes.size(); i++) {
                Secret secret = secret(turn, codes, i);
                if (secret != null) {
                    marks.add(secret == Secret.NATIONAL_ID ? withLetters(turn, codes.get(i)) : withWords(turn, codes.get(i), secret));
                    known.put(codes.get(i).written(), secret);
                }
            }
        }
        again(all);
        return marks;
    }

    /** What was once told to be secret is so wherever it is said again, if it is long enough not to be met by chance. */
    private void again(List<List<Code>> all) {
        for (List<Code> codes : all) {
            for (Code code : codes) {
                Secret secret = code.written().length() >= 4 ? known.get(code.written()) : null;
                if (secret != null) {
                    marks.add(new Mark(secret, code.turn(), code.start(), code.end()));
                }
            }
        }
    }

    private Secret secret(Heard turn, List<Code> codes, int i) {
        Code code = codes.get(i);
        Cues.Cue near = turn.near(code.first(), code.last());
        if (near != null) {
            return fits(near.kind(), code.written());
        }
        boolean agent = turn.turn().speaker() == Turn.Speaker.AGENT;
        for (int t = turn.at() - 1; t >= Math.max(0, turn.at() - FAR); t--) {
            List<Cues.Cue> asked = turns.get(t).cues();
            if (asked.isEmpty()) {
                if (asksForANumber(turns.get(t))) {
                    return null;
                }
                continue;
            }
            if (declined(turns.get(t))) {
                return null;
            }
            int place = place(turn, codes, i, asked.size());
            if (place >= 0) {
                return fits(asked.get(place).kind(), code.written());
            }
            if (asked.getLast().kind() == Cues.Kind.OTHER && asksFor(turns.get(t), asked.getLast())) {
                return null;
            }
            for (int c = asked.size() - 1; c >= 0; c--) {
                Secret secret = fits(asked.get(c).kind(), code.written());
                if (secret != null && !(agent && t == turn.at() - 1 && !turns.get(t).pieces().isEmpty() && secret != known.get(code.written()))) {
                    return secret;
                }
            }
            return null;
        }
        return null;
    }

    /** Which of the things asked for a number answers, where as many numbers as questions are without a name of their own; or -1. */
    private static int place(Heard turn, List<Code> codes, int of, int asked) {
        int place = -1;
        int unnamed = 0;
        for (int i = 0; i < codes.size(); i++) {
            boolean named = turn.near(codes.get(i).first(), codes.get(i).last()) != null;
            place = i == of ? unnamed : place;
            unnamed += named ? 0 : 1;
        }
        return unnamed == asked ? place : -1;
    }

    private static final Set<String> MONTHS = Set.of("january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december");

    /** “May 30th 1991”: the year of a day is no code. */
    private static boolean year(Heard turn, Code code) {
        String w = code.written();
        if (w.length() != 4 || !w.startsWith("19") && !w.startsWith("20") || code.first() == 0) {
            return false;
        }
        String before = turn.words().get(code.first() - 1).norm();
        return before.length() >= 3 && ordinal(before) || MONTHS.contains(before);
    }

    /** “What's the organisation's ID?”: of a number that is none of those known here. */
    private static boolean asksForANumber(Heard turn) {
        boolean asks = turn.turn().speaker() == Turn.Speaker.AGENT && turn.turn().text().indexOf('?') >= 0;
        return asks && turn.words().stream().anyMatch(w -> w.norm().equals("id"));
    }

    private static final Set<String> NEEDS = Set.of("need", "preciso", "brauche", "necesito", "besoin", "bisogno", "nodig");

    private static final Set<String> NOT = Set.of("not", "nao", "nicht", "no", "non", "pas", "niet", "kein", "keine", "geen");

    /** “I don't need your passport number”: what follows is no answer to it. */
    private static boolean declined(Heard turn) {
        boolean agent = turn.turn().speaker() == Turn.Speaker.AGENT && turn.turn().text().indexOf('?') < 0;
        for (int i = 1; agent && i < turn.words().size(); i++) {
            if (NEEDS.contains(turn.words().get(i).norm()) && NOT.contains(turn.words().get(i - 1).norm())) {
                return true;
            }
        }
        return false;
    }

    /** “The ticket has to match the passport. What's the confirmation code?” asks for what stands last. */
    private static boolean asksFor(Heard turn, Cues.Cue cue) {
        String rest = turn.turn().text().substring(turn.words().get(cue.end() - 1).end()).strip();
        return rest.equals("?");
    }

    /** “AB 123456 C”: capitals around the digits of a national id belong to it. */
    private static Mark withLetters(Heard turn, Code code) {
        int first = code.first();
        int last = code.last();
        while (first > 0 && capitals(turn, first - 1)) {
            first--;
        }
        while (last + 1 < turn.words().size() && capitals(turn, last + 1)) {
            last++;
        }
        return new Mark(Secret.NATIONAL_ID, turn.at(), Math.min(code.start(), turn.words().get(first).start()), Math.max(code.end(), turn.words().get(last).end()));
    }

    /** “kiwi dash 8841 dash plum”: words that a dash joins to a code belong to it. */
    private static Mark withWords(Heard turn, Code code, Secret secret) {
        List<Words.Word> words = turn.words();
        int first = code.first();
        int last = code.last();
        while (first > 1 && DASHES.contains(words.get(first - 1).norm())) {
            first -= 2;
        }
        while (last + 2 < words.size() && DASHES.contains(words.get(last + 1).norm())) {
            last += 2;
        }
        int start = first == code.first() ? code.start() : words.get(first).start();
        return new Mark(secret, turn.at(), start, last == code.last() ? code.end() : words.get(last).end());
    }

    private static final Set<String> DASHES = Set.of("dash", "hyphen", "minus", "bindestrich", "guion", "tiret", "trattino");

    private static boolean capitals(Heard turn, int word) {
        Words.Word w = turn.words().get(word);
        String text = turn.turn().text().substring(w.start(), w.end());
        return text.length() <= 2 && !text.equals("I") && text.chars().allMatch(Character::isUpperCase);
    }

    private static Secret fits(Cues.Kind kind, String code) {
        int n = code.length();
        boolean digits = code.chars().allMatch(c -> c >= '0' && c <= '9');
        return switch (kind) {
            case SECURITY_CODE -> digits && (n == 3 || n == 4) ? Secret.SECURITY_CODE : digits && n >= 5 && n <= 8 ? Secret.ONE_TIME_CODE : null;
            case PIN -> n >= 3 && n <= 12 ? Secret.PASSWORD : null;
            case PASSWORD -> n >= 3 ? Secret.PASSWORD : null;
            case ONE_TIME_CODE -> n >= 3 && n <= 10 ? Secret.ONE_TIME_CODE : null;
            case NATIONAL_ID -> n >= 4 && n <= 20 ? Secret.NATIONAL_ID : null;
            case CARD, OTHER -> null;
        };
    }

    /** Digits, dictated letters and codes of both, one behind the other. */
    private static List<Code> codes(Heard turn, List<Mark> cards) {
        var codes = new ArrayList<Code>();
        Set<Integer> used = new HashSet<>();
        for (SpokenDigits.Run run : turn.runs()) {
            if (run.hasDigit() && !day(run.written().toLowerCase(java.util.Locale.ROOT)) && free(cards, turn.at(), run.start(), run.end()) && mixed(run.written())) {
                add(codes, used, turn, run.written(), run.start(), run.end());
            }
        }
        List<Digits.Piece> open = new ArrayList<>();
        for (Digits.Piece piece : turn.pieces()) {
            boolean fresh = free(cards, turn.at(), piece.start(), piece.end());
            if (!open.isEmpty() && (piece.apart() || piece.and() || !fresh)) {
                digits(codes, used, turn, open);
                open = new ArrayList<>();
            }
            if (fresh) {
                open.add(piece);
            }
        }
        digits(codes, used, turn, open);
        for (Words.Word word : turn.words()) {
            boolean mixed = word.norm().length() >= 4 && mixed(word.norm()) && !ordinal(word.norm());
            if (mixed && word.norm().length() <= 24 && free(cards, turn.at(), word.start(), word.end())) {
                add(codes, used, turn, word.norm(), word.start(), word.end());
            }
        }
        codes.removeIf(c -> year(turn, c));
        codes.sort((a, b) -> Integer.compare(a.start(), b.start()));
        return codes;
    }

    private static void digits(List<Code> codes, Set<Integer> used, Heard turn, List<Digits.Piece> pieces) {
        String written = String.join("", pieces.stream().map(Digits.Piece::digits).toList());
        if (written.length() >= 3) {
            add(codes, used, turn, written, pieces.getFirst().start(), pieces.getLast().end());
        }
    }

    private static boolean mixed(String code) {
        boolean letter = false;
        boolean digit = false;
        for (int i = 0; i < code.length(); i++) {
            letter |= Character.isLetter(code.charAt(i));
            digit |= Character.isDigit(code.charAt(i));
        }
        return letter && digit;
    }

    /** “14th”, “30th 1991” */
    private static boolean day(String word) {
        boolean year = word.length() > 6 && (word.startsWith("19", word.length() - 4) || word.startsWith("20", word.length() - 4));
        return ordinal(year ? word.substring(0, word.length() - 4) : word);
    }

    /** “14th” is a day. */
    private static boolean ordinal(String word) {
        int n = word.length();
        if (n < 3) {
            return false;
        }
        String suffix = word.substring(n - 2);
        boolean day = n <= 4 && (suffix.equals("st") || suffix.equals("nd") || suffix.equals("rd") || suffix.equals("th"));
        return day && Character.isDigit(word.charAt(0)) && Character.isDigit(word.charAt(n - 3));
    }

    private static boolean free(List<Mark> cards, int turn, int start, int end) {
        return cards.stream().noneMatch(m -> m.turn() == turn && m.start() < end && start < m.end());
    }

    private static void add(List<Code> codes, Set<Integer> used, Heard turn, String written, int start, int end) {
        int first = -1;
        int last = -1;
        for (int i = 0; i < turn.words().size(); i++) {
            Words.Word word = turn.words().get(i);
            if (word.start() < end && word.end() > start) {
                if (used.contains(i)) {
                    return;
                }
                first = first < 0 ? i : first;
                last = i;
            }
        }
        for (int i = first; i <= last; i++) {
            used.add(i);
        }
        codes.add(new Code(turn.at(), written, start, end, first, last));
    }
}
