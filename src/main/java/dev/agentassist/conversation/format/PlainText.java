package dev.agentassist.conversation.format;

import dev.agentassist.problem.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of {@code Speaker: text}, with or without a time in brackets before them ({@code [00:01:30] Agent: …}); a line
 * without a speaker goes on with the turn before it; lines that begin with {@code #} are left out.
 */
final class PlainText implements TextShape {

    private static final int LABEL_END = 120;

    /** Groups: the time or null, the label, the text. A label is short, and no sentence. */
    static final Pattern LABEL = Pattern.compile(
            "^\\s*(?:[\\[(]((?:\\d{1,2}:)?\\d{1,3}:\\d{2}(?:[.,]\\d{1,3})?)[\\])]\\s*)?([\\p{L}\\p{N}][\\p{L}\\p{N} ._'’()-]{0,39}?)\\s*:(?!//)\\s*(.*)$",
            Pattern.DOTALL);

    /** A label and what stands before it is short: without a colon there is none, and no long line need be searched for it. */
    static boolean mayHaveLabel(CharSequence line) {
        int end = Math.min(line.length(), LABEL_END);
        for (int i = 0; i < end; i++) {
            if (line.charAt(i) == ':') {
                return true;
            }
        }
        return false;
    }

    static boolean looksLikeIt(String start) {
        String first = start.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).findFirst().orElse("");
        Matcher label = LABEL.matcher(first);
        return mayHaveLabel(first) && label.matches() && isSpeaker(label.group(2));
    }

    @Override
    public void read(Lines lines, HistoryBuilder call, FormatHints hints) throws IOException {
        call.createdAt = hints.recordedAt();
        var said = new ArrayList<Said>();
        String label = null;
        Duration at = null;
        var text = new StringBuilder();
        for (String line = lines.nextLine(); line != null; line = lines.nextLine()) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            if (line.indexOf('\0') >= 0) {
                throw Failure.badInput("Line " + lines.number() + " has zero bytes: this is not text.", "Give a text file.");
            }
            Matcher matcher = LABEL.matcher(line);
            if (mayHaveLabel(line) && matcher.matches() && isSpeaker(matcher.group(2))) {
                keep(said, label, text, at);
                label = matcher.group(2);
                at = matcher.group(1) == null ? null : time(matcher.group(1));
                text.append(matcher.group(3));
            } else {
                text.append('\n').append(line.strip());
            }
        }
        keep(said, label, text, at);
        Said.tell(said, call, hints);
    }

    /** A name or a known word; "the order number is: 5" is speech that goes on. */
    private static boolean isSpeaker(String label) {
        String[] words = label.strip().split("\\s+");
        return Speakers.named(label) != null
                || label.chars().anyMatch(Character::isLetter)
                        && isName(words);
    }

    private static boolean isName(String[] words) {
        return words.length <= 3 && Arrays.stream(words).noneMatch(w -> Character.isLowerCase(w.codePointAt(0)));
    }

    private static void keep(List<Said> said, String label, StringBuilder text, Duration at) {
        if (label != null) {
            said.add(new Said(label, text.toString(), at));
        }
        text.setLength(0);
    }

    private static Duration time(String text) {
        String[] parts = text.replace(',', '.').split(":");
        double seconds = Double.parseDouble(parts[parts.length - 1]);
        long minutes = Long.parseLong(parts[parts.length - 2]);
        long hours = parts.length > 2 ? Long.parseLong(parts[0]) : 0;
        return Duration.ofHours(hours).plusMinutes(minutes).plusMillis(Math.round(seconds * 1000));
    }
}
