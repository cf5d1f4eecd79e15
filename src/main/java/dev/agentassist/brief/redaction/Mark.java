package dev.agentassist.brief.redaction;

import java.util.ArrayList;
import java.util.List;

/** A piece of a turn that is secret. */
record Mark(Secret secret, int turn, int start, int end) {

    /** The text with each marked piece replaced; pieces that touch or overlap become one, of the first one's kind. */
    static String replace(String text, List<Mark> marks) {
        if (marks.isEmpty()) {
            return text;
        }
        var sorted = new ArrayList<>(marks);
        sorted.sort((a, b) -> a.start() != b.start() ? Integer.compare(a.start(), b.start()) : Integer.compare(b.end(), a.end()));
        var out = new StringBuilder(text.length());
        int at = 0;
        int end = -1;
        Secret kind = null;
        for (Mark mark : sorted) {
            boolean goesOn = end >= 0 && (mark.start() <= end || mark.secret() == kind && separators(text, end, mark.start()));
            if (!goesOn) {
                out.append(text, at, mark.start()).append(mark.secret().replacement());
                kind = mark.secret();
            }
            end = goesOn ? Math.max(end, mark.end()) : mark.end();
            at = end;
        }
        return out.append(text, at, text.length()).toString();
    }

    private static boolean separators(String text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (Character.isLetterOrDigit(text.charAt(i)) || ".!?;:".indexOf(text.charAt(i)) >= 0) {
                return false;
            }
        }
        return true;
    }
}
