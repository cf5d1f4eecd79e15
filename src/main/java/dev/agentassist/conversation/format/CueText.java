package dev.agentassist.conversation.format;

import dev.agentassist.problem.Failure;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * WebVTT with voice tags ({@code <v Agent>}) and SRT: blocks of an optional identifier, a line of times, and text. A voice
 * stands in a tag, or before a colon. A {@code NOTE} of the form {@code recorded 2026-11-23T09:30:00Z} gives the begin.
 * Source: W3C "WebVTT: The Web Video Text Tracks Format", sections 4.1 and 4.2.
 */
final class CueText implements TextShape {

    private static final Pattern TIMES = Pattern.compile(
            "\\s*(?:(\\d{1,4}):)?(\\d{1,2}):(\\d{2})[.,](\\d{3})\\s*-->\\s*(?:\\d{1,4}:)?\\d{1,2}:\\d{2}[.,]\\d{3}.*");
    private static final Pattern VOICE = Pattern.compile("^<v(?:\\.[^\\s>]*+)?\\s++([^>]++)>(.*)$", Pattern.DOTALL);
    private static final Pattern RECORDED = Pattern.compile("NOTE recorded (\\S+)");

    @Override
    public void read(Lines lines, HistoryBuilder call, FormatHints hints) throws IOException {
        var said = new ArrayList<Said>();
        call.createdAt = hints.recordedAt();
        boolean firstBlock = true;
        for (String line = lines.nextLine(); line != null; line = lines.nextLine()) {
            Matcher times = TIMES.matcher(line);
            if (times.matches()) {
                cue(lines, said, offset(times));
                firstBlock = false;
                continue;
            }
            Matcher recorded = RECORDED.matcher(line.strip());
            if (recorded.matches() && said.isEmpty()) {
                call.createdAt = begin(recorded.group(1), call.createdAt);
            }
            if (line.startsWith("NOTE") || line.startsWith("STYLE") || line.startsWith("REGION")) {
                for (String rest = lines.nextLine(); rest != null && !rest.isBlank(); rest = lines.nextLine()) {
                    // A block that is not shown.
                }
            } else if (line.contains("-->")) {
                throw Failure.badInput(
                        "Line " + lines.number() + " has no times of the form 00:00:01.000 --> 00:00:02.000.",
                        "Mend that line, or export the file again.");
            } else if (!firstBlock && !line.isBlank() && line.length() > 200) {
                throw Failure.badInput(
                        "Line " + lines.number() + " stands outside of any cue.", "Put a line of times before it.");
            }
        }
        Said.tell(said, call, hints);
    }

    private static Instant begin(String text, Instant otherwise) {
        try {
            return Instant.parse(text);
        } catch (DateTimeException e) {
            return otherwise;
        }
    }

    private static Duration offset(Matcher times) {
        long hours = times.group(1) == null ? 0 : Long.parseLong(times.group(1));
        return Duration.ofHours(hours)
                .plusMinutes(Long.parseLong(times.group(2)))
                .plusSeconds(Long.parseLong(times.group(3)))
                .plusMillis(Long.parseLong(times.group(4)));
    }

    private static void cue(Lines lines, List<Said> said, Duration offset) throws IOException {
        var text = new StringBuilder();
        for (String line = lines.nextLine(); line != null && !line.isBlank(); line = lines.nextLine()) {
            text.append(text.isEmpty() ? "" : " ").append(line.strip());
        }
        if (text.isEmpty()) {
            return;
        }
        Matcher voice = VOICE.matcher(text);
        if (voice.matches()) {
            said.add(new Said(unescape(voice.group(1)), plain(voice.group(2)), offset));
            return;
        }
        Matcher label = PlainText.LABEL.matcher(text);
        boolean labelled = PlainText.mayHaveLabel(text) && label.matches();
        said.add(labelled
                ? new Said(unescape(label.group(2)), plain(label.group(3)), offset)
                : new Said("", plain(text.toString()), offset));
    }

    /** Without tags, with its entities read. */
    private static String plain(String text) {
        return unescape(text.replaceAll("</?[A-Za-z0-9:.]*(?:\\s[^<>]*+)?>", ""));
    }

    private static String unescape(String text) {
        return text.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&nbsp;", "\u00a0")
                .replace("&lrm;", "")
                .replace("&rlm;", "")
                .replace("&amp;", "&");
    }
}
