package dev.agentassist.brief.extractive;

import dev.agentassist.brief.text.Words;
import java.util.List;
import java.util.Set;

/** What a speaker takes back in the breath in which it was said: “not 4417”, “the 9th. No, no, the fifteenth”. */
final class Retractions {

    private static final Set<String> STUMBLES = Set.of("no", "nope", "wait", "hold", "hang", "on", "sorry", "oh", "actually", "uh", "um", "nein", "moment", "halt");

    /** Words before a value that take it back. */
    private static final Set<String> TAKES_BACK = Set.of("not", "nicht", "instead");

    private Retractions() {}

    static boolean takenBack(Said said, ValueSpan span) {
        String before = null;
        String twoBefore = null;
        String behind = null;
        for (Words.Word word : said.words()) {
            if (word.end() <= span.start()) {
                twoBefore = before;
                before = word.norm();
            } else if (word.start() >= span.end() && behind == null) {
                behind = word.norm();
            }
        }
        // “nine four four… no”
        return deniedBehind(said.turn().text(), span.end()) || "no".equals(behind) && said.words().getLast().norm().equals("no") || before != null && TAKES_BACK.contains(before)
                || "of".equals(before) && "instead".equals(twoBefore)
                || "than".equals(before) && "rather".equals(twoBefore);
    }

    private static boolean deniedBehind(String text, int from) {
        int i = from;
        while (i < text.length() && " .…,".indexOf(text.charAt(i)) >= 0) {
            i++;
        }
        boolean denied = text.regionMatches(true, i, "no", 0, 2) && i + 2 < text.length() && ".,".indexOf(text.charAt(i + 2)) >= 0;
        return otherThing(text, i) || denied && i > from && text.charAt(i - 1) == ' ' && text.substring(from, i).indexOf('.') >= 0;
    }

    /** “… hold on, that’s the date” */
    private static boolean otherThing(String text, int from) {
        String rest = Words.fold(text.substring(from, Math.min(text.length(), from + 40)));
        int at = rest.indexOf("that's the ");
        at = at < 0 ? rest.indexOf("that is the ") : at;
        at = at < 0 ? rest.indexOf("das ist das ") : at;
        at = at < 0 ? rest.indexOf("das ist die ") : at;
        if (at <= 0) {
            return false;
        }
        for (String word : rest.substring(0, at).split("[ ,.…]+")) {
            if (!word.isEmpty() && !STUMBLES.contains(word)) {
                return false;
            }
        }
        return rest.charAt(0) != 't';
    }

    /** The value of the same make, earlier in a turn that corrects itself, that another one stands for; or null. */
    static ValueSpan corrected(Reading reading, List<ValueSpan> spans, ValueSpan span, int number) {
        ValueSpan earlier = null;
        if (span.type() == ValueSpan.Type.CODE && reading.turnHas(number, Cue.CORRECTION)) {
            for (ValueSpan other : spans) {
                boolean same = other.type() == span.type() && Math.abs(other.value().length() - span.value().length()) <= 1;
                earlier = other.end() <= span.start() && same ? other : earlier;
            }
        }
        if (span.type() == ValueSpan.Type.DATE || span.type() == ValueSpan.Type.TIME || span.type() == ValueSpan.Type.MONEY) {
            for (ValueSpan other : spans) {
                boolean before = other.type() == span.type() && other.end() <= span.start();
                earlier = before && deniedBetween(reading.of(number), other.end(), span.start()) ? other : earlier;
            }
        }
        return earlier;
    }

    /** “December 9th. — No, no, …”: a sentence between the two begins with a no. */
    private static boolean deniedBetween(List<Said> turn, int from, int to) {
        for (Said said : turn) {
            boolean between = said.start() >= from && said.start() <= to && !said.words().isEmpty();
            if (between && (STUMBLES.contains(said.words().getFirst().norm()) && said.has(Cue.NO) || said.has(Cue.CORRECTION) && said.words().getFirst().norm().equals("sorry"))) {
                return true;
            }
        }
        return false;
    }
}
