package dev.agentassist.brief.redaction;

import dev.agentassist.brief.text.Words;
import dev.agentassist.conversation.Turn;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Finds passwords that are words: what follows “my password is …”, and the answer to a question for one. Whoever says that
 * a password does not work gives none away.
 */
final class PasswordFinder {

    /** Words of a password at the most. */
    private static final int LONGEST = 12;

    /** An answer of more words is a remark, not a password. */
    private static final int ANSWER = 8;

    private static final Set<String> IS = Set.of("is", "was", "es", "ist", "est", "e", "era", "war", "lautet", "to", "be");

    private static final Set<String> LEADS = Set.of(
            "it", "its", "is", "that", "the", "my", "yes", "yeah", "sure", "ok", "okay", "um", "uh", "so", "well", "of", "course", "should", "be",
            "password", "pin", "word", "es", "ist", "si", "ja", "claro", "mi", "mein", "la", "el", "das", "all", "right", "called", "would", "think", "i",
            "memorable", "secret", "passphrase", "contrasena", "passwort", "capital", "was", "just", "lower", "case", "upper");

    /** What begins a remark on a password rather than a password. */
    private static final Set<String> REMARKS = Set.of(
            "not", "no", "never", "wrong", "incorrect", "invalid", "expired", "locked", "blocked", "working", "being", "a", "an", "the", "my", "your",
            "still", "in", "on", "at", "too", "also", "different", "same", "required", "needed", "reset", "set", "sent", "correct", "right", "fine", "ok",
            "okay", "good", "secure", "safe", "rejected", "refused", "accepted", "gone", "lost", "forgotten", "what", "why", "how", "where", "something",
            "i", "we", "you", "it", "that", "this", "nicht", "falsch", "abgelaufen", "incorrecta", "isn't", "changed", "stored", "known", "there", "dont",
            "do", "can", "could", "would", "sorry", "who", "when", "one", "case", "over", "under", "now", "already", "up", "out", "for", "to", "because", "and", "or", "but");

    private static final Set<String> ASKING = Set.of("please", "need", "give", "tell", "confirm", "provide", "say", "enter");

    private PasswordFinder() {}

    static List<Mark> find(List<Heard> turns) {
        var marks = new ArrayList<Mark>();
        for (Heard turn : turns) {
            for (Cues.Cue cue : turn.cues()) {
                if (cue.kind() == Cues.Kind.PASSWORD || cue.kind() == Cues.Kind.PIN) {
                    stated(turn, cue, marks);
                }
            }
            if (turn.at() > 0 && turn.turn().speaker() == Turn.Speaker.CALLER && asked(turns.get(turn.at() - 1))) {
                answered(turn, marks);
            }
        }
        return marks;
    }

    /** “The password is …”, “password: …”; up to where the clause ends. */
    private static void stated(Heard turn, Cues.Cue cue, List<Mark> marks) {
        List<Words.Word> words = turn.words();
        String text = turn.turn().text();
        int at = cue.end();
        boolean written = at < words.size() && text.substring(words.get(at - 1).end(), Math.max(words.get(at - 1).end(), words.get(at).start())).matches("\\s*[:=]\\s*[\"“']?");
        boolean told = written;
        // “password for my account is …”
        for (int i = at; !told && i < Math.min(words.size(), at + 6); i++) {
            if (IS.contains(words.get(i).norm()) && !clauseEnds(text, words, at - 1, i)) {
                at = i + 1;
                told = true;
            }
        }
        if (told && at < words.size() && (written || !remark(turn, words.get(at)))) {
            mark(turn, at, marks);
        }
    }

    private static boolean asked(Heard before) {
        if (before.turn().speaker() != Turn.Speaker.AGENT) {
            return false;
        }
        boolean password = false;
        boolean other = false;
        for (Cues.Cue cue : before.cues()) {
            password |= cue.kind() == Cues.Kind.PASSWORD;
            other |= cue.kind() == Cues.Kind.OTHER;
        }
        return password && !other && (before.turn().text().indexOf('?') >= 0 || before.words().stream().anyMatch(w -> ASKING.contains(w.norm())));
    }

    private static void answered(Heard turn, List<Mark> marks) {
        List<Words.Word> words = turn.words();
        int from = 0;
        while (from < words.size() && LEADS.contains(words.get(from).norm())) {
            from++;
        }
        boolean led = from > 0 && Set.of("is", "es", "ist", "be", "was", "called").contains(words.get(from - 1).norm());
        int left = words.size() - from;
        if (from < words.size() && !remark(turn, words.get(from)) && (led || left <= ANSWER && !refuses(words))) {
            mark(turn, from, marks);
        }
    }

    /** “I don't remember” and the like. */
    private static boolean refuses(List<Words.Word> words) {
        return words.stream().anyMatch(w -> Set.of("not", "forgot", "forgotten", "remember", "why", "what", "no", "never", "rather", "cannot").contains(w.norm()));
    }

    /** A word that begins a remark, unless a sign or capital shows that it is dictated. */
    private static boolean remark(Heard turn, Words.Word word) {
        int before = word.start() - 1;
        boolean quoted = before >= 0 && "\"“'‘".indexOf(turn.turn().text().charAt(before)) >= 0;
        return !quoted && REMARKS.contains(word.norm());
    }

    private static void mark(Heard turn, int from, List<Mark> marks) {
        List<Words.Word> words = turn.words();
        String text = turn.turn().text();
        int to = from;
        while (to + 1 < words.size() && to + 1 - from < LONGEST && !clauseEnds(text, words, to, to + 1)) {
            to++;
        }
        int end = words.get(to).end();
        // Signs that belong to it: “hunter2!”
        while (end < text.length() && "!@#$%^&*+=_-~".indexOf(text.charAt(end)) >= 0) {
            end++;
        }
        marks.add(new Mark(Secret.PASSWORD, turn.at(), words.get(from).start(), end));
    }

    /** Whether a sentence or clause ends between two words; a comma between single characters is dictation. */
    private static boolean clauseEnds(String text, List<Words.Word> words, int before, int after) {
        boolean dictated = words.get(before).end() - words.get(before).start() == 1 || words.get(after).end() - words.get(after).start() == 1;
        boolean space = false;
        for (int i = words.get(before).end(); i < words.get(after).start(); i++) {
            char c = text.charAt(i);
            boolean last = i + 1 >= text.length() || Character.isWhitespace(text.charAt(i + 1));
            space |= Character.isWhitespace(c);
            if (last && (c == '.' || c == '?' || c == '!' || c == ';' || c == ',' && !dictated) || c == '\n') {
                return true;
            }
        }
        return space && Set.of("but", "and", "can", "could", "please", "pero", "aber", "so", "thanks").contains(words.get(after).norm()) && !dictated;
    }
}
