package dev.agentassist.config;

import dev.agentassist.problem.Failure;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations as people type them: {@code 500ms}, {@code 60s}, {@code 15m}, {@code 1h30m}, {@code 7d}. */
public final class Durations {

    private static final Pattern WHOLE = Pattern.compile("(?:\\d+(?:ms|s|m|h|d))+");
    private static final Pattern PART = Pattern.compile("(\\d+)(ms|s|m|h|d)");

    private Durations() {}

    /** {@code what} names the option or setting in the failure's sentence. */
    public static Duration parse(String text, String what) {
        if (text == null || !WHOLE.matcher(text).matches()) {
            throw bad(text, what);
        }
        try {
            Duration sum = Duration.ZERO;
            Matcher part = PART.matcher(text);
            while (part.find()) {
                long n = Long.parseLong(part.group(1));
                sum = sum.plus(switch (part.group(2)) {
                    case "ms" -> Duration.ofMillis(n);
                    case "s" -> Duration.ofSeconds(n);
                    case "m" -> Duration.ofMinutes(n);
                    case "h" -> Duration.ofHours(n);
                    default -> Duration.ofDays(n);
                });
            }
            sum.toMillis();
            return sum;
        } catch (ArithmeticException | NumberFormatException e) {
            throw bad(text, what);
        }
    }

    private static Failure bad(String text, String what) {
        return Failure.badInput(
                "“" + text + "” is not a duration for " + what + ".", "Write a number and a unit, as 90s, 15m or 1h30m.");
    }

    /** Short, for people: {@code 45 s}, {@code 3 min}, {@code 2 h 5 min}, {@code 3 days}. */
    public static String human(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 120) {
            return seconds + " s";
        }
        if (seconds < 7200) {
            return seconds / 60 + " min";
        }
        if (seconds < 172_800) {
            long minutes = seconds / 60 % 60;
            return seconds / 3600 + " h" + (minutes == 0 ? "" : " " + minutes + " min");
        }
        return seconds / 86_400 + " days";
    }
}
