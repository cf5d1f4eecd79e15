package dev.agentassist.conversation.format;

import dev.agentassist.problem.Failure;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Lines of {@code Speaker: text}, with or without a time in brackets before them ({@code [00:01:30] Agent: …}); a line
 * without a speaker goes on with the turn before it; lines that begin with {@code #} are left out.
 */
final class PlainText implements TextShape {

    /** Groups: the time or null, the label, the text. A label is short, and no sentence. */
    static final Pattern LABEL = Pattern.compile(
            "^\\s*(?:[\\[(]((?:\\d{1,2}:)?\\d{1,3}:\\d{2}(?:[.,]\\d{1,3})?)[\\])]\\s*)?([\\p{L}\\p{N}][\\p{L}\\p{N} ._'’()-]{0,39}?)\\s*:(?!//)\\s*(.*)$",
            Pattern.DOTALL);

    static boolean looksLikeIt(String start) {
        String first = start.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).findFirst().orElse("");
        Matcher label = LABEL.matcher(first);
        return label.matches() && isSpeaker(label.group(2));
    }

    @Override
    public void read(Lines lines, HistoryBuilder call, FormatHints hints) throws IOException {
        var speakers = new Speakers(hints.agentLabel());
        call.createdAt = hints.recordedAt();
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
            if (matcher.matches() && isSpeaker(matcher.group(2))) {
                say(call, speakers, label, text, at);
                label = matcher.group(2);
                at = matcher.group(1) == null ? null : time(matcher.group(1));
                text.append(matcher.group(3));
            } else {
                text.append('\n').append(line.strip());
            }
        }
        say(call, speakers, label, text, at);
    }

    /** A name or a known word; "the order number is: 5" is speech that goes on. */
    private static boolean isSpeaker(String label) {
        String[] words = label.strip().split("\\s+");
        return Speakers.named(label) != null
                || words.length <= 3
                        && Arrays.stream(words).noneMatch(w -> Character.isLowerCase(w.codePointAt(0)));
    }

    private static void say(HistoryBuilder call, Speakers speakers, String label, StringBuilder text, Duration at) {
        if (label != null) {
            call.say(speakers.of(label), text.toString(), at == null ? null : call.createdAt.plus(at));
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
