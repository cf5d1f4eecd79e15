package dev.agentassist.conversation.format;

import dev.agentassist.problem.Failure;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;

/** Opens a file of conversations or of one transcript, in whichever known format it is, recognised by its content. */
public final class Formats {

    /** For the sentence about a file that is none of them. */
    private static final String KNOWN = "Known are: conversation objects (a JSON array or JSON Lines), LiveKit Agents' chat"
            + " history, calls of Vapi, Retell, Twilio, Amazon Transcribe and Deepgram, WebVTT, SRT, and “Speaker: text”"
            + " lines.";

    private static final int HEAD = 64 << 10;
    private static final Pattern SRT = Pattern.compile("(?s)^\\s*(?:\\d+\\s*\\R)?\\d{1,2}:\\d{2}:\\d{2}[,.]\\d{3}\\s*-->.*");

    static final List<JsonShape> SHAPES = List.of(
            new VapiShape(),
            new RetellShape(),
            new TwilioShape(),
            new AmazonShape(),
            new DeepgramShape(),
            new PlatformShape(),
            new ChatHistoryShape());

    private Formats() {}

    /**
     * Reads as the records are asked for, in bounded memory.
     *
     * @param in closed with the records
     * @param name what to call the file in a message
     */
    public static Records open(InputStream in, String name, FormatHints hints) throws IOException {
        var limited = new LimitedInput(Utf8.of(in));
        var buffered = new BufferedInputStream(limited, HEAD);
        buffered.mark(HEAD);
        byte[] bytes = buffered.readNBytes(HEAD - 1);
        buffered.reset();
        String head = new String(bytes, StandardCharsets.UTF_8);
        String start = head.stripLeading();
        if (start.isEmpty() && bytes.length < HEAD - 1) {
            throw Failure.badInput(name + " is empty.", "Give a file with a conversation. " + KNOWN);
        }
        if (start.startsWith("{") || start.startsWith("[")) {
            return isLines(start)
                    ? new JsonLines(buffered, limited, name, hints)
                    : new JsonDocument(buffered, limited, name, hints);
        }
        if (head.indexOf('\0') >= 0) {
            throw Failure.badInput(name + " is not text: it has zero bytes.", KNOWN);
        }
        if (start.startsWith("WEBVTT")) {
            return new TextRecords("WebVTT", new CueText(), buffered, name, hints);
        }
        if (SRT.matcher(start).matches()) {
            return new TextRecords("SRT", new CueText(), buffered, name, hints);
        }
        if (PlainText.looksLikeIt(start)) {
            return new TextRecords("text with speakers", new PlainText(), buffered, name, hints);
        }
        throw unknown(name);
    }

    static Failure unknown(String name) {
        return Failure.badInput(name + " is in no format that is known here.", KNOWN);
    }

    /** One JSON object a line, rather than one over several lines. */
    private static boolean isLines(String start) {
        if (!start.startsWith("{")) {
            return false;
        }
        int end = start.indexOf('\n');
        if (end < 0) {
            return true;
        }
        String first = start.substring(0, end).strip();
        if (isWhole(first)) {
            return true;
        }
        // A first line that is cut off, rather than one that goes on.
        return start.substring(end + 1).stripLeading().startsWith("{") && "[{,:".indexOf(first.charAt(first.length() - 1)) < 0;
    }

    /** Whether all brackets that are opened are closed. */
    private static boolean isWhole(String line) {
        int depth = 0;
        boolean inText = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '\\' && inText) {
                i++;
            } else if (c == '"') {
                inText = !inText;
            } else if (!inText) {
                depth += c == '{' || c == '[' ? 1 : c == '}' || c == ']' ? -1 : 0;
            }
        }
        return depth == 0 && !inText;
    }
}
