package dev.agentassist.readme;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Compares what the README shows with what a command printed. In what is shown, {@code …} on a line of its own stands for
 * any lines and within a line for any text; times, ages, listeners' names and ports on loopback are compared by shape.
 */
final class Shown {

    private static final String ELLIPSIS = "…";
    private static final Pattern TOKEN = Pattern.compile("eyJ[\\w-]{16,}\\.[\\w-]+\\.[\\w-]+");

    private Shown() {}

    /** Lines that begin with the program's name and a colon, with what is set in below them: in a terminal, stderr. */
    static boolean isError(String line, boolean errorBefore) {
        return line.startsWith("assist: ") || errorBefore && line.startsWith("        ") || line.startsWith("{\"error\":");
    }

    static List<String> errors(List<String> shown) {
        return part(shown, true);
    }

    static List<String> results(List<String> shown) {
        return part(shown, false);
    }

    private static List<String> part(List<String> shown, boolean errors) {
        var lines = new ArrayList<String>();
        boolean error = false;
        for (String line : shown) {
            error = isError(line, error);
            if (error == errors) {
                lines.add(line);
            }
        }
        return lines;
    }

    static boolean fits(List<String> shown, List<String> printed) {
        if (shown.isEmpty()) {
            return printed.isEmpty();
        }
        if (shown.getFirst().equals(ELLIPSIS)) {
            for (int skipped = 0; skipped <= printed.size(); skipped++) {
                if (fits(shown.subList(1, shown.size()), printed.subList(skipped, printed.size()))) {
                    return true;
                }
            }
            return false;
        }
        return !printed.isEmpty()
                && lineFits(shown.getFirst(), printed.getFirst())
                && fits(shown.subList(1, shown.size()), printed.subList(1, printed.size()));
    }

    static boolean lineFits(String shown, String printed) {
        if (shown.equals(printed)) {
            return true;
        }
        var pattern = new StringBuilder();
        for (String piece : shape(shown).split(ELLIPSIS, -1)) {
            pattern.append(pattern.isEmpty() ? "" : ".*").append(Pattern.quote(piece));
        }
        return shape(printed).matches(pattern.toString());
    }

    /** What differs from run to run, put the same. */
    private static String shape(String line) {
        return line.replaceAll("took \\d+ (ms|s|min)", "took LONG")
                .replaceAll("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?Z", "TIME")
                .replaceAll("\\d+ (s|min|h|d|days)( \\d+ (s|min|h))? (ago|left)", "AGE")
                .replaceAll("listener-[0-9a-f]{16}", "LISTENER")
                .replaceAll("ws://127\\.0\\.0\\.1:\\d+", "SERVER");
    }

    /** The page's lines for what was printed: as they are where they fit, else anew, cut where the page cuts. */
    static List<String> renew(List<String> shown, List<String> printed) {
        if (fits(shown, printed)) {
            return shown;
        }
        int cut = shown.indexOf(ELLIPSIS);
        var lines = new ArrayList<String>();
        if (cut < 0 || printed.size() < shown.size()) {
            lines.addAll(printed);
        } else {
            lines.addAll(printed.subList(0, cut));
            lines.add(ELLIPSIS);
            lines.addAll(printed.subList(printed.size() - (shown.size() - cut - 1), printed.size()));
        }
        lines.replaceAll(line -> TOKEN.matcher(line)
                .replaceAll("eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9" + ELLIPSIS)
                .replaceAll("ws://127\\.0\\.0\\.1:\\d+", "ws://127.0.0.1:7880"));
        return lines;
    }
}
